/** Making the records of edges, and finding what they join. */
import type { SingleMapping } from '../../../shared/model/dependency';
import { codes } from '../counts';
import type { EdgeEnd, EdgeSpec } from '../facts';
import type { Edge, FarmState, JobRecord, PairIndex, StepRecord } from '../state';

export const isJob = (end: JobRecord | StepRecord): end is JobRecord => 'steps' in end;
export const stepsOf = (end: JobRecord | StepRecord): readonly StepRecord[] =>
  isJob(end) ? end.steps : [end];
export const jobOf = (end: JobRecord | StepRecord): JobRecord => (isJob(end) ? end : end.job);

/** All that begin or end at a job or a step of it. */
export function edgesOf(job: JobRecord): readonly Edge[] {
  return [job, ...job.steps].flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing]);
}

/** `melt`, `melt/bake`, or with its batch when that is another one. */
export function nameOf(end: JobRecord | StepRecord): string {
  return isJob(end) ? end.job.name : `${end.job.job.name}/${end.step.name}`;
}

/** Which tasks wait for which, where the dependency says more than "all"; those edges join single steps. */
export function mappingOf(spec: EdgeSpec): SingleMapping | null {
  const { relation } = spec;
  return relation.type === 'SEQUENTIAL' && relation.mapping.kind !== 'all' ? relation.mapping : null;
}

export function findEnd(state: FarmState, end: EdgeEnd): JobRecord | StepRecord | null {
  const job = state.jobs.get(end.job);
  if (job === undefined) return null;
  return end.step === null ? job : (job.steps[end.step] ?? null);
}

export function makeEdge(
  id: number,
  spec: EdgeSpec,
  from: JobRecord | StepRecord | null,
  to: JobRecord | StepRecord,
): Edge {
  const mapping = mappingOf(spec);
  return {
    id,
    spec,
    mapping,
    from: from === null || mapping === null ? from : onlyStep(from),
    to: mapping === null ? to : onlyStep(to),
    resolved: null,
    reason: null,
    endedAt: null,
    files: [],
    open:
      mapping?.kind === 'groups' && mapping.from > 1 && from !== null
        ? openGroups(onlyStep(from), mapping.from)
        : null,
    pairs: mapping?.kind === 'pairs' ? pairIndex(mapping.pairs) : null,
  };
}

function onlyStep(end: JobRecord | StepRecord): StepRecord {
  const [step, second] = stepsOf(end);
  if (step === undefined || second !== undefined) throw new Error('this dependency joins single steps');
  return step;
}

function openGroups(step: StepRecord, size: number): Int32Array {
  const open = new Int32Array(Math.ceil(step.count / size));
  for (let task = 0; task < step.count; task++) {
    const group = Math.floor(task / size);
    if (step.states[task] !== codes.COMPLETED) open[group] = (open[group] ?? 0) + 1;
  }
  return open;
}

function pairIndex(pairs: readonly (readonly [number, number])[]): PairIndex {
  const after = new Map<number, number[]>();
  const before = new Map<number, number[]>();
  const put = (index: Map<number, number[]>, key: number, value: number): void => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [value]);
    else list.push(value);
  };
  for (const [from, to] of pairs) {
    put(after, from, to);
    put(before, to, from);
  }
  return { after, before };
}

/** Something after it waits for a value that it prints. */
export function reportsValues(step: StepRecord): boolean {
  return [...step.outgoing, ...step.job.outgoing].some(
    ({ spec: { relation } }) => relation.type === 'CONDITIONAL' && relation.condition.kind === 'value',
  );
}
