import type { JobId, NodeId } from '../../../shared/model/ids';
import type { Command } from '../commands';
import type { EdgeEnd } from '../facts';
import type { Action, NewEdge, Pick, Wish } from './actions';
import type { Ledger } from './checks/ledger';

/** The command that a person would give, by what there is now; null: there is nothing to do it to. */
export function commandFor(action: Action & Wish, ledger: Ledger, now: number): Command | null {
  const { by } = action;
  switch (action.kind) {
    case 'submit':
      return { kind: 'submit', by, batch: action.batch, outputFor: (id) => `/output/${id}` };
    case 'cancel':
    case 'retry':
    case 'hold':
    case 'release':
      return { kind: action.kind, by, jobs: pickJobs(ledger, action.jobs) };
    case 'cancelTasks':
    case 'retryTasks':
    case 'skipTasks':
      return over(pick(ledger.steps, action.step), ({ job, index, tasks: { length } }) => {
        const [from, to] = action.between
          .map((which) => Math.floor(which * length))
          .toSorted((a, b) => a - b);
        const tasks = from === undefined || to === undefined ? [] : [[from, to] as const];
        const wish = { by, job: job.id, step: index, tasks };
        return action.kind === 'retryTasks'
          ? { kind: action.kind, ...wish, elsewhere: action.elsewhere ?? false }
          : { kind: action.kind, ...wish };
      });
    case 'order': {
      const deadline = action.due === null ? null : now + action.due;
      const jobs = pickJobs(ledger, action.jobs).map((job) => ({ job, priority: action.priority, deadline }));
      return { kind: 'order', by, jobs };
    }
    case 'move': {
      const { side } = action;
      const jobs = pickJobs(ledger, action.jobs);
      return over(pick([...ledger.jobs.keys()], action.beside), (beside) => ({
        kind: 'move',
        by,
        jobs,
        side,
        beside,
      }));
    }
    case 'link': {
      const add = action.add.flatMap((edge) => specFor(ledger, edge) ?? []);
      const remove = [
        ...new Set(action.remove.flatMap((which) => pick([...ledger.edges.keys()], which) ?? [])),
      ];
      return { kind: 'link', by, add, remove };
    }
    case 'bypass':
      return over(pick([...ledger.edges.keys()], action.edge), (edge) => ({ kind: 'bypass', by, edge }));
    case 'configure':
      return { kind: 'configure', by, settings: action.settings };
    case 'setAside': {
      const until = action.lasts === null ? null : now + action.lasts;
      return over(pickNode(ledger, action.node), (node) => ({ kind: 'setAside', by, node, until }));
    }
    case 'takeBack':
    case 'removeNode':
      return over(pickNode(ledger, action.node), (node) => ({ kind: action.kind, by, node }));
    case 'addNode':
      return addNode(action.machine, by);
    case 'reserve': {
      const { amounts, tenant, startsIn, lasts } = action;
      const from = now + startsIn;
      const holder = { kind: 'tenant', tenant } as const;
      return over(pickNode(ledger, action.node), (node) => ({
        kind: 'reserve',
        by,
        node,
        amounts,
        holder,
        from,
        until: from + lasts,
      }));
    }
    case 'unreserve':
      return over(pick([...ledger.reservations.keys()], action.which), (reservation) => ({
        kind: 'unreserve',
        by,
        reservation,
      }));
    case 'schedule':
      return { kind: 'schedule', by, name: action.batch.name, rule: action.rule, batch: action.batch };
    case 'unschedule':
      return over(pick([...ledger.schedules], action.which), (schedule) => ({
        kind: 'unschedule',
        by,
        schedule,
      }));
    case 'undo':
      return { kind: 'undo', by, change: null };
  }
}

const addNode = (node: NodeId, by: string): Command => ({
  kind: 'addNode',
  by,
  node,
  name: node,
  address: `${by}@${node}`,
});

/** What puts an end to all that people could have left in the way. */
export function calmingCommands(
  ledger: Ledger,
  machines: readonly NodeId[],
  settings: Command & { readonly kind: 'configure' },
): readonly Command[] {
  const by = 'dee';
  const held = [...ledger.jobs.values()].filter((job) => job.held).map(({ id }) => id);
  return [
    settings,
    ...machines.filter((id) => !ledger.nodes.has(id)).map((id) => addNode(id, by)),
    ...[...ledger.schedules].map((schedule) => ({ kind: 'unschedule', by, schedule }) as const),
    ...[...ledger.reservations.keys()].map(
      (reservation) => ({ kind: 'unreserve', by, reservation }) as const,
    ),
    ...[...ledger.nodes.values()].flatMap(({ id, state }) =>
      state === 'MAINTENANCE' ? [{ kind: 'takeBack', by, node: id } as const] : [],
    ),
    ...[...ledger.edges.values()].flatMap(({ id, spec: { relation }, resolved }) =>
      relation.type === 'TEMPORAL' &&
      relation.rule.kind === 'window' &&
      resolved !== 'BYPASSED' &&
      resolved !== 'SATISFIED'
        ? [{ kind: 'bypass', by, edge: id } as const]
        : [],
    ),
    ...(held.length > 0 ? [{ kind: 'release', by, jobs: held } as const] : []),
  ];
}

function pick<Item>(items: readonly Item[], which: Pick): Item | null {
  return items[Math.floor(which * items.length)] ?? null;
}

const over = <Item>(item: Item | null, make: (item: Item) => Command): Command | null =>
  item === null ? null : make(item);

const pickJobs = (ledger: Ledger, which: readonly Pick[]): readonly JobId[] =>
  which.flatMap((each) => pick([...ledger.jobs.keys()], each) ?? []);

const pickNode = (ledger: Ledger, which: Pick): NodeId | null => pick([...ledger.nodes.keys()], which);

function specFor(ledger: Ledger, edge: NewEdge) {
  const end = (job: Pick, step: Pick | null): EdgeEnd | null => {
    const entry = pick([...ledger.jobs.values()], job);
    if (entry === null) return null;
    return { job: entry.id, step: step === null ? null : Math.floor(step * entry.steps.length) };
  };
  const to = end(edge.to, edge.toStep);
  const from = edge.from === null ? null : end(edge.from, edge.fromStep);
  if (to === null || (edge.from !== null && from === null)) return null;
  return { from, to, relation: edge.relation, onFailure: edge.onFailure };
}
