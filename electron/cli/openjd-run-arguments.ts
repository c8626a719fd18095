import { parseArgs } from 'node:util';
import type { ExtensionName } from '../submit/openjd/model';
import { UsageError } from './arguments';
import { parseExtensions, parseOutputFormat, type OutputFormat } from './openjd';
import { oneOf } from './values';

export const timestampFormats = ['relative', 'local', 'utc'] as const;
export type TimestampFormat = (typeof timestampFormats)[number];

/** As they were typed: files are not read yet. */
export interface RunArguments {
  readonly file: string;
  readonly step: string | null;
  readonly parameters: readonly string[];
  readonly environments: readonly string[];
  readonly rules: string | null;
  readonly tasks: TasksWanted;
  readonly runDependencies: boolean;
  readonly extensions: ReadonlySet<ExtensionName>;
  readonly preserve: boolean;
  readonly verbose: boolean;
  readonly timestamps: TimestampFormat;
  readonly output: OutputFormat;
}

export type TasksWanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'first'; readonly most: number }
  /** NAME=VALUE for each parameter of one task. */
  | { readonly kind: 'one'; readonly values: readonly string[] }
  /** JSON, or file://FILE. */
  | { readonly kind: 'list'; readonly text: string };

export const runUsage = `Usage: drover openjd run FILE [OPTIONS]

Runs an Open Job Description template on this machine, in one session, and prints what its actions print.

  --step NAME                    only this step; otherwise all, each after those that it depends on
  --run-dependencies             and before it the steps that it depends on
  -p, --job-param VALUES         values of job parameters: NAME=VALUE, file://FILE (JSON or YAML), or JSON;
                                 may be repeated: what comes later counts
  --environment, --env FILE      an environment template, entered before those of the job; may be repeated
  --path-mapping-rules RULES     where files lie here: file://FILE, or JSON
  -tp, --task-param NAME=VALUE   one task alone; repeated for each of its parameters
  --tasks TASKS                  these tasks alone: file://FILE, or JSON, a list of maps from name to value
  --maximum-tasks N              not more than so many tasks of a step
  --extensions NAME,...          templates may ask for these extensions only
  --preserve                     keeps the session's folder
  --verbose                      also tells with which arguments commands run
  --timestamp-format FORMAT      relative, local or utc
  --output FORMAT                human-readable, json or yaml: how the result is told

Ctrl+C ends what runs and leaves the environments; once more ends what runs at once.
Exit status: 0 done, 1 an action failed or was ended, 2 the input was refused.`;

const options = {
  help: { type: 'boolean', short: 'h' },
  step: { type: 'string' },
  'run-dependencies': { type: 'boolean' },
  'no-run-dependencies': { type: 'boolean' },
  parameter: { type: 'string', short: 'p', multiple: true },
  'job-param': { type: 'string', multiple: true },
  environment: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  'path-mapping-rules': { type: 'string' },
  'task-param': { type: 'string', short: 't', multiple: true },
  tasks: { type: 'string' },
  'maximum-tasks': { type: 'string' },
  extensions: { type: 'string' },
  preserve: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'timestamp-format': { type: 'string' },
  output: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Null: help is asked for. */
export function parseRunArguments(argv: readonly string[]): RunArguments | null {
  const { values, positionals, tokens } = parse(argv);
  if (values.help === true) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('drover openjd run takes one FILE');
  if (values['run-dependencies'] === true && values['no-run-dependencies'] === true)
    throw new UsageError('--run-dependencies and --no-run-dependencies contradict each other');
  // The order counts, whichever of the two names was used.
  const given = (...names: readonly string[]): readonly string[] =>
    tokens.flatMap((token) =>
      token.kind === 'option' && names.includes(token.name) ? (token.value ?? []) : [],
    );
  return {
    file,
    step: values.step ?? null,
    parameters: given('parameter', 'job-param'),
    environments: given('environment', 'env'),
    rules: values['path-mapping-rules'] ?? null,
    tasks: tasksWanted(values),
    runDependencies: values['run-dependencies'] ?? false,
    extensions: parseExtensions(values.extensions),
    preserve: values.preserve ?? false,
    verbose: values.verbose ?? false,
    timestamps: oneOf('timestamp-format', values['timestamp-format'] ?? 'relative', timestampFormats),
    output: parseOutputFormat(values),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: argv.flatMap(asParseArgsReadsIt),
      allowPositionals: true,
      tokens: true,
      options,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** It knows no short names of two letters, and takes a value that begins with a dash only from the same word. */
function asParseArgsReadsIt(
  word: string,
  index: number,
  argv: readonly string[],
): string | readonly string[] {
  if (word === '-tp') return '--task-param';
  if (argv[index - 1] === maximum) return `${maximum}=${word}`;
  return word === maximum && index < argv.length - 1 ? [] : word;
}
const maximum = '--maximum-tasks';

function tasksWanted(values: ReturnType<typeof parse>['values']): TasksWanted {
  const { tasks, 'task-param': one, 'maximum-tasks': most } = values;
  const ways = [tasks, one, most].filter((way) => way !== undefined);
  if (ways.length > 1) throw new UsageError('use only one of --task-param, --tasks and --maximum-tasks');
  if (tasks !== undefined) return { kind: 'list', text: tasks };
  if (one !== undefined) return { kind: 'one', values: one };
  if (most === undefined || most === '-1') return { kind: 'all' };
  if (!/^[1-9]\d{0,14}$/.test(most))
    throw new UsageError(`--maximum-tasks takes a number from 1, or -1 for all; not '${most}'`);
  return { kind: 'first', most: Number(most) };
}
