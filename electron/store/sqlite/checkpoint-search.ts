/** Looks through all checkpoints, in small parts: whatever else is asked of the store comes between them. */
import type { Database, Statement } from 'better-sqlite3';
import type {
  CheckpointFilter,
  CheckpointLimit,
  CheckpointStanding,
  CheckpointWord,
} from '../../../shared/ipc/checkpoints';
import { checkpointNumber, type Checkpoint, type CheckpointId } from '../../../shared/model/checkpoint';
import type { AttemptId, JobId, NodeId } from '../../../shared/model/ids';
import { unpack, type StoredCheckpoint } from './checkpoint-table';

/** Only the farm knows what jobs and nodes are called: it tells which of them a word means. */
export interface SearchedWord extends CheckpointWord {
  readonly jobs: readonly JobId[];
  readonly nodes: readonly NodeId[];
}

export interface CheckpointSearch extends Omit<CheckpointFilter, 'words'> {
  readonly job: JobId | null;
  readonly words: readonly SearchedWord[];
  readonly from: number;
  readonly count: number;
}

export interface ListedCheckpoint extends Checkpoint {
  readonly usedBy: readonly AttemptId[];
}

export interface FoundCheckpoints {
  readonly total: number;
  readonly areAny: boolean;
  readonly checkpoints: readonly ListedCheckpoint[];
}

/** What was found; what is newer than that may be missing. */
interface Known {
  readonly changes: number;
  readonly upTo: number;
  /** The newest first. */
  readonly numbers: readonly number[];
}

const atOnce = 5000;
/** Each of several windows may look for something else. */
const mostKnown = 4;

export class CheckpointSearches {
  private readonly known = new Map<string, Known>();
  private readonly ofAll: Statement<[number], number>;
  private readonly ofJob: Statement<[JobId, number], number>;
  private readonly users: Statement<[JobId, number, number, string], AttemptId>;

  constructor(private readonly database: Database) {
    this.ofAll = database
      .prepare<[number], number>(
        'SELECT number FROM checkpoints INDEXED BY checkpoints_of_tasks WHERE number > ?',
      )
      .pluck();
    this.ofJob = database
      .prepare<[JobId, number], number>('SELECT number FROM checkpoints WHERE job = ? AND number > ?')
      .pluck();
    this.users = database
      .prepare<[JobId, number, number, string], AttemptId>(
        `SELECT attempt FROM went_on
          WHERE job = ? AND step = ? AND task = ? AND checkpoint = ? AND line IS NOT NULL ORDER BY attempt`,
      )
      .pluck();
  }

  /** `changes`: another one when something has become of checkpoints that had been found before. */
  *find(search: CheckpointSearch, changes: number): Generator<undefined, FoundCheckpoints> {
    const { from, count, ...wanted } = search;
    const numbers = yield* this.numbersOf(wanted, changes);
    return {
      total: numbers.length,
      areAny: numbers.length > 0 || this.areAny(search.job),
      checkpoints: this.rowsOf(numbers.slice(from, from + count)),
    };
  }

  /** Which of these hashes are of files of other checkpoints too, of those that are not deleted. */
  *neededElsewhere(
    without: readonly CheckpointId[],
    hashes: readonly string[],
  ): Generator<undefined, readonly string[]> {
    const select = this.database
      .prepare<[string, string, string], string>(
        `SELECT DISTINCT file.value->>'$.hash' FROM checkpoints, json_each(body, '$.files') AS file
          WHERE number IN (SELECT value FROM json_each(?)) AND dropped = 0
            AND number NOT IN (SELECT value FROM json_each(?))
            AND file.value->>'$.hash' IN (SELECT value FROM json_each(?))`,
      )
      .pluck();
    const all = this.ofAll.all(0);
    const but = JSON.stringify(without.map(checkpointNumber));
    const found = new Set<string>();
    for (let at = 0; at < all.length; at += atOnce) {
      const some = JSON.stringify(all.slice(at, at + atOnce));
      for (const hash of select.all(some, but, JSON.stringify(hashes))) found.add(hash);
      yield;
    }
    return [...found];
  }

