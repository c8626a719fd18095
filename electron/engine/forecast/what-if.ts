/** What a change would do to the forecast: tried on copies, with everything else the same. */
import type { Refusal } from '../../../shared/ipc/errors';
import type { Capacity } from '../../../shared/model/amounts';
import type { Forecast, JobDifference, JobForecast, WhatIf } from '../../../shared/model/forecast';
import type { JobId, NodeId } from '../../../shared/model/ids';
import type { NodeSettings } from '../../../shared/model/settings';
import type { Priority } from '../../../shared/model/states';
import type { Command } from '../commands';
import type { Pass } from '../pass';
import type { Report } from '../reports';
import type { FarmState } from '../state';
import { Expectations } from './expectations';
import { forecastFrom, type ForecastOptions } from './forecast';
import { pictureOfOpen } from './picture';

export interface Change {
  readonly addNodes?: readonly NewNode[];
  /** They finish what they run, and take no more. */
  readonly removeNodes?: readonly NodeId[];
  /** What is left out stays as it is. */
  readonly order?: readonly {
    readonly job: JobId;
    readonly priority?: Priority;
    readonly deadline?: number | null;
  }[];
  /** Anything else. */
  readonly commands?: readonly Command[];
}

/** Like one there is, with its labels, pools and limits, or of this size. */
export type NewNode =
  | { readonly like: NodeId; readonly count: number }
  | { readonly capacity: Capacity; readonly labels: readonly string[]; readonly count: number };

const by = 'forecast';

/** In small parts; changes nothing; of what ends it tells as it would be. What cannot be changed so is refused as the farm itself would refuse it. */
export function* whatIf(
  state: FarmState,
  at: number,
  change: Change,
  { onEnd, ...options }: ForecastOptions = {},
): Generator<undefined, WhatIf | Refusal> {
  const picture = pictureOfOpen(state);
  const expectations = yield* Expectations.from(state);
  const told = onEnd === undefined ? options : { ...options, onEnd };
  const after = yield* forecastFrom(picture, at, expectations, told, (pass, copy) =>
    make(change, pass, copy),
  );
  if ('code' in after) return after;
  const before = yield* forecastFrom(picture, at, expectations, options);
  return 'code' in before ? before : { before, after, differences: differences(before, after) };
}

function make(change: Change, pass: Pass, state: FarmState): Refusal | null {
  for (const command of commandsOf(change, state)) {
    const result = pass.command(command);
    if (result.kind === 'refused') return result.refusal;
  }
  for (const [index, node] of (change.addNodes ?? []).entries()) {
    const refusal = add(node, `${by} ${index + 1}`, pass, state);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** One after the other: what stays as it is goes by what those before have changed. */
function* commandsOf(
  { removeNodes = [], order = [], commands = [] }: Change,
  state: FarmState,
): Generator<Command> {
  yield* commands;
  for (const { job, ...rest } of order) {
    const { priority, deadline } = { ...state.jobs.get(job), ...rest };
    yield { kind: 'order', by, jobs: [{ job, priority: priority ?? 'MEDIUM', deadline: deadline ?? null }] };
  }
  for (const node of removeNodes)
    if (state.nodes.get(node)?.state !== 'MAINTENANCE') yield { kind: 'setAside', by, node };
}

function add(wish: NewNode, name: string, pass: Pass, state: FarmState): Refusal | null {
  const model = modelOf(wish, state);
  if (model === null)
    return { code: 'notFound', message: `There is no node ${'like' in wish ? wish.like : name} to be like.` };
  const { own, ...seen } = model;
  const nodes = Array.from({ length: wish.count }, (_, index) => `${name}.${index + 1}`);
  if (own !== null) {
    const { settings } = state;
    const more = Object.fromEntries(nodes.map((node) => [node, own]));
    pass.command({ kind: 'configure', by, settings: { ...settings, nodes: { ...settings.nodes, ...more } } });
  }
  for (const node of nodes) pass.report({ kind: 'nodeUp', node, name: node, ...seen });
  return null;
}

type Model = Pick<Extract<Report, { kind: 'nodeUp' }>, 'nodeKind' | 'system' | 'capacity' | 'labels'> & {
  readonly own: NodeSettings | null;
};

function modelOf(wish: NewNode, state: FarmState): Model | null {
  if ('capacity' in wish)
    return { nodeKind: 'ssh', system: '', capacity: wish.capacity, labels: wish.labels, own: null };
  const node = state.nodes.get(wish.like);
  if (node === undefined) return null;
  const { kind: nodeKind, system, capacity, probedLabels: labels } = node;
  return { nodeKind, system, capacity, labels, own: state.settings.nodes[node.id] ?? null };
}

function differences(before: Forecast, after: Forecast): readonly JobDifference[] {
  const known = new Map<JobId, JobForecast>(before.jobs.map((job) => [job.job, job]));
  const found: JobDifference[] = [];
  for (const job of after.jobs) {
    const other = known.get(job.job) ?? null;
    known.delete(job.job);
    if (other === null || !isSame(other, job)) found.push(differenceOf(job.job, other, job));
  }
  for (const [id, job] of known) found.push(differenceOf(id, job, null));
  return found;
}

function differenceOf(job: JobId, before: JobForecast | null, after: JobForecast | null): JobDifference {
  const [was, is] = [before?.end ?? null, after?.end ?? null];
  return { job, before, after, milliseconds: was === null || is === null ? null : is.p50 - was.p50 };
}

const isSame = (a: JobForecast, b: JobForecast): boolean =>
  a.stuck === b.stuck &&
  a.start?.p50 === b.start?.p50 &&
  a.start?.p90 === b.start?.p90 &&
  a.end?.p50 === b.end?.p50 &&
  a.end?.p90 === b.end?.p90;
