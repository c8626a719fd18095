/** With a real database on disk: what is acknowledged is on it. */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../../electron/engine/engine';
import type { Effect } from '../../../electron/engine/effects';
import type { Fact } from '../../../electron/engine/facts';
import { encodeState } from '../../../electron/engine/snapshot';
import { systemClock } from '../../../electron/system-clock';
import { SqliteStore } from '../../../electron/store/sqlite/store';
import { millisecondsSince, type BenchCase, type Measurement } from '../measure';
import { bareLoop, runBareLoop } from './bare';
import { Drive, newCore } from './drive';
import { layeredBatch } from './farm';

const million = 1_000_000;
const worker = join(import.meta.dirname, 'store-worker.js');

export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const openStore = (folder: string): SqliteStore =>
  new SqliteStore(join(folder, 'drover.sqlite'), worker);

/** As an engine would have it, without one. */
async function loadedStore(folder: string): Promise<SqliteStore> {
  const store = openStore(folder);
  await store.load(
    () => {},
    () => {},
  );
  return store;
}

/** Of all engines: none may use the ids of another. */
let attempts = 0;

export function engineOn(store: SqliteStore, perform: (effect: Effect) => void = () => {}): Engine {
  return new Engine({
    store,
    clock: systemClock,
    ids: { attempt: () => `a-later-${++attempts}` },
    effects: { perform },
    outputFor: (id) => `/results/${id}`,
    onPass: () => {},
    onTrouble: (message) => {
      if (message !== null) throw new Error(message);
    },
  });
}

/** So many bytes to a new file, and the disk has them. */
export function bareWrite(folder: string, bytes: Uint8Array): number {
  const start = process.hrtime.bigint();
  const file = openSync(join(folder, 'bare'), 'w');
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  return millisecondsSince(start);
}

export const accept: BenchCase = {
  name: 'accept',
  about: 'a batch of 1,000,000 tasks with 2,000,000 edges: from the command to its answer, on disk',
  runs: 3,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const store = openStore(folder);
      const engine = engineOn(store);
      await engine.load();
      const batch = layeredBatch({ tasks: million, classes: 64 });
      const reference = bareWrite(folder, new TextEncoder().encode(JSON.stringify(batch)));
      const start = process.hrtime.bigint();
      const { kind } = await engine.command({
        kind: 'submit',
        by: 'ann',
        batch,
        outputFor: (id) => `/results/${id}`,
      });
      const value = millisecondsSince(start);
      await engine.stop();
      await store.close();
      if (kind !== 'done') throw new Error('the batch was refused');
      return [
        {
          case: 'accept 1,000,000 tasks',
          value,
          unit: 'ms',
          reference,
          against: 'the batch as JSON, written to a file and synced',
          target: { of: 'value', is: 'most', amount: 150 },
        },
      ];
    }),
};

const factsAPass = 500;
const half = million / 2;

/** The facts of the million tasks up to so many of them, and the state that they lead to. */
function factsUntil(tasks: number): {
  readonly passes: readonly (readonly Fact[])[];
  readonly state: Uint8Array;
} {
  const core = newCore();
  const passes: (readonly Fact[])[] = [];
  const drive = new Drive(core, 10_000, (facts) => passes.push(facts));
  drive.submit(layeredBatch({ tasks: million, classes: 64 }));
  drive.run(() => drive.completed >= tasks);
  return { passes, state: encodeState(core.state) };
}

export const facts: BenchCase = {
  name: 'facts',
  about: `facts of the million tasks, ${factsAPass} in an append, each on disk before the next`,
  runs: 3,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const all = factsUntil(half).passes.flat();
      const store = await loadedStore(folder);
      const start = process.hrtime.bigint();
      for (let from = 0; from < all.length; from += factsAPass)
        await store.append(all.slice(from, from + factsAPass));
      const perSecond = (1000 * all.length) / millisecondsSince(start);
      await store.close();
      const appends = 200;
      const text = new TextEncoder().encode(JSON.stringify(all.slice(-factsAPass)));
      let bare = 0;
      for (let append = 0; append < appends; append++) bare += bareWrite(folder, text);
      return [
        {
          case: 'durable facts a second',
          value: perSecond,
          unit: 'facts/s',
          reference: (1000 * appends * factsAPass) / bare,
          against: 'as many facts as JSON, each append a file of its own, written and synced',
          target: { of: 'value', is: 'least', amount: 200_000 },
        },
      ];
    }),
};

export const size: BenchCase = {
  name: 'size',
  about: 'the files of the store when the million tasks have run through',
  runs: 1,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const { passes } = factsUntil(million);
      const file = join(folder, 'drover.sqlite');
      const sizeOf = (suffix: string): number =>
        (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20;
      const store = openStore(folder);
      let largestLog = 0;
      for (const some of passes) {
        await store.append(some);
        largestLog = Math.max(largestLog, sizeOf('-wal'));
      }
      await store.close();
      const bare = passes.flat().length * 16;
      const measured = (name: string, value: number, amount: number): Measurement => ({
        case: name,
        value,
        unit: 'MiB',
        reference: bare / 2 ** 20,
        against: 'sixteen bytes for each of its facts',
        target: { of: 'value', is: 'most', amount },
      });
      return [
        measured('the database', sizeOf(''), 300),
        measured('its write-ahead log at its largest', largestLog, 64),
      ];
    }),
};

export const restart: BenchCase = {
  name: 'restart',
  about: '1,000,000 tasks of which 500,000 are done: from opening the database to an engine that is ready',
  runs: 3,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const { passes, state } = factsUntil(half);
      const before = await loadedStore(folder);
      const behind = passes.slice(-factsAfterSnapshot(passes));
      for (const some of passes.slice(0, passes.length - behind.length)) await before.append(some);
      await before.close();
      return [
        await opened(folder, 'from its facts alone', async () => {}),
        await opened(folder, 'from a snapshot', async (store) => {
          for (const some of behind) await store.append(some);
          await store.saveSnapshot(state.slice());
        }),
      ];
    }),
};

/** As many passes at the end as hold what the engine lets come together before it keeps a snapshot. */
function factsAfterSnapshot(passes: readonly (readonly Fact[])[]): number {
  let count = 0;
  let found = 0;
  for (const some of passes.toReversed()) {
    if (found >= 20_000) break;
    found += some.length;
    count++;
  }
  return count;
}

async function opened(
  folder: string,
  how: string,
  prepare: (store: SqliteStore) => Promise<void>,
): Promise<Measurement> {
  const earlier = await loadedStore(folder);
  await prepare(earlier);
  await earlier.close();
  const start = process.hrtime.bigint();
  const store = openStore(folder);
  const engine = engineOn(store);
  await engine.load();
  const value = millisecondsSince(start);
  let known = 0;
  for (const job of engine.state.jobs.values()) for (const step of job.steps) known += step.count;
  await engine.stop();
  await store.close();
  if (known !== million) throw new Error(`${known} tasks are known after the restart`);
  return {
    case: `restart ${how}`,
    value,
    unit: 'ms',
    reference: runBareLoop(half).spent,
    against: `half a million tasks of ${bareLoop}`,
    target: { of: 'value', is: 'most', amount: 1000 },
  };
}