  private *numbersOf(
    wanted: Omit<CheckpointSearch, 'from' | 'count'>,
    changes: number,
  ): Generator<undefined, readonly number[]> {
    const key = JSON.stringify(wanted);
    const last = this.known.get(key);
    const before = last?.changes === changes ? last : null;
    const after = before?.upTo ?? 0;
    const candidates = wanted.job === null ? this.ofAll.all(after) : this.ofJob.all(wanted.job, after);
    const newest = Float64Array.from(candidates).toSorted((a, b) => b - a);
    const { sql, values } = conditionOf(wanted);
    const keeping = this.database
      .prepare<unknown[], number>(
        `SELECT number FROM checkpoints
          WHERE number IN (SELECT value FROM json_each(?)) AND ${sql} ORDER BY number DESC`,
      )
      .pluck();
    const numbers: number[] = [];
    for (let at = 0; at < newest.length; at += atOnce) {
      numbers.push(...keeping.all(JSON.stringify([...newest.subarray(at, at + atOnce)]), ...values));
      yield;
    }
    const all = before === null ? numbers : [...numbers, ...before.numbers];
    this.known.delete(key);
    this.known.set(key, { changes, upTo: newest[0] ?? after, numbers: all });
    const [oldest] = this.known.keys();
    if (this.known.size > mostKnown && oldest !== undefined) this.known.delete(oldest);
    return all;
  }

  private rowsOf(numbers: readonly number[]): readonly ListedCheckpoint[] {
    return this.database
      .prepare<[string], StoredCheckpoint>(
        `SELECT found_at, broken, tag, dropped, body FROM checkpoints
          WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC`,
      )
      .all(JSON.stringify(numbers))
      .map(unpack)
      .map((one) => ({ ...one, usedBy: this.users.all(one.job, one.step, one.task, one.id) }));
  }

  private areAny(job: JobId | null): boolean {
    const sql = `SELECT 1 FROM checkpoints ${job === null ? '' : 'WHERE job = ?'} LIMIT 1`;
    return this.database.prepare(sql).get(...(job === null ? [] : [job])) !== undefined;
  }
}

/** The conditions are from here alone; what a person wrote is among the values. */
interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

function conditionOf({
  words,
  standings,
  limits,
}: Pick<CheckpointSearch, 'words' | 'standings' | 'limits'>): Condition {
  const conditions = [standingOf(standings), ...limits.map(limitOf), ...words.map(wordOf)];
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

const wentOnFrom = `EXISTS (SELECT 1 FROM went_on AS later
  WHERE later.job = checkpoints.job AND later.step = checkpoints.step AND later.task = checkpoints.task
    AND later.checkpoint = 'c' || number AND later.line IS NOT NULL)`;

const standingConditions: Readonly<Record<CheckpointStanding, string>> = {
  kept: 'dropped = 0 AND broken IS NULL',
  broken: 'dropped = 0 AND broken IS NOT NULL',
  tagged: 'tag IS NOT NULL',
  used: wentOnFrom,
  deleted: 'dropped = 1',
};

const standingOf = (standings: readonly CheckpointStanding[]): Condition => ({
  sql:
    standings.length === 0
      ? 'dropped = 0'
      : standings.map((standing) => `(${standingConditions[standing]})`).join(' OR '),
  values: [],
});

const numberConditions: Readonly<Record<CheckpointLimit['of'], string>> = {
  at: `body->>'$.at'`,
  bytes: `(SELECT total(value->>'$.bytes') FROM json_each(body, '$.files'))`,
  madeAt: `body->>'$.madeAt'`,
};

const limitOf = ({ of, is, value }: CheckpointLimit): Condition => ({
  sql: `${numberConditions[of]} ${is} ?`,
  values: [value],
});

const nameCondition = `body->>'$.name' LIKE ? ESCAPE '\\'`;
const tagCondition = `ifnull(tag LIKE ? ESCAPE '\\', 0)`;
const noteCondition = `ifnull(body->>'$.note' LIKE ? ESCAPE '\\', 0)`;
const jobCondition = 'job IN (SELECT value FROM json_each(?))';
const nodeCondition = `body->>'$.node' IN (SELECT value FROM json_each(?))`;

function wordOf({ text, isNot, of, jobs, nodes }: SearchedWord): Condition {
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const name = { sql: nameCondition, values: [like] };
  const tag = { sql: tagCondition, values: [like] };
  const job = { sql: jobCondition, values: [JSON.stringify(jobs)] };
  const node = { sql: nodeCondition, values: [JSON.stringify(nodes)] };
  const id = { sql: `'c' || number = ?`, values: [text.toLowerCase()] };
  const note = { sql: noteCondition, values: [like] };
  const any = { any: [name, tag, note, job, node, id], name: [name], tag: [tag], job: [job], node: [node] }[
    of
  ];
  const sql = any.map((one) => one.sql).join(' OR ');
  return { sql: isNot ? `NOT (${sql})` : sql, values: any.flatMap(({ values }) => values) };
}
