/** What ran when, from a store with much in it. */
import type { Fact } from '../../../electron/engine/facts';
import type { SqliteStore } from '../../../electron/store/sqlite/store';
import { millisecondsSince, seededRandom, type BenchCase, type Measurement } from '../measure';
import { openStore, withFolder } from './durable';

const nodes = 200;
const slots = 4;
const nodesInSight = 40;
const width = 1400;
const hour = 3_600_000;

/** Attempts of ever other lengths, one after the other in each slot of each node. */
function* attemptsOf(count: number, usual: number): Generator<Fact> {
  const random = seededRandom(1);
  const free = new Float64Array(nodes * slots);
  for (let task = 0; task < count; task++) {
    const slot = task % free.length;
    const at = free[slot] ?? 0;
    const attempt = `a-bench-${task}` as const;
    const job = `b${1 + Math.floor(task / 5000)}.render` as const;
    const node = `n${Math.floor(slot / slots)}`;
    yield { kind: 'taskAssigned', at, attempt, job, step: 0, task, node, special: null };
    free[slot] = at + usual * (0.5 + random());
    const end = { kind: 'exited', code: random() < 0.02 ? 1 : 0 } as const;
    const rest = { usage: null, next: 'COMPLETED', until: null, memoryMiB: null } as const;
    yield { kind: 'attemptFinished', at: free[slot] ?? 0, attempt, end, ...rest };
  }
}

async function fill(store: SqliteStore, count: number, usual: number): Promise<number> {
  let last = 0;
  let some: Fact[] = [];
  for (const fact of attemptsOf(count, usual)) {
    some.push(fact);
    last = Math.max(last, fact.at);
    if (some.length < 10_000) continue;
    await store.append(some);
    some = [];
  }
  await store.append(some);
  return last;
}

/** A page of JSON for each block that has to be read. */
function bareRead(count: number): number {
  const pages = Array.from({ length: Math.ceil(count / 64) }, () =>
    JSON.stringify(Array.from({ length: 64 }, (_, at) => ({ at }))),
  );
  const start = process.hrtime.bigint();
  for (const page of pages) JSON.parse(page);
  return millisecondsSince(start);
}

async function measured(count: number, most: number): Promise<readonly Measurement[]> {
  return withFolder(async (folder) => {
    const store = openStore(folder);
    await store.load(
      () => {},
      () => {},
    );
    const length = await fill(store, count, 20 * 60_000);
    const inSight = Array.from({ length: nodesInSight }, (_, index) => `n${index}`);
    let bars = 0;
    const ask = async (from: number, to: number): Promise<number> => {
      const window = { from, to, grain: (2 * (to - from)) / width, nodes: inSight, lanes: 11, focus: null };
      const before = process.cpuUsage();
      const rows = await store.ran(window, to);
      // Of all threads: the store has one of its own.
      const { user, system } = process.cpuUsage(before);
      bars = Math.max(
        bars,
        rows.reduce((sum, row) => sum + row.bars.length, 0),
      );
      return (user + system) / 1000;
    };
    // What was appended last is looked at first.
    await ask(length - hour, length);
    const short = await ask(length - 8 * hour, length);
    const all = await ask(0, length);
    await store.close();
    const attempts = count.toLocaleString('en');
    const reference = bareRead(count);
    const row = (name: string, value: number, unit: string, amount: number): Measurement => ({
      case: `${name} of ${attempts} attempts`,
      value,
      unit,
      reference: unit === 'bars' ? count : reference,
      against: unit === 'bars' ? 'the attempts' : 'all of them as JSON, parsed',
      target: { of: 'value', is: 'most', amount },
    });
    return [
      row('the last 8 hours', short, 'ms', 100),
      row('all', all, 'ms', most),
      row('told at most', bars, 'bars', 12_000),
    ];
  });
}

export const timeline: BenchCase = {
  name: 'timeline',
  about: `what ran on ${nodesInSight} of ${nodes} nodes, from a store of 100,000 attempts and one of 1,000,000`,
  runs: 1,
  run: async () => [...(await measured(100_000, 200)), ...(await measured(1_000_000, 1500))],
};
