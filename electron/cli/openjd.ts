/** Open Job Description without a farm: templates are checked where they are. */
import { stringify } from 'yaml';
import { readText } from '../submit/document/read-file';
import { startOfFile } from '../submit/document/problems';
import type { Problem } from '../submit/document/problems';
import type { ExtensionName, Template } from '../submit/openjd/model';
import { extensionNames } from '../submit/openjd/model';
import { parseTemplate } from '../submit/openjd/template';
import type { Arguments } from './arguments';
import { UsageError } from './arguments';
import type { PlainCommand } from './command';
import { exitStatus, RefusedError, type ExitStatus } from './outcome';
import { oneOf } from './values';

export const openjdCommands: Readonly<Record<string, PlainCommand>> = {
  'openjd check': { operands: 'FILE', options: ['extensions', 'output'], run: check },
};

const outputFormats = ['human-readable', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** `--json` is short for one of them. */
export function parseOutputFormat(given: {
  readonly json?: boolean | undefined;
  readonly output?: string | undefined;
}): OutputFormat {
  return given.json === true ? 'json' : oneOf('output', given.output ?? 'human-readable', outputFormats);
}

export function inFormat(document: unknown, format: Exclude<OutputFormat, 'human-readable'>): string {
  return format === 'json' ? JSON.stringify(document) : stringify(document, { lineWidth: 0 }).trimEnd();
}

async function check(file: string, { json, options }: Arguments): Promise<ExitStatus> {
  const format = parseOutputFormat(options);
  try {
    const template = await readTemplate(file, options.extensions);
    console.log(
      format === 'human-readable'
        ? `${file} is a valid ${templateInWords(template)}.`
        : inFormat(summaryOf(template), format),
    );
    return exitStatus.done;
  } catch (error) {
    // With --json all commands tell of their failures alike.
    if (error instanceof RefusedError && format !== 'human-readable' && !json)
      console.log(inFormat({ error: error.refusal }, format));
    throw error;
  }
}

/** `extensions`: those that the template may ask for. */
export async function readTemplate(file: string, extensions?: string): Promise<Template> {
  const supported = parseExtensions(extensions);
  const content = await readText(file, 'template');
  if (content.text === null)
    throw refused([{ code: content.code, file, ...startOfFile, path: '', message: content.message }]);
  const parsed = parseTemplate(content.text, { file, supported });
  if (!parsed.ok) throw refused(parsed.problems);
  return parsed.template;
}

function refused(problems: readonly Problem[]): RefusedError {
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  return new RefusedError({ code: 'refused', message: `The template has ${mistakes}.`, problems });
}

/** Names with commas between them; without any text: all. */
export function parseExtensions(text: string | undefined): ReadonlySet<ExtensionName> {
  if (text === undefined) return new Set(extensionNames);
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return new Set(
    names.map((name) => {
      const known = extensionNames.find((each) => each === name.toUpperCase());
      if (known === undefined)
        throw new UsageError(`--extensions takes ${extensionNames.join(', ')}; not '${name}'`);
      return known;
    }),
  );
}

function summaryOf(template: Template) {
  const { extensions, parameters } = template;
  const common = { extensions: [...extensions], parameters: parameters.map(({ name }) => name) };
  return template.kind === 'job'
    ? { kind: 'job', name: template.name.text, ...common, steps: template.steps.map(({ name }) => name) }
    : { kind: 'environment', name: template.environment.name, ...common };
}

function templateInWords(template: Template): string {
  const parameters = counted(template.parameters.length, 'parameter');
  return template.kind === 'job'
    ? `job template: ${counted(template.steps.length, 'step')}, ${parameters}`
    : `environment template: ${parameters}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
