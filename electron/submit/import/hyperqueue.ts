/** Job files of HyperQueue. */
import { startOfFile } from '../document/problems';
import { quote } from '../document/words';
import { parseFrames } from '../values/frames';
import type { JobFields } from '../schema/recipe';
import { isName } from '../schema/values';
import { literalText, longestSeconds, plainValue, spanText, type Draft, type DraftJob } from './draft';
import type { Notes } from './notes';
import type { Source } from './source';
import { parseToml, TomlMistake, type Toml, type TomlTable } from './toml';

type Resources = NonNullable<JobFields['resources']>;
type Fields = { -readonly [Name in keyof JobFields]: JobFields[Name] };

export function readHyperQueue({ file, notes }: Source): Draft | null {
  const root = tryToml(file.text, notes);
  if (root === null) return null;
  const name = textOf(root.entries.get('name')) ?? file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  const tasks = tablesOf(root.entries.get('task')).map((table) => ({ table, isArray: false }));
  const arrays = tablesOf(root.entries.get('array')).map((table) => ({ table, isArray: true }));
  const all = [...tasks, ...arrays];
  if (all.length === 0)
    return notes.refuse(startOfFile, 'no-action', 'there is no [[task]] and no [array] to run');
  for (const [key, value] of root.entries)
    if (!['name', 'task', 'array'].includes(key)) tellLost(key, value, notes);
  // Those without a number get the lowest that nobody has.
  const ids = all.map(({ table }) => textOf(table.entries.get('id')));
  const taken = new Set(ids);
  let free = 0;
  const numbers = ids.map((id) => {
    if (id !== null) return id;
    while (taken.has(`${free}`)) free++;
    taken.add(`${free}`);
    return `${free}`;
  });
  const jobs = all.map(({ table, isArray }, index): DraftJob => {
    const title = all.length === 1 ? name : isArray ? 'array' : `task-${numbers[index] ?? ''}`;
    return {
      name: title,
      after: earlier(table, numbers, notes),
      fields: fieldsOf(table, isArray, name, notes),
    };
  });
  return notes.problems.none ? { name, jobs } : null;
}

function tryToml(text: string, notes: Notes): TomlTable | null {
  try {
    return parseToml(text);
  } catch (error) {
    if (error instanceof TomlMistake) return notes.refuse(error.place, 'bad-syntax', error.message);
    throw error;
  }
}

const textOf = (value: Toml | undefined): string | null => (value?.kind === 'scalar' ? value.text : null);
const itemsOf = (value: Toml | undefined): readonly Toml[] =>
  value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
const tablesOf = (value: Toml | undefined): readonly TomlTable[] =>
  itemsOf(value).filter((item) => item.kind === 'table');

function earlier(table: TomlTable, numbers: readonly string[], notes: Notes): readonly number[] {
  const deps = table.entries.get('deps');
  return itemsOf(deps).flatMap((item) => {
    const at = numbers.indexOf(textOf(item) ?? '');
    if (at >= 0) return [at];
    notes.refuse(item.place, 'unknown-task', `there is no task with the id ${textOf(item) ?? ''}`);
    return [];
  });
}

const known = [
  'id',
  'ids',
  'entries',
  'command',
  'env',
  'cwd',
  'time_limit',
  'priority',
  'crash_limit',
  'request',
  'deps',
];

function fieldsOf(table: TomlTable, isArray: boolean, name: string, notes: Notes): JobFields {
  const { entries } = table;
  const fields: Fields = {};
  const environment: Record<string, string | number> = { HQ_JOB_NAME: literalText(name) };
  const command = itemsOf(entries.get('command')).map((item) => literalText(textOf(item) ?? ''));
  const [program = ''] = command;
  if (program.trim() === '')
    notes.refuse(
      entries.get('command')?.place ?? table.place,
      'no-action',
      'there is no command = ["program", "argument"] here',
    );
  fields.command = command;
  if (isArray) readArray(table, fields, environment, notes);
  const env = entries.get('env');
  for (const [key, value] of env?.kind === 'table' ? env.entries : []) {
    if (/^[A-Za-z_]\w*$/.test(key) && value.kind === 'scalar') environment[key] = plainValue(value.text);
    else notes.notCarried(value.place, `env ${quote(key)}`, 'this cannot be a variable');
  }
  fields.environment = environment;
  readLimits(table, fields, notes);
  for (const [key, value] of entries) if (!known.includes(key)) tellLost(key, value, notes);
  return fields;
}

function readArray(
  table: TomlTable,
  fields: Fields,
  environment: Record<string, string | number>,
  notes: Notes,
): void {
  const { entries } = table;
  const ids = textOf(entries.get('ids'));
  const values = itemsOf(entries.get('entries')).map((item) => textOf(item) ?? '');
  const frames = ids?.replaceAll(':', 'x').replaceAll(/\s+/g, '') ?? `0-${Math.max(0, values.length - 1)}`;
  const parsed = parseFrames([frames]);
  if (!parsed.ok)
    notes.refuse(entries.get('ids')?.place ?? table.place, 'bad-array', parsed.mistakes[0]?.message ?? '');
  if (!parsed.ok) return;
  environment['HQ_TASK_ID'] = values.length === 0 ? '{{Frame}}' : '{{Id}}';
  if (values.length === 0) {
    fields.frames = frames;
    return;
  }
  const count = parsed.ranges.reduce((sum, range) => sum + range.count, 0);
  if (count !== values.length) {
    notes.refuse(
      entries.get('ids')?.place ?? table.place,
      'bad-array',
      `there are ${count} ids and ${values.length} entries`,
    );
    return;
  }
  environment['HQ_ENTRY'] = '{{Entry}}';
  const numbers = parsed.ranges.flatMap(({ first, step, count: many }) =>
    Array.from({ length: many }, (_, at) => first + step * at),
  );
  fields.rows = values.map((value, at) => ({ Id: numbers[at] ?? at, Entry: plainValue(value) }));
}

