/** Jobs of Deadline: a job info file, and a plugin info file. */
import { basename } from 'node:path';
import { startOfFile } from '../document/problems';
import { quote } from '../document/words';
import { isName } from '../schema/values';
import type { JobFields } from '../schema/recipe';
import { isLabel, literalText, longestSeconds, plainValue, spanText, type Draft } from './draft';
import { actionOf } from './deadline-plugins';
import { readKeyValues, type KeyValue, type KeyValues } from './key-values';
import type { Notes } from './notes';
import { framesText, priorityOf } from './rendering';
import type { Source } from './source';

type Fields = { -readonly [Name in keyof JobFields]: JobFields[Name] };

export function readDeadline({ file, others, notes }: Source): Draft | null {
  const [first, second] = [file, ...others].map((each, index) =>
    readKeyValues(each.text, notes, index === 0 ? undefined : each.name),
  );
  if (first === undefined || !notes.problems.none) return null;
  const [job, plugin] =
    second?.has('Plugin') === true && !first.has('Plugin') ? [second, first] : [first, second];
  const kind = job.take('Plugin');
  if (kind === null)
    return notes.refuse(
      startOfFile,
      'missing-file',
      'this is a plugin info file; give the job info file, which has Plugin=, as well',
    );
  if (plugin === undefined)
    return notes.refuse(
      startOfFile,
      'missing-file',
      'this is a job info file; give the plugin info file as well: drover import JOB PLUGIN',
    );
  if (others.length > 1)
    return notes.refuse(startOfFile, 'too-many', 'a job has two files: job info and plugin info');
  const name = job.take('Name')?.value ?? basename(file.name);
  const batch = job.take('BatchName')?.value;
  const fields: Fields = {};
  const chunked = readFrames(job, fields, notes);
  readUrgency(job, fields, notes);
  readLimits(job, fields, notes);
  readNodes(job, fields, notes);
  readEnvironment(job, fields, notes);
  const tenant = tenantOf(job, notes);
  const action = actionOf(kind, plugin, chunked, notes);
  tellLost(job, notes);
  for (const { key, value, place } of plugin.left())
    notes.notCarried(
      place,
      `${key}=${value}`,
      `it is a setting of the plugin ${kind.value}; write it into the command if it matters`,
    );
  if (!notes.problems.none) return null;
  const head = tenant === null ? {} : { head: { tenant } };
  return { name: batch ?? name, ...head, jobs: [{ name, fields: { ...fields, ...action } }] };
}

/** True: tasks have several frames. */
function readFrames(job: KeyValues, fields: Fields, notes: Notes): boolean {
  const frames = job.take('Frames');
  const chunk = job.take('ChunkSize');
  const size = Number(chunk?.value ?? 1);
  // Deadline has frame 0 where nothing is said.
  const parsed = framesText(frames?.value ?? '0');
  if (!parsed.ok) notes.refuse(frames?.place ?? startOfFile, 'bad-frames', parsed.message);
  else fields.frames = parsed.value;
  if (chunk !== null && (!Number.isSafeInteger(size) || size < 1))
    notes.refuse(chunk.place, 'bad-chunk', `ChunkSize=${chunk.value} is no number of frames`);
  else if (size > 1) fields.chunk = size;
  return size > 1;
}

