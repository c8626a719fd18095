/** What is looked for on which nodes. Steps that name the same and could be done by the same are one look. */
import { isAbsolute, join, posix } from 'node:path';
import type { Batch, Step } from '../../shared/model/batch';
import type { NodeId } from '../../shared/model/ids';
import { nodeSettings } from '../../shared/model/settings';
import type { FarmState, NodeRecord } from '../engine/state';
import { pathMapper } from '../nodes/path-mapping';
import type { Question, QuestionKind } from '../nodes/preflight/question';
import { wantedOf, type Output, type Wanted } from '../nodes/preflight/wanted';

export interface LookedAt {
  readonly id: NodeId;
  readonly name: string;
  readonly kind: NodeRecord['kind'];
  readonly state: NodeRecord['state'];
  readonly labels: readonly string[];
  readonly pathOn: (path: string) => string;
}

export interface Look {
  /** At least one; the wanted things are alike but for their places. */
  readonly members: readonly {
    readonly job: string;
    readonly step: Step;
    readonly wanted: readonly Wanted[];
  }[];
  readonly step: Step;
  readonly wanted: readonly Wanted[];
  /** Those that could do it. */
  readonly nodes: readonly LookedAt[];
  /** Nothing comes before it that could make what is missing. */
  readonly isFirst: boolean;
}

export const isStagedOn = ({ step }: Look, { kind }: LookedAt): boolean =>
  step.files.kind === 'staged' && kind === 'ssh';

/** In small parts. `able`: as preflight tells it. */
export function* looksOf(
  state: FarmState,
  batch: Batch,
  able: ReadonlyMap<string, readonly (readonly NodeId[])[]>,
  output: Output,
): Generator<undefined, readonly Look[]> {
  const found = new Map<string, Look & { readonly members: Look['members'][number][] }>();
  const nodes = new Map<readonly NodeId[], { readonly key: number; readonly list: readonly LookedAt[] }>();
  const waiting = stepsThatWait(batch);
  for (const { name: job, steps } of batch.jobs) {
    for (const [index, step] of steps.entries()) {
      const ids = able.get(job)?.[index] ?? [];
      const known = nodes.get(ids) ?? { key: nodes.size, list: ids.flatMap((id) => lookedAt(state, id)) };
      nodes.set(ids, known);
      const isFirst =
        !waiting.has(job) && !waiting.has(`${job}/${step.name}`) && step.environments.length === 0;
      const wanted = wantedOf({ batch: batch.name, job, step, output, pathOn: (path) => path });
      const names = wanted.map(({ kind, name, isSure }) => [kind, name, isSure]);
      const key = JSON.stringify([
        known.key,
        isFirst,
        step.files,
        step.folder,
        step.request.storageMiB,
        names,
      ]);
      const member = { job, step, wanted };
      const same = found.get(key);
      if (same === undefined) found.set(key, { members: [member], step, wanted, nodes: known.list, isFirst });
      else same.members.push(member);
      yield;
    }
  }
  return [...found.values()];
}

/** Jobs, and steps as `job/step`, that come after something: other work, or a time that is yet to come. */
function stepsThatWait({ dependencies }: Batch): ReadonlySet<string> {
  return new Set(
    dependencies.flatMap(({ from, to, relation }) =>
      from === null && relation.type !== 'TEMPORAL'
        ? []
        : [to.step === null ? to.job : `${to.job}/${to.step}`],
    ),
  );
}

function lookedAt(state: FarmState, id: NodeId): readonly LookedAt[] {
  const node = state.nodes.get(id);
  if (node === undefined) return [];
  const { paths = [] } = nodeSettings(state.settings, id);
  const { name, kind, probedLabels: labels } = node;
  return [{ id, name, kind, state: node.state, labels, pathOn: pathMapper(paths) }];
}

const kinds: Readonly<Record<Wanted['kind'], QuestionKind>> = {
  program: 'program',
  run: 'run',
  file: 'file',
  folder: 'folder',
  output: 'output',
  shared: 'folder',
};

/** For each wanted thing what the node is asked about it; null: nothing. `isHere`: which are files on this machine. */
export function questionsFor(
  look: Look,
  node: LookedAt,
  batch: Batch,
  output: Output,
  isHere: (path: string) => boolean,
): readonly (Question | null)[] {
  const [member] = look.members;
  if (member === undefined) return [];
  const isStaged = isStagedOn(look, node);
  const folder = node.pathOn(look.step.folder);
  const there = wantedOf({
    batch: batch.name,
    job: member.job,
    step: look.step,
    output,
    pathOn: node.pathOn,
  });
  return look.wanted.map((wanted, index) => {
    const name = there[index]?.name ?? wanted.name;
    if (wanted.kind === 'program') return { kind: 'program', name };
    if (wanted.kind === 'shared' && node.kind === 'local') return null;
    const isRelative = node.kind === 'local' ? !isAbsolute(name) : !posix.isAbsolute(name);
    if (isStaged && (isRelative || ['folder', 'output', 'shared'].includes(wanted.kind))) return null;
    if (wanted.kind === 'file' && !wanted.isSure && !isHere(pathHere(look, wanted))) return null;
    const path = !isRelative ? name : node.kind === 'local' ? join(folder, name) : posix.join(folder, name);
    return { kind: kinds[wanted.kind], name: path };
  });
}

export const pathHere = ({ step }: Look, { name }: Wanted): string =>
  isAbsolute(name) ? name : join(step.folder, name);
