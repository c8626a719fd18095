/** Scripts for Slurm: `#SBATCH` lines, and what they run. */
import type { Draft } from './draft';
import { readBody } from './sbatch-body';
import { fieldsOf } from './sbatch-fields';
import { readOptions, wordsOfLine, type SbatchOption } from './sbatch-options';
import type { Source } from './source';

export interface SbatchScript {
  readonly options: readonly SbatchOption[];
  /** What stands after `#!`; null: nothing does. */
  readonly interpreter: string | null;
  /** With the number of the line, without options. */
  readonly lines: readonly (readonly [line: number, text: string])[];
}

export function readSbatch(source: Source): Draft | null {
  const script = splitScript(source);
  const name = script.options.findLast((option) => option.name === 'job-name')?.value ?? '';
  const title = name.trim() === '' ? withoutFolder(source.file.name) : name;
  const made = fieldsOf(script, title, source.notes);
  if (made === null) return null;
  const text = script.lines.map(([, line]) => line).join('\n');
  const environment = Object.fromEntries(
    Object.entries(made.fields.environment ?? {}).filter(([name]) => !rare.test(name) || text.includes(name)),
  );
  const body = readBody(script, new Set(Object.keys(environment)), source.notes);
  if (body === null) return null;
  return {
    name: title,
    head: made.head,
    jobs: [{ name: title, fields: { ...made.fields, environment, ...body } }],
  };
}

/** Set only for scripts that name them. */
const rare =
  /^SLURM_(?:NPROCS|NNODES|JOB_NUM_NODES|PROCID|LOCALID|NODEID|CPUS_ON_NODE|GPUS\w*|ARRAY_TASK_(?:MIN|MAX|STEP))$/;

const withoutFolder = (name: string): string =>
  name.replace(/^.*[/\\]/, '').replace(/\.(?:sh|sbatch|slurm|job|bash)$/i, '');

function splitScript({ file, notes }: Source): SbatchScript {
  const options: SbatchOption[] = [];
  const lines: (readonly [number, string])[] = [];
  let interpreter: string | null = null;
  let isHead = true;
  for (const [index, text] of file.text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (line === 1 && text.startsWith('#!')) {
      interpreter = text.slice(2).trim();
      continue;
    }
    const isOption = /^#SBATCH\s/.test(text);
    if (isOption && !isHead) {
      const place = { line, column: 1 };
      notes.notCarried(place, text.trim(), 'it stands after the first command, where Slurm does not read it');
      continue;
    }
    if (!isOption) {
      if (/^\s*[^#\s]/.test(text)) isHead = false;
      lines.push([line, text]);
      continue;
    }
    if (/^#SBATCH\s+(?:hetjob|packjob)\b/.test(text)) {
      notes.refuse(
        { line, column: 1 },
        'unsupported',
        'this job has parts on different nodes at once, which Drover cannot run; write a script for each part',
      );
      continue;
    }
    const words = wordsOfLine(text, '#SBATCH'.length);
    if (words === null)
      notes.refuse({ line, column: 1 }, 'bad-syntax', 'the quotes in this line are not closed');
    else options.push(...readOptions(words, line, notes));
  }
  return { options, interpreter, lines };
}