function readLimits({ entries }: TomlTable, fields: Fields, notes: Notes): void {
  const cwd = textOf(entries.get('cwd'));
  if (cwd !== null && cwd.trim() !== '') fields.folder = literalText(cwd);
  const limit = entries.get('time_limit');
  const seconds = limit === undefined ? 0 : secondsOf(textOf(limit) ?? '');
  if (limit !== undefined && seconds === null)
    notes.refuse(
      limit.place,
      'bad-time',
      `${quote(textOf(limit) ?? '')} is no length of time; allowed are forms such as 1m 10s`,
    );
  else if (seconds !== null && seconds > 0) fields.timeout = spanText(seconds);
  const priority = entries.get('priority');
  const level = Number(textOf(priority) ?? 0);
  if (priority !== undefined && level !== 0) {
    fields.priority = level > 0 ? 'high' : 'low';
    notes.assumed(priority.place, `priority = ${level}`, `this is ${fields.priority}`);
  }
  const crashes = entries.get('crash_limit');
  if (crashes !== undefined)
    notes.assumed(
      crashes.place,
      'crash_limit',
      'nothing need be said: what a lost node did is started again',
    );
  readRequests(tablesOf(entries.get('request')), fields, notes);
}

/** `1m 10s`, `01:30:00`, or seconds. */
function secondsOf(text: string): number | null {
  const clock = /^(\d{1,4}):(\d{2}):(\d{2})$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  if (/^\d{1,7}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,6}\s*[a-z]{1,8}\s*){1,6}$/.test(text)) return null;
  let sum = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+)\s*([a-z]+)/g)) {
    const length = unit.startsWith('s')
      ? 1
      : /^m(?:in.*)?$/.test(unit)
        ? 60
        : unit.startsWith('h')
          ? 3600
          : unit.startsWith('d')
            ? 86_400
            : null;
    if (length === null) return null;
    sum += Number(amount) * length;
  }
  return sum > longestSeconds ? null : sum;
}

function readRequests(requests: readonly TomlTable[], fields: Fields, notes: Notes): void {
  const [first, ...others] = requests;
  for (const { place } of others)
    notes.notCarried(place, 'another [[request]]', 'a task asks for one thing; the first of them is taken');
  if (first === undefined) return;
  const asked = first.entries.get('resources');
  const resources: { -readonly [Name in keyof Resources]: Resources[Name] } = {};
  const uses: Record<string, number> = {};
  for (const [name, value] of asked?.kind === 'table' ? asked.entries : []) {
    const written = textOf(value);
    if (written === null) {
      notes.refuse(
        value.place,
        'bad-amount',
        `${name}: found a ${value.kind}; an amount should stand here, such as 4`,
      );
      continue;
    }
    const [amount = '', ...rest] = written.replace(/!$/, '').split(/\s+/);
    if (rest.length > 0 && name === 'cpus' && !/^scatter$|^no/.test(rest[0] ?? ''))
      resources.cores = 'pinned';
    if (rest.length > 0)
      notes.assumed(
        value.place,
        `${name} = ${quote(written)}`,
        'how cores lie is not said; they are kept for the task alone',
      );
    const isAll = amount.toLowerCase() === 'all';
    if (!isAll && !/^\d{1,6}(?:\.\d{1,4})?$/.test(amount))
      notes.refuse(value.place, 'bad-amount', `${name} = ${quote(written)} is no amount`);
    else if (name === 'cpus') resources.cpu = isAll ? 'max' : Number(amount);
    else if (/^gpus(?:\/\w+)?$/.test(name)) resources.gpu = isAll ? 'max' : Number(amount);
    else if (name === 'mem') resources.memory = isAll ? 'max' : `${Math.ceil(Number(amount))} MiB`;
    else if (isName(name) && /^[1-9]\d*$/.test(amount)) {
      uses[name] = Number(amount);
      notes.assumed(
        value.place,
        `${name} = ${amount}`,
        'nodes or the farm need to have it, which is said in the settings',
      );
    } else notes.notCarried(value.place, `${name} = ${written}`, 'this cannot be asked for in a recipe');
  }
  for (const [key, value] of first.entries) {
    if (key === 'resources') continue;
    const many = key === 'n_nodes' && textOf(value) !== '0' && textOf(value) !== '1';
    notes.notCarried(
      value.place,
      key,
      many ? 'a task of Drover runs on one node' : 'recipes have nothing that means this',
    );
  }
  if (Object.keys(resources).length + Object.keys(uses).length > 0)
    fields.resources = { ...resources, ...(Object.keys(uses).length > 0 ? { uses } : {}) };
}

const lost: Readonly<Record<string, string>> = {
  stdout: 'what tasks print is in the log of Drover: drover logs JOB',
  stderr: 'what tasks print is in the log of Drover: drover logs JOB',
  stream: 'what tasks print is in the log of Drover: drover logs JOB',
  stdin: 'let the command read a file: sh -c "program < FILE"',
  max_fails: 'the other tasks of a job go on when some fail',
  task_dir: 'environments: [{ name: folder }] gives the tasks on a node a folder, DROVER_SESSION_DIR',
  pin: 'resources: { cores: pinned } keeps cores for a task',
  data_deps: 'after: [{ job: ..., files: [...] }] waits for files',
};

const tellLost = (key: string, { place }: Toml, notes: Notes): void =>
  notes.notCarried(place, key, lost[key] ?? 'recipes have nothing that means this');
