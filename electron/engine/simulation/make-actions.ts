import { noAmounts } from '../../../shared/model/amounts';
import type { Action, Fault, NewEdge, Wish } from './actions';
import { byTheClock, epoch, makeBatch, makeLock, makeRelation } from './make-batch';
import { makeCapacity, makeLabels, makeSettings } from './make-settings';
import type { Random } from './random';

const minute = 60_000;

/** All that happens in a run, in order. Some runs are quiet, some are not. */
export function makeActions(random: Random, nodes: readonly string[]): readonly Action[] {
  const lasts = random.whole(10, 90) * minute;
  const actions: Action[] = [];
  const add = (count: number, make: (at: number, name: string) => Wish | Fault): void => {
    for (let i = 0; i < count; i++) {
      const at = random.whole(0, lasts);
      actions.push({ at, by: random.pick('ann', 'bob', 'cem'), ...make(at, `batch ${actions.length}`) });
    }
  };
  if (random.chance(0.5)) add(1, () => ({ kind: 'configure', settings: makeSettings(random, nodes) }));
  // The first machine is that on which Drover runs; others are added, mostly at once.
  for (const machine of nodes.slice(1))
    actions.push({
      at: random.chance(0.85) ? 0 : random.whole(0, lasts),
      by: 'ann',
      kind: 'addNode',
      machine,
    });
  add(random.whole(2, 9), (at, name) => ({ kind: 'submit', batch: makeBatch(random, name, at) }));
  add(random.pick(0, 5, 15, 25), (at, name) => makeWish(random, at, name, nodes));
  add(random.pick(0, 0, 4, 12), () => makeNodeWish(random, nodes));
  add(random.pick(0, 3, 8, 20), () => makeFault(random));
  return actions.toSorted((a, b) => a.at - b.at);
}

function makeWish(random: Random, at: number, name: string, nodes: readonly string[]): Wish {
  const some = (): number[] => Array.from({ length: random.whole(1, 3) }, () => random.next());
  switch (random.whole(0, 24)) {
    case 0:
    case 1:
      return { kind: 'cancel', jobs: some() };
    case 2:
    case 3:
    case 4:
      return { kind: 'retry', jobs: some() };
    case 5:
      return { kind: 'hold', jobs: some() };
    case 6:
      return { kind: 'release', jobs: some() };
    case 7:
      return {
        kind: 'order',
        jobs: some(),
        priority: random.pick('LOW', 'MEDIUM', 'HIGH', 'CRITICAL'),
        due: random.chance(0.5) ? random.whole(-10, 60) * minute : null,
      };
    case 8:
    case 9:
    case 10:
      return {
        kind: 'link',
        add: Array.from({ length: random.whole(0, 2) }, () => makeEdge(random, at)),
        remove: random.chance(0.4) ? some() : [],
      };
    case 11:
      return { kind: 'bypass', edge: random.next() };
    case 12:
      return { kind: 'configure', settings: makeSettings(random, nodes) };
    case 13:
      return setAside(random);
    case 14:
      return { kind: 'takeBack', node: random.next() };
    case 15:
      return {
        kind: 'reserve',
        node: random.next(),
        amounts: { ...noAmounts, cpu: random.whole(0, 3), memoryMiB: random.pick(0, 1000) },
        tenant: random.pick('red', 'green', 'blue'),
        startsIn: random.whole(-5, 20) * minute,
        lasts: random.whole(1, 60) * minute,
      };
    case 16:
      return { kind: random.pick('unreserve', 'unschedule'), which: random.next() };
    case 17:
      return makeSchedule(random, at, name);
    case 18:
    case 19:
    case 20:
      return {
        kind: random.pick('cancelTasks', 'cancelTasks', 'retryTasks', 'retryTasks', 'skipTasks'),
        step: random.next(),
        between: [random.next(), random.next()],
        elsewhere: random.chance(0.5),
      };
    case 21:
    case 22:
      return { kind: 'move', jobs: some(), side: random.pick('before', 'after'), beside: random.next() };
    default:
      return { kind: 'undo' };
  }
}

const setAside = (random: Random): Wish => ({
  kind: 'setAside',
  node: random.next(),
  lasts: random.chance(0.6) ? random.whole(-1, 20) * minute : null,
});

function makeNodeWish(random: Random, nodes: readonly string[]): Wish {
  if (random.chance(0.2)) return setAside(random);
  // The first is never added: it is there.
  const machine = nodes[random.whole(1, nodes.length)];
  return machine === undefined || random.chance(0.5)
    ? { kind: 'removeNode', node: random.next() }
    : { kind: 'addNode', machine };
}

function makeSchedule(random: Random, at: number, name: string): Wish {
  const from = epoch + at + random.whole(-5, 30) * minute;
  return {
    kind: 'schedule',
    rule: {
      timing: random.chance(0.3)
        ? { kind: 'once', at: from }
        : { kind: 'every', from, milliseconds: random.whole(5, 20) * minute },
      missed: random.pick('skip', 'once', 'all'),
      overlap: random.pick('skip', 'queue', 'replace'),
    },
    batch: makeBatch(random, name, at),
  };
}

function makeEdge(random: Random, at: number): NewEdge {
  const ends = {
    to: random.next(),
    fromStep: random.chance(0.3) ? null : random.next(),
    toStep: random.chance(0.3) ? null : random.next(),
    onFailure: random.pick('hold', 'fail', 'bypass'),
  } as const;
  if (random.chance(0.1)) return { ...ends, from: null, relation: makeLock(random) };
  if (random.chance(0.1))
    return { ...ends, from: null, relation: byTheClock(random, { job: '', step: null }, at).relation };
  const counts = random.chance(0.6) ? ([random.whole(1, 4), random.whole(1, 4)] as const) : null;
  return { ...ends, from: random.next(), relation: makeRelation(random, counts) };
}

function makeFault(random: Random): Fault {
  const node = random.next();
  const lasts = random.pick(1000, 20_000, 3 * minute, 15 * minute);
  switch (random.whole(0, 15)) {
    case 0:
    case 1:
      return { kind: 'die', when: 'now', lasts };
    case 2:
      return { kind: 'die', when: 'beforeHearing', lasts };
    case 3:
      return { kind: 'die', when: random.whole(0, 4), lasts };
    case 4:
      return { kind: 'stop', lasts };
    case 5:
    case 6:
      return { kind: 'reboot', node, lasts };
    case 7:
      return { kind: 'hang', node, lasts };
    case 8:
      return { kind: 'cut', node, lasts };
    case 9:
      return { kind: 'flaky', node, lasts };
    case 10:
      return { kind: 'drop', node };
    case 11:
      return { kind: 'kill', which: random.next() };
    case 12:
      return random.chance(0.7) ? { kind: 'echo', which: random.next() } : { kind: 'damage' };
    case 13:
      return { kind: random.pick('fullDisk', 'slowDisk'), lasts };
    case 14:
      return { kind: 'clock', jump: random.pick(-120, -10, 1, 30, 24 * 60) * minute };
    default:
      return { kind: 'change', node, capacity: makeCapacity(random), labels: makeLabels(random) };
  }
}
