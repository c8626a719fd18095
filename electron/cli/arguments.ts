import { parseArgs } from 'node:util';

export interface Arguments {
  readonly command: string;
  readonly operands: readonly string[];
  readonly json: boolean;
  readonly follow: boolean;
  readonly help: boolean;
  readonly why: string | null;
  readonly data: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** As they were typed. */
  readonly options: Options;
  /** Of those that only some commands take. */
  readonly optionNames: readonly OptionName[];
}

/** What was typed cannot be understood. */
export class UsageError extends Error {}

export const usage = `Usage: drover COMMAND [OPTIONS]

A FILE to check, run, submit or schedule is a recipe, a template of Open Job Description, or a folder with one.

  check FILE                     reads a recipe, tries it on a copy of the farm and says what it would do;
                                 submits nothing
  import FILE [FILE...]          makes a recipe of a file of another manager: an sbatch script, a Flamenco job, Deadline's
                                 job and plugin info files, a HyperQueue job file, a GNU parallel command, or a table
                                 with --run "./render.sh {{Column}}"; says what cannot be carried over; --from FORMAT:
                                 which it is; --output FILE: where the recipe goes; --force: also over another file
  schema                         prints the JSON Schema of recipes, by which editors complete and check them
  run FILE                       submits a recipe, shows its output, and waits for its end; --force: also
                                 with what check finds wrong
  submit FILE                    submits a recipe to the running Drover; --force as above
  serve [FILE...]                hosts the farm in this terminal until it is interrupted
  list                           batches and jobs
  show JOB                       one job or batch
  why JOB [--apply]              why what waits of it does not run, and the cheapest change that would
                                 let it start; --apply: makes that change
  report BATCH [--open]          writes its execution report now, also of one that runs, and says where; --open: shows
                                 it; --output FOLDER: into that folder; --json: prints the document
  logs JOB[/STEP[/INDEX]] [-f]   what its tasks printed; -f: and go on printing; --tail N: only the last N lines;
                                 --search TEXT: only lines with that text, and the byte where each begins
  forecast                       when jobs will end, and how good such forecasts were
  forecast WHAT-IF...            what would be different: --with NODE[xN] (N more like it), --without NODE,
                                 --priority JOB=LEVEL, --deadline JOB=WHEN (or none); changes nothing
  cancel JOB                     cancels a job, or all jobs of a batch
  retry JOB                      runs its failed and cancelled tasks again
  hold JOB, release JOB          starts nothing more of it; goes on with it
  priority JOB LEVEL             low, medium, high or critical
  move JOB before|after JOB      another turn among those of the same priority
  history [JOB] [--count N]      who did what, when and why
  checkpoints [list] [JOB] [--count N]
                                 what interrupted tasks go on from
  checkpoints show ID            all about one, with its files
  checkpoints verify [JOB|ID]    reads back every byte of them
  checkpoints resume ID          its task, when it does not run, goes on from there; --force: also where that is risky
  checkpoints fork ID            a batch of its own begins from there, and what comes after it runs again:
                                 -p NAME=VALUE changes a parameter, --output DIR: another folder than one
                                 beside that of the original, --force: also where it is risky
  checkpoints plan JOB           how often its tasks should save themselves, and what more or less often would
                                 cost; --cost SPAN: what saving takes, instead of what was measured
  checkpoints tag ID [TAG]       keeps it for ever; without TAG: no longer
  checkpoints note ID [TEXT]     writes down what is to be known of it; without TEXT: no longer
  checkpoints delete ID          gives its bytes up
  checkpoints export ID FILE     writes it as a tar archive with a manifest; --force: also over another file
  checkpoints import FILE        makes it a checkpoint of --job JOB[/STEP[/INDEX]], which goes on from it
  checkpoints usage [JOB]        what they take, job by job
  checkpoints prune [JOB]        gives up all but --last N of each task, and one for each --every SPAN; never what a
                                 task would go on from or what has a tag; --dry-run: only tells what it would free
  undo                           takes back the last hold, priority, move, dependency or setting
  schedule FILE [WHEN...]        submits a recipe, as it is now, by the clock: as its own schedule says, or
                                 --once WHEN, --every SPAN [--from WHEN], or --cron "0 22 * * 1-5"
                                 [--zone Europe/Berlin];
                                 --missed skip|once|all: what is done about times at which Drover did not run,
                                 --overlap skip|queue|replace: while the run before goes on, --name NAME
  schedules                      what is scheduled: when next, what became of the last run
  unschedule ID                  submits nothing more of it
  nodes                          the machines that work
  nodes add ADDRESS              adds a machine that is reached by SSH: HOST, USER@HOST:PORT, or a name of
                                 ~/.ssh/config; --name NAME: for people; --accept-host-key FINGERPRINT:
                                 that is its host key; --yes: whatever host key it shows; --password-stdin:
                                 what it asks for stands on stdin, a line each
  nodes test ADDRESS             goes there, and tells how far it came and what is there; options as above
  nodes connect NODE             goes there again now; --take-over: also if it works for another Drover
  nodes vitals NODE              how it felt in the last hour
  nodes remove NODE              it is not reached any more
  reserve NODE WHAT...           keeps room for somebody: --cores N, --memory SIZE, --gpu N,
                                 --for TENANT|JOB[/STEP] --until WHEN [--from WHEN]
  reservations                   what is kept, and for whom
  unreserve ID                   gives it up
  aside NODE [--until WHEN]      gives a machine no new work, until then or until it is taken back;
                                 --vacate: what runs there saves its work where it can, and runs elsewhere
  back NODE                      gives it work again
  openjd check FILE              reads an Open Job Description template and says what is wrong with it;
                                 --extensions NAME,...: only these may be asked for, instead of all;
                                 --output human-readable|json|yaml
  openjd run FILE                runs an Open Job Description template on this machine alone, in one session;
                                 openjd run --help tells with what
  repair                         sets a damaged database aside and goes on with what can be read of it
  settings [FILE] [--preview]    how the farm shares and orders its work; sets it from a JSON file;
                                 --preview: only tells which jobs would end at other times

  JOB is a job (b7.melt), a batch (b7), or a bare name: then the newest.
  WHEN is a time (2026-12-01 18:00), or so long from now (+2 h).

Options
  --why TEXT      says why, for those who look later: history tells it
  -p NAME=VALUE   sets a parameter of the recipe (check, run, submit, serve, schedule, checkpoints fork)
  --data DIR      the data folder (or DROVER_DATA)
  --json          prints JSON
  -h, --help

Exit status: 0 done, 1 the work failed, 2 the input was refused, 3 Drover could not do it.`;

