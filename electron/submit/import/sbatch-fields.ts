/** What the options of sbatch are called in a recipe. */
import { isName } from '../schema/values';
import type { JobFields } from '../schema/recipe';
import { longestSeconds, literalText, plainValue, spanText, type Draft } from './draft';
import type { Notes } from './notes';
import type { SbatchScript } from './sbatch';
import { constraintNeeds, poolNeeds, type Needs } from './sbatch-needs';
import type { SbatchOption } from './sbatch-options';
import { resourcesOf } from './sbatch-resources';
import { momentText, parseSlurmArray, parseSlurmTime, type SlurmArray } from './sbatch-values';

export interface SbatchFields {
  readonly head: NonNullable<Draft['head']>;
  readonly fields: JobFields;
}

type Fields = { -readonly [Name in keyof JobFields]: JobFields[Name] };

/** Takes those that it can say; what is left is told. */
export class Options {
  private readonly byName: ReadonlyMap<string, SbatchOption>;
  private readonly taken = new Set<string>();

  constructor(options: readonly SbatchOption[]) {
    // The last one counts.
    this.byName = new Map(options.map((option) => [option.name, option]));
  }

  take(name: string): SbatchOption | null {
    this.taken.add(name);
    return this.byName.get(name) ?? null;
  }

  left(): readonly SbatchOption[] {
    return [...this.byName.values()].filter(({ name }) => !this.taken.has(name));
  }
}

export function fieldsOf({ options: all }: SbatchScript, title: string, notes: Notes): SbatchFields | null {
  const options = new Options(all);
  options.take('job-name');
  const array = readArray(options, notes);
  const fields: Fields = array === null ? {} : { frames: array.frames };
  if (array !== null && array.most !== null) fields.most = array.most;
  const { resources, environment } = resourcesOf(options, notes);
  if (Object.keys(resources).length > 0) fields.resources = resources;
  fields.environment = {
    SLURM_JOB_NAME: plainValue(title),
    ...environment,
    ...(array === null ? {} : arrayVariables(array)),
    ...exported(options, notes),
  };
  readTimes(options, fields, notes);
  readPlace(options, fields, notes);
  const head = readHead(options, fields, array, notes);
  for (const option of options.left()) tellLost(option, notes);
  return notes.problems.none ? { head, fields } : null;
}

function readArray(options: Options, notes: Notes): SlurmArray | null {
  const option = options.take('array');
  if (option === null) return null;
  const array = parseSlurmArray(option.value);
  return typeof array === 'string'
    ? notes.refuse(option.place, 'bad-array', `--array=${option.value} ${array}`)
    : array;
}

const arrayVariables = ({ first, last, step, count }: SlurmArray): NonNullable<JobFields['environment']> => ({
  SLURM_ARRAY_TASK_ID: '{{Frame}}',
  SLURM_ARRAY_TASK_MIN: first,
  SLURM_ARRAY_TASK_MAX: last,
  SLURM_ARRAY_TASK_STEP: step,
  SLURM_ARRAY_TASK_COUNT: count,
});

