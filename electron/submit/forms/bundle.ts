/** A folder with a template, and the values that were kept with it: a job bundle. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FormNote } from '../../../shared/ipc/forms';
import type { LocatedMap } from '../document/document';
import { gatherProblems } from '../document/problems';
import { parseText } from '../document/read';
import { readText } from '../document/read-file';
import { quote } from '../document/words';

export interface KeptValues {
  readonly values: Readonly<Record<string, string>>;
  readonly notes: readonly FormNote[];
}

const endings = ['yaml', 'yml', 'json'] as const;

/** Null: there is none in it. */
export const templateIn = (folder: string): Promise<string | null> => firstFile(folder, 'template');

/** What stands beside a template that is the one of its folder. */
export async function keptValues(template: string): Promise<KeptValues> {
  const folder = dirname(template);
  const file = (await templateIn(folder)) === template ? await firstFile(folder, 'parameter_values') : null;
  if (file === null) return { values: {}, notes: [] };
  const content = await readText(file, 'file of values');
  return content.text === null ? lost(`${file}: ${content.message}.`) : valuesIn(content.text, file);
}

async function firstFile(folder: string, name: string): Promise<string | null> {
  for (const ending of endings) {
    const path = join(folder, `${name}.${ending}`);
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) return path;
  }
  return null;
}

const lost = (text: string): KeptValues => ({ values: {}, notes: [{ kind: 'lost', text }] });

const start = 'it holds "parameterValues", a list of names and values';

export function valuesIn(text: string, file: string): KeptValues {
  const problems = gatherProblems(file);
  const document = parseText(text, { noun: 'file of values', start }, problems);
  const [problem] = problems.list();
  if (document === null || problem !== undefined)
    return lost(`${file}${problem === undefined ? '' : `:${problem.line}: ${problem.message}`}`);
  const { root } = document;
  const list = root.kind === 'map' ? root.entries.get('parameterValues')?.value : undefined;
  if (list?.kind !== 'list') return lost(`${file} has no values: ${start}.`);
  const values: Record<string, string> = {};
  const notes: FormNote[] = [];
  for (const [index, item] of list.items.entries()) {
    const found = item.kind === 'map' ? nameAndValue(item) : null;
    if (found === null)
      notes.push({ kind: 'lost', text: `${file}: entry ${index + 1} is no name and value.` });
    else if (found.name.includes(':'))
      notes.push({
        kind: 'lost',
        text: `${found.name}: ${quote(found.value)} is a setting of another program.`,
      });
    else values[found.name] = found.value;
  }
  return { values, notes };
}

function nameAndValue({ entries }: LocatedMap): { readonly name: string; readonly value: string } | null {
  const name = entries.get('name')?.value;
  const value = entries.get('value')?.value;
  return name?.kind === 'scalar' && value?.kind === 'scalar'
    ? { name: name.text, value: value.value === null ? '' : value.text }
    : null;
}
