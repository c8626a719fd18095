/** Wishes about machines: which there are, whether they take work, and what is kept of them. */
import { amountNames, amountsInWords, type Amounts } from '../../shared/model/amounts';
import type { Holder } from '../../shared/model/reservation';
import type { CommandOf } from './commands';
import { accepted, refused, type Decision } from './decision';
import { isSettled } from './dependencies/readiness';
import type { Fact } from './facts';
import { needVector, vectorAmounts } from './resources/vector';
import { toMakeWay } from './saving';
import type { FarmState } from './state';

type OfNodes = CommandOf<
  'addNode' | 'removeNode' | 'setAside' | 'takeBack' | 'vacate' | 'reserve' | 'unreserve'
>;

export function decideNodes(state: FarmState, command: OfNodes, at: number): Decision {
  const { by, why = null } = command;
  switch (command.kind) {
    case 'addNode':
    case 'removeNode':
      return changeNodes(state, command, at);
    case 'setAside':
    case 'takeBack':
      return setAside(state, command, at);
    case 'vacate': {
      const node = state.nodes.get(command.node);
      if (node === undefined) return refused('notFound', `There is no node ${command.node}.`);
      const open = state.attempts.on(node).filter(({ stopping }) => stopping === null);
      return accepted(open.map((live) => toMakeWay(live, at)));
    }
    case 'reserve':
      return reserve(state, command, at);
    case 'unreserve': {
      const record = state.reservations.get(command.reservation);
      if (record === undefined) return refused('notFound', `There is no reservation ${command.reservation}.`);
      return accepted([{ kind: 'reservationChanged', at, by, why, id: record.id, state: 'RELEASED' }]);
    }
  }
}

function changeNodes(state: FarmState, command: CommandOf<'addNode' | 'removeNode'>, at: number): Decision {
  const { by, why = null } = command;
  const node = state.nodes.get(command.node);
  if (command.kind === 'addNode') {
    const { name, address } = command;
    const same = [...state.nodes.values()].find((other) => other.id === command.node || other.name === name);
    if (same !== undefined)
      return refused(
        'conflict',
        `There is a node ${same.name} already. Remove it first, or choose another name.`,
      );
    return accepted([{ kind: 'nodeAdded', at, by, why, node: command.node, name, address }]);
  }
  if (node === undefined) return refused('notFound', `There is no node ${command.node}.`);
  if (node.address === null)
    return refused('conflict', `${node.name} is the machine that Drover runs on. Set it aside instead.`);
  if (node.running > 0)
    return refused(
      'conflict',
      `Node ${node.name} has ${node.running} running task(s). Set it aside and wait for them, or cancel them; then remove it.`,
    );
  const kept = [...state.reservations.values()].filter((reservation) => reservation.node === node.id);
  return accepted([
    ...kept.map(({ id }): Fact => ({ kind: 'reservationChanged', at, by, why, id, state: 'RELEASED' })),
    { kind: 'nodeRemoved', at, by, why, node: node.id },
  ]);
}

function setAside(state: FarmState, command: CommandOf<'setAside' | 'takeBack'>, at: number): Decision {
  const node = state.nodes.get(command.node);
  if (node === undefined) return refused('notFound', `There is no node ${command.node}.`);
  const { by, why = null } = command;
  const change = (to: 'MAINTENANCE' | 'ONLINE', reason: string | null, until: number | null): Decision =>
    accepted([{ kind: 'nodeStateChanged', at, by, why, node: node.id, state: to, reason, until }]);
  if (command.kind === 'setAside') {
    const { until = null } = command;
    if (until !== null && until <= at)
      return refused('refused', 'The time until which it is set aside is past.');
    return node.state === 'ONLINE'
      ? change('MAINTENANCE', `set aside by ${by}${why === null ? '' : `: ${why}`}`, until)
      : refused(
          'conflict',
          `Node ${node.name} is ${node.state}: only a node that is ONLINE can be set aside.`,
        );
  }
  if (node.state === 'MAINTENANCE') return change('ONLINE', null, null);
  return refused(
    'conflict',
    node.setAside === null
      ? `Node ${node.name} is ${node.state}: it was not set aside.`
      : `Node ${node.name} is ${node.state}. It is still set aside: take it back when it is reached again.`,
  );
}

function reserve(state: FarmState, command: CommandOf<'reserve'>, at: number): Decision {
  const { by, amounts, holder, from, until } = command;
  const node = state.nodes.get(command.node);
  if (node === undefined) return refused('notFound', `There is no node ${command.node}.`);
  if (!(until > from && until > at))
    return refused('refused', 'A reservation ends after it begins, and after now.');
  if (amountNames.every((name) => amounts[name] === 0))
    return refused('refused', 'A reservation keeps something: cores, memory or GPUs.');
  if (!fitsLimit(state, node.index, amounts)) {
    const has = amountsInWords(vectorAmounts(state.room.limitOf(node.index)));
    return refused(
      'refused',
      `Node ${node.name} does not have that much to reserve: it has ${has} for work.`,
    );
  }
  const problem = holderProblem(state, holder);
  if (problem !== null) return problem;
  const overlapping = [...state.reservations.values()].find(
    (other) => other.node === node.id && other.from < until && other.until > from,
  );
  if (overlapping !== undefined)
    return refused(
      'conflict',
      `Node ${node.name} is reserved already in that time (reservation ${overlapping.id}). Choose another node or time, or give that one up.`,
    );
  const reservation = {
    id: state.nextReservation,
    node: node.id,
    amounts,
    holder,
    from,
    until,
    state: 'RESERVED',
    by,
  } as const;
  return accepted([{ kind: 'reservationMade', at, why: command.why ?? null, reservation }], {
    reservation: reservation.id,
  });
}

function holderProblem(state: FarmState, holder: Holder): (Decision & { kind: 'refused' }) | null {
  if (holder.kind === 'tenant') return null;
  const step = state.jobs.get(holder.job)?.steps[holder.step];
  if (step === undefined) return refused('notFound', `There is no step ${holder.step} of job ${holder.job}.`);
  return isSettled(step.counts)
    ? refused('conflict', `${holder.job} has ended: there is nothing to keep room for.`)
    : null;
}

function fitsLimit(state: FarmState, index: number, amounts: Amounts): boolean {
  return state.room.couldEverFit(index, needVector(amounts));
}