function exported(options: Options, notes: Notes): NonNullable<JobFields['environment']> {
  const option = options.take('export');
  if (option === null) return {};
  const found: Record<string, string | number> = {};
  const handedOn: string[] = [];
  for (const piece of option.value.split(',')) {
    const [, name = '', value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(piece.trim()) ?? [];
    if (name !== '') found[name] = plainValue(value);
    else if (!/^(?:NONE|NIL)$/i.test(piece.trim())) handedOn.push(piece.trim());
  }
  if (handedOn.length > 0)
    notes.notCarried(
      option.place,
      `--export=${handedOn.join(',')}`,
      'variables of the shell from which it is submitted are not handed on; write those that matter under environment',
    );
  return found;
}

function readTimes(options: Options, fields: Fields, notes: Notes): void {
  const time = options.take('time');
  const seconds = time === null ? 0 : parseSlurmTime(time.value);
  if (time !== null && seconds === null)
    notes.refuse(
      time.place,
      'bad-time',
      `--time=${time.value} is no time; allowed are forms such as 90, 1:30:00 and 2-12`,
    );
  else if (time !== null && seconds !== null && seconds > longestSeconds)
    notes.notCarried(time.place, '--time', 'it is longer than a year, so the task has no limit');
  else if (seconds !== null && seconds > 0) fields.timeout = spanText(seconds);
  for (const [name, field] of [
    ['begin', 'notBefore'],
    ['deadline', 'deadline'],
  ] as const) {
    const option = options.take(name);
    if (option === null) continue;
    const moment = momentText(option.value);
    if (moment === null)
      notes.notCarried(
        option.place,
        `--${name}=${option.value}`,
        `it depends on when it is submitted; write a date and time: ${field}: 2026-12-01 18:00`,
      );
    else fields[field] = moment;
  }
}

function readPlace(options: Options, fields: Fields, notes: Notes): void {
  const folder = options.take('chdir');
  if (folder !== null && folder.value.trim() !== '') fields.folder = literalText(folder.value);
  const needs: Needs = { ...constraintNeeds(options, notes), ...poolNeeds(options, notes) };
  if (Object.keys(needs).length > 0) fields.needs = needs;
  const dependency = options.take('dependency');
  if (dependency?.value === 'singleton' && fields.frames === undefined) {
    fields.lock = `job:${Object.values(fields.environment ?? {})[0] ?? ''}`.replaceAll(/[^\w.-]+/g, '-');
    notes.assumed(
      dependency.place,
      '--dependency=singleton',
      'it is a lock: one after the other, whoever submits them',
    );
  } else if (dependency !== null)
    notes.notCarried(
      dependency.place,
      `--dependency=${dependency.value}`,
      'the numbers are those of jobs in Slurm; write the work that comes first as a job of this recipe, and after: [its name]',
    );
}

function readHead(
  options: Options,
  fields: Fields,
  array: SlurmArray | null,
  notes: Notes,
): NonNullable<Draft['head']> {
  const nice = options.take('nice');
  if (nice !== null) {
    const back = nice.value === '' ? 100 : Number(nice.value);
    if (back !== 0) fields.priority = back > 0 ? 'low' : 'high';
    notes.assumed(
      nice.place,
      `--nice${nice.value === '' ? '' : `=${nice.value}`}`,
      `the priority is ${fields.priority ?? 'as usual'}`,
    );
  }
  const account = options.take('account');
  const tenant = account !== null && isName(account.value) ? account.value : undefined;
  if (account !== null && tenant === undefined)
    notes.notCarried(account.place, `--account=${account.value}`, 'this cannot be the name of a tenant');
  else if (account !== null)
    notes.assumed(account.place, '--account', `the work counts for the tenant ${account.value}`);
  const requeue = options.take('requeue');
  if (requeue !== null)
    notes.assumed(requeue.place, '--requeue', 'nothing need be said: what a lost node did is started again');
  if (array === null) options.take('oversubscribe');
  const notify = noticesOf(options, notes);
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(notify.length === 0 ? {} : { notify: [...notify] }),
  };
}

function noticesOf(options: Options, notes: Notes): readonly ('done' | 'failed')[] {
  const mail = options.take('mail-type');
  const types = mail?.value.toUpperCase().split(',') ?? [];
  const has = (...words: readonly string[]): boolean => types.some((type) => words.includes(type));
  const notices = [
    ...(has('END', 'ALL') ? (['done'] as const) : []),
    ...(has('FAIL', 'ALL', 'TIME_LIMIT') ? (['failed'] as const) : []),
  ];
  if (mail !== null && notices.length > 0)
    notes.assumed(mail.place, '--mail-type', 'the desktop tells of it; Drover sends no mail');
  else if (mail !== null && !has('NONE'))
    notes.notCarried(mail.place, `--mail-type=${mail.value}`, 'Drover sends no mail');
  return notices;
}

/** Why it is lost, and what to do. */
const lost: Readonly<Record<string, string>> = {
  output:
    'what tasks print is in the log of Drover: drover logs JOB; to have a file as well, let the script write it',
  error:
    'what tasks print is in the log of Drover: drover logs JOB; to have a file as well, let the script write it',
  input: 'let the script read the file: ./program < FILE',
  qos: 'Drover has no such classes; priority and the settings of the tenant are what comes near',
  'mail-user': 'Drover sends no mail; the desktop tells of ends',
  hold: 'submit it, and then: drover hold JOB',
  'no-requeue': 'what a lost node did is always started again',
  priority: 'the numbers are those of Slurm; priority is low, medium, high or critical',
  reservation: 'rooms that are kept in Slurm are not known here: drover reserve NODE',
  signal: 'a task that is stopped gets SIGTERM',
  oversubscribe: 'cores are shared as usual',
  comment: 'write it as a comment of the recipe',
};

function tellLost({ name, value, place }: SbatchOption, notes: Notes): void {
  notes.notCarried(
    place,
    value === '' ? `--${name}` : `--${name}=${value}`,
    lost[name] ?? 'recipes have nothing that means this',
  );
}