function readUrgency(job: KeyValues, fields: Fields, notes: Notes): void {
  const priority = job.take('Priority');
  const level = priority === null ? null : priorityOf(priority.value);
  if (priority !== null && level === null)
    notes.notCarried(priority.place, `Priority=${priority.value}`, 'it is no number');
  if (priority !== null && level !== null && level !== 'medium') {
    fields.priority = level;
    notes.assumed(priority.place, `Priority=${priority.value}`, `of 0 to 100, this is ${level}`);
  }
  const start = job.take('ScheduledStartDateTime');
  if (start !== null) {
    const [, day = '', month = '', year = '', time = ''] =
      /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{2}:\d{2})(?::\d{2})?$/.exec(start.value) ?? [];
    if (time === '')
      notes.notCarried(
        start.place,
        `ScheduledStartDateTime=${start.value}`,
        'it is no date such as 31/12/2026 18:00',
      );
    else fields.notBefore = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time}`;
  }
  const type = job.take('ScheduledType');
  if (type !== null && !/^(?:none|once|notset)$/i.test(type.value))
    notes.notCarried(
      type.place,
      `ScheduledType=${type.value}`,
      'write it as schedule: { every: 1 d } of the recipe',
    );
}

function readLimits(job: KeyValues, fields: Fields, notes: Notes): void {
  const seconds = numberOf(job.take('TaskTimeoutSeconds'), notes);
  const minutes = numberOf(job.take('TaskTimeoutMinutes'), notes);
  const most = seconds + minutes * 60;
  if (most > 0) fields.timeout = spanText(Math.min(most, longestSeconds));
  const machines = job.take('MachineLimit');
  const concurrent = job.take('ConcurrentTasks');
  const limit = numberOf(machines, notes);
  const together = Math.max(1, numberOf(concurrent, notes));
  if (machines !== null && limit > 0) {
    fields.most = limit * together;
    notes.assumed(
      machines.place,
      `MachineLimit=${limit}`,
      `so many tasks at once, at most: ${limit * together}; on how many nodes is not said`,
    );
  }
  if (concurrent !== null && together > 1)
    notes.notCarried(
      concurrent.place,
      `ConcurrentTasks=${together}`,
      'a node runs as many tasks as it has room for: say what one needs under resources',
    );
  const limits = job.take('LimitGroups');
  const uses: Record<string, number> = {};
  for (const name of limits?.value.split(/[,;]/).map((each) => each.trim()) ?? []) {
    if (limits === null || name === '') continue;
    if (isName(name)) uses[name] = 1;
    else notes.notCarried(limits.place, `the limit ${name}`, 'this cannot be the name of a licence');
  }
  if (limits !== null && Object.keys(uses).length > 0) {
    fields.resources = { uses };
    notes.assumed(
      limits.place,
      `LimitGroups=${limits.value}`,
      'each task takes one of them; the settings of the farm say how many there are',
    );
  }
}

function numberOf(entry: KeyValue | null, notes: Notes): number {
  if (entry === null || /^0*$/.test(entry.value)) return 0;
  if (/^\d{1,7}$/.test(entry.value)) return Number(entry.value);
  notes.notCarried(entry.place, `${entry.key}=${entry.value}`, 'it is no whole number');
  return 0;
}

function readNodes(job: KeyValues, fields: Fields, notes: Notes): void {
  const pools: string[] = [];
  for (const key of ['Pool', 'SecondaryPool']) {
    const pool = job.take(key);
    if (pool === null || /^none$/i.test(pool.value)) continue;
    if (!isLabel(pool.value))
      notes.notCarried(pool.place, `${key}=${pool.value}`, 'this cannot be the name of a pool');
    else if (!pools.includes(pool.value)) {
      pools.push(pool.value);
      notes.assumed(
        pool.place,
        `${key}=${pool.value}`,
        'nodes must be in a pool of this name; take it out of needs where there is none',
      );
    }
  }
  const group = job.take('Group');
  const hasGroup = group !== null && !/^none$/i.test(group.value);
  if (hasGroup && isLabel(group.value))
    notes.assumed(
      group.place,
      `Group=${group.value}`,
      'nodes need a label of this name; give it to those that are in the group',
    );
  else if (hasGroup) notes.notCarried(group.place, `Group=${group.value}`, 'this cannot be a label');
  const all = hasGroup && isLabel(group.value) ? [group.value] : [];
  if (pools.length + all.length > 0)
    fields.needs = { ...(all.length > 0 ? { all } : {}), ...(pools.length > 0 ? { pool: pools } : {}) };
}

function readEnvironment(job: KeyValues, fields: Fields, notes: Notes): void {
  const environment: Record<string, string | number> = {};
  for (const { key, value, place } of job.takeAll('EnvironmentKeyValue')) {
    const [, name = '', text = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(value) ?? [];
    if (name === '') notes.notCarried(place, `${key}=${value}`, 'it is no NAME=VALUE that can be a variable');
    else environment[name] = plainValue(text);
  }
  if (Object.keys(environment).length > 0) fields.environment = environment;
}

function tenantOf(job: KeyValues, notes: Notes): string | null {
  const department = job.take('Department');
  if (department === null) return null;
  if (!isName(department.value)) {
    notes.notCarried(
      department.place,
      `Department=${department.value}`,
      'this cannot be the name of a tenant',
    );
    return null;
  }
  notes.assumed(
    department.place,
    `Department=${department.value}`,
    'it is the tenant whose share the work counts for',
  );
  return literalText(department.value);
}

/** Why it is lost, and what to do. */
const lost: readonly (readonly [RegExp, string])[] = [
  [
    /^JobDependenc|^ResumeOn|^IsFrameDependent|^DependencyId/i,
    'the names are those of jobs in Deadline; write the work that comes first as a job of this recipe, and after: [its name]',
  ],
  [
    /^Output(?:Directory|Filename)\d+$/i,
    'it only tells Deadline where to look; what is in {{Output}} is shown',
  ],
  [/^InitialStatus$/i, 'submit it, and then: drover hold JOB'],
  [
    /^(?:White|Black|Allow|Deny)list$|^MachineName/i,
    'the names are those of machines in Deadline; give the nodes labels, and write needs: { all: [...], none: [...] }',
  ],
  [/^UserName$|^Comment$|^ExtraInfo|^SubmitterName/i, 'recipes have no such notes; write it as a comment'],
  [
    /^(?:Pre|Post)(?:Job|Task)Script$/i,
    'scripts of Deadline need Deadline; environments and jobs before and after do this',
  ],
  [/^(?:OnJobComplete|DeleteOnComplete|ArchiveOnComplete)$/i, 'what has ended stays in the history'],
  [
    /^(?:Override)?(?:JobFailureDetection|TaskFailureDetection|FailureDetection)|Errors$/i,
    'say how often it is tried again: retry: { times: 3 }',
  ],
  [/Notification|Email/i, 'Drover sends no mail; notify: [done, failed] tells of ends on the desktop'],
];

function tellLost(job: KeyValues, notes: Notes): void {
  for (const { key, value, place } of job.left()) {
    if (/^(?:none|false|0|nothing|active)$/i.test(value)) continue;
    const why = lost.find(([form]) => form.test(key))?.[1] ?? 'recipes have nothing that means this';
    notes.notCarried(place, `${key}=${value.length > 80 ? quote(value) : value}`, why);
  }
}