const options = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  data: { type: 'string' },
  follow: { type: 'boolean', short: 'f' },
  why: { type: 'string' },
  parameter: { type: 'string', short: 'p', multiple: true },
  apply: { type: 'boolean' },
  preview: { type: 'boolean' },
  with: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  priority: { type: 'string', multiple: true },
  deadline: { type: 'string', multiple: true },
  once: { type: 'string' },
  every: { type: 'string' },
  from: { type: 'string' },
  cron: { type: 'string' },
  zone: { type: 'string' },
  missed: { type: 'string' },
  overlap: { type: 'string' },
  name: { type: 'string' },
  cores: { type: 'string' },
  memory: { type: 'string' },
  gpu: { type: 'string' },
  for: { type: 'string' },
  until: { type: 'string' },
  vacate: { type: 'boolean' },
  count: { type: 'string' },
  'accept-host-key': { type: 'string', multiple: true },
  force: { type: 'boolean' },
  yes: { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
  'take-over': { type: 'boolean' },
  search: { type: 'string' },
  tail: { type: 'string' },
  extensions: { type: 'string' },
  open: { type: 'boolean' },
  output: { type: 'string' },
  run: { type: 'string' },
  job: { type: 'string' },
  last: { type: 'string' },
  'dry-run': { type: 'boolean' },
  cost: { type: 'string' },
} as const;
const everywhere: readonly string[] = ['json', 'help', 'data'];
export type OptionName = Exclude<keyof typeof options, 'json' | 'help' | 'data'>;
export type Options = ReturnType<typeof parse>['values'];

export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [command = 'help', ...operands] = positionals;
  return {
    command,
    operands,
    json: values.json ?? false,
    follow: values.follow ?? false,
    help: values.help ?? false,
    why: values.why ?? null,
    data: values.data ?? process.env['DROVER_DATA'],
    parameters: parseParameters(values.parameter ?? []),
    options: values,
    optionNames: Object.keys(values).filter(isOfCommand),
  };
}

const isOfCommand = (name: string): name is OptionName => name in options && !everywhere.includes(name);

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseParameters(given: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`-p takes NAME=VALUE, not '${text}'`);
    parameters[text.slice(0, at)] = text.slice(at + 1);
  }
  return parameters;
}

/** JOB[/STEP[/INDEX]] */
export interface LogAddress {
  readonly job: string;
  readonly step: string | null;
  readonly index: number | null;
}

export function parseLogAddress(text: string): LogAddress {
  const [job = '', step = null, index = null, ...rest] = text.split('/');
  const valid = job !== '' && step !== '' && rest.length === 0 && (index === null || /^\d{1,9}$/.test(index));
  if (!valid) throw new UsageError(`logs takes JOB[/STEP[/INDEX]], where INDEX counts from 0; not '${text}'`);
  return { job, step, index: index === null ? null : Number(index) };
}
