/** What is looked for on which nodes. Steps that name the same and could be done by the same are one look. */
import { isAbsolute, join, posix } from 'node:path';
import type { Batch, Step } from '../../shared/model/batch';
import type { NodeId } from '../../shared/model/ids';
import { nodeSettings } from '../../shared/model/settings';
import type { FarmState, NodeRecord } from '../engine/state';
import { pathMapper } from '../nodes/path-mapping';
import type { Question, QuestionKind } from '../nodes/preflight/question';
import type { Output } from '../nodes/preflight/commands';
import { sequencesOf, type NamedSequence } from '../nodes/preflight/sequences';
import { wantedOf, type Wanted } from '../nodes/preflight/wanted';

export interface LookedAt {
  readonly id: NodeId;
  readonly name: string;
  readonly kind: NodeRecord['kind'];
  readonly state: NodeRecord['state'];
  readonly labels: readonly string[];
  /** What paths are called there. */
  readonly paths: PathsThere;
}

/** Nodes that call all paths the same share one. */
export interface PathsThere {
  readonly pathOn: (path: string) => string;
}

export interface Look {
  /** At least one; the wanted things are alike but for their places. */
  readonly members: readonly {
    readonly job: string;
    readonly step: Step;
    readonly wanted: readonly Wanted[];
    readonly sequences: readonly NamedSequence[];
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
  const paths = new Map<string, PathsThere>();
  const waiting = stepsThatWait(batch);
  for (const { name: job, steps } of batch.jobs) {
    for (const [index, step] of steps.entries()) {
      const ids = able.get(job)?.[index] ?? [];
      const known = nodes.get(ids) ?? {
        key: nodes.size,
        list: ids.flatMap((id) => lookedAt(state, id, paths)),
      };
      nodes.set(ids, known);
      const isFirst =
        !waiting.has(job) && !waiting.has(`${job}/${step.name}`) && step.environments.length === 0;
      const of = { batch: batch.name, job, step, output, pathOn: (path: string): string => path };
      const wanted = wantedOf(of);
      const names = wanted.map(({ kind, name, isSure }) => [kind, name, isSure]);
      const key = JSON.stringify([
        known.key,
        isFirst,
        step.files,
        step.folder,
        step.request.storageMiB,
        names,
      ]);
      const member = { job, step, wanted, sequences: sequencesOf(of) };
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

function lookedAt(state: FarmState, id: NodeId, known: Map<string, PathsThere>): readonly LookedAt[] {
  const node = state.nodes.get(id);
  if (node === undefined) return [];
  const { paths: mappings = [] } = nodeSettings(state.settings, id);
  const key = JSON.stringify(mappings);
  const paths = known.get(key) ?? { pathOn: pathMapper(mappings) };
  known.set(key, paths);
  const { name, kind, probedLabels: labels } = node;
  return [{ id, name, kind, state: node.state, labels, paths }];
}

const kinds: Readonly<Record<Wanted['kind'], QuestionKind>> = {
  program: 'program',
  run: 'run',
  file: 'file',
  folder: 'folder',
  output: 'output',
  shared: 'folder',
};

/** What nodes are asked about the things that are wanted of them. */
export class Questions {
  private readonly there = new Map<Look, Map<PathsThere, readonly Wanted[]>>();

  constructor(
    private readonly batch: string,
    private readonly output: Output,
    /** Which files are on this machine. */
    private readonly isHere: (path: string) => boolean,
  ) {}

  /** For each of the wanted things; null: nothing is asked about it. */
  for(look: Look, node: LookedAt): readonly (Question | null)[] {
    const there = this.wantedThere(look, node.paths);
    const folder = node.paths.pathOn(look.step.folder);
    const isStaged = isStagedOn(look, node);
    return look.wanted.map((wanted, index) => {
      const { kind } = wanted;
      const name = there[index]?.name ?? wanted.name;
      if (kind === 'program') return { kind, name };
      // This machine looks at its own output itself.
      if ((kind === 'output' || kind === 'shared') && node.kind === 'local') return null;
      const isRelative = node.kind === 'local' ? !isAbsolute(name) : !posix.isAbsolute(name);
      if (isStaged && (isRelative || ['folder', 'output', 'shared'].includes(kind))) return null;
      if (kind === 'file' && !wanted.isSure && !this.isHere(pathHere(look, wanted))) return null;
      const inFolder = node.kind === 'local' ? join(folder, name) : posix.join(folder, name);
      return { kind: kinds[kind], name: isRelative ? inFolder : name };
    });
  }

  private wantedThere(look: Look, paths: PathsThere): readonly Wanted[] {
    const ofLook = this.there.get(look) ?? new Map<PathsThere, readonly Wanted[]>();
    this.there.set(look, ofLook);
    const [member] = look.members;
    const known = ofLook.get(paths);
    if (known !== undefined || member === undefined) return known ?? [];
    const { batch, output } = this;
    const found = wantedOf({ batch, job: member.job, step: look.step, output, pathOn: paths.pathOn });
    ofLook.set(paths, found);
    return found;
  }
}

export const pathHere = ({ step }: Look, { name }: Wanted): string =>
  isAbsolute(name) ? name : join(step.folder, name);
