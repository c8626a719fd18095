/** Which jobs a filter keeps. What is searched in a job is put together once. */
import type { BatchRow, JobRow } from '../../../shared/ipc/queue';
import { isEnded, priorities, totalOf } from '../../../shared/model/states';
import { standingOf } from '../deadline';
import { lengthOf } from './fields';
import type { Comparison, FieldName } from './fields';
import type { Filter, Term } from './language';

export interface Circumstances {
  /** Who looks; null: not known yet. */
  readonly me: string | null;
  readonly now: number;
}

export type Matcher = (job: JobRow, batch: BatchRow) => boolean;
type FieldTerm = Extract<Term, { kind: 'field' }>;

/** Whether what it keeps changes by itself, as time goes by. */
export function isTimed(filter: Filter): boolean {
  return filter.terms.some(
    (term) => term.kind === 'field' && (term.field === 'deadline' || term.field === 'age'),
  );
}

/** Null: it keeps everything. */
export function matcherOf(filter: Filter, circumstances: Circumstances): Matcher | null {
  const checks: Matcher[] = [];
  const either = new Map<FieldName, Matcher[]>();
  for (const term of filter.terms) {
    const check = checkOf(term, circumstances);
    if (term.isNot) checks.push((job, batch) => !check(job, batch));
    else if (term.kind === 'field' && term.comparison === ':')
      either.set(term.field, [...(either.get(term.field) ?? []), check]);
    else checks.push(check);
  }
  // A job has one state, and one owner: the same field twice means one or the other.
  for (const some of either.values()) checks.push((job, batch) => some.some((check) => check(job, batch)));
  if (checks.length === 0) return null;
  return (job, batch) => checks.every((check) => check(job, batch));
}

function checkOf(term: Term, circumstances: Circumstances): Matcher {
  if (term.kind === 'field') return checkOfField(term, circumstances);
  const word = term.text.toLowerCase();
  return (job, batch) => textOf(job).includes(word) || textOfBatch(batch).includes(word);
}

function checkOfField(term: FieldTerm, { me, now }: Circumstances): Matcher {
  const values = term.values.map((value) => value.toLowerCase());
  const compare = comparer(term.comparison);
  const some = (text: string): boolean => values.some((value) => text.includes(value));
  const numbers = term.values.map(Number);
  const counted =
    (count: (job: JobRow) => number): Matcher =>
    (job) =>
      numbers.some((number) => compare(count(job), number));
  switch (term.field) {
    case 'state':
      return ({ state }) => values.includes(state.toLowerCase());
    case 'kind':
      return ({ kind }) => values.includes(kind);
    case 'priority': {
      const levels = values.map((value) => priorities.findIndex((level) => level.toLowerCase() === value));
      return ({ priority }) => levels.some((level) => compare(priorities.indexOf(priority), level));
    }
    case 'owner':
      return (_job, { owner }) =>
        values.some((value) =>
          value === 'me' && me !== null ? owner === me : owner.toLowerCase().includes(value),
        );
    case 'tenant':
      return (_job, { tenant }) => some(tenant.toLowerCase());
    case 'name':
      return ({ name }) => some(name.toLowerCase());
    case 'batch':
      return (_job, { id, name }) => values.includes(id) || some(name.toLowerCase());
    case 'node':
      return ({ nodes }) => nodes.some((node) => some(node.toLowerCase()));
    case 'deadline':
      return deadlineCheck(term, now);
    case 'age': {
      const length = lengthOf(term.values[0] ?? '') ?? 0;
      return (_job, { submittedAt }) => compare(now - submittedAt, length);
    }
    case 'progress':
      return counted(({ progress }) => progress * 100);
    case 'tasks':
      return counted(({ tasks }) => totalOf(tasks));
    case 'completed':
      return counted(({ tasks }) => tasks.COMPLETED);
    case 'running':
      return counted(({ tasks }) => tasks.RUNNING);
    case 'failed':
      return counted(({ tasks }) => tasks.FAILED);
    case 'cancelled':
      return counted(({ tasks }) => tasks.CANCELLED);
    case 'waiting':
      return counted(({ tasks }) => tasks.PENDING + tasks.QUEUED);
  }
}

function deadlineCheck({ comparison, values }: FieldTerm, now: number): Matcher {
  if (comparison === ':')
    return (job) =>
      values.some((value) => {
        if (value === 'none') return job.deadline === null;
        if (value === 'any') return job.deadline !== null;
        const standing = standingOf(job, now);
        return standing?.kind === 'late' || standing?.kind === 'missed';
      });
  const compare = comparer(comparison);
  const length = lengthOf(values[0] ?? '') ?? 0;
  // Of what has ended there is no time left.
  return ({ deadline, state }) => deadline !== null && !isEnded(state) && compare(deadline - now, length);
}

function comparer(comparison: Comparison): (value: number, other: number) => boolean {
  switch (comparison) {
    case ':':
      return (value, other) => value === other;
    case '<':
      return (value, other) => value < other;
    case '<=':
      return (value, other) => value <= other;
    case '>':
      return (value, other) => value > other;
    case '>=':
      return (value, other) => value >= other;
  }
}

const texts = new WeakMap<JobRow | BatchRow, string>();

function kept<Row extends JobRow | BatchRow>(row: Row, make: (row: Row) => string): string {
  let text = texts.get(row);
  if (text === undefined) {
    text = make(row).toLowerCase();
    texts.set(row, text);
  }
  return text;
}

const textOf = (job: JobRow): string =>
  kept(job, ({ name, kind, priority }) => `${name} ${kind} ${priority}`);
const textOfBatch = (batch: BatchRow): string =>
  kept(batch, ({ name, owner, id, tenant }) => `${name} ${owner} ${id} ${tenant}`);
