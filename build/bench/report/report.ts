/** The execution report of a batch of a million tasks, from a real store. */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fact } from '../../../electron/engine/facts';
import { inputOf, start } from '../../../electron/report/report-for-tests';
import type { ReportInput } from '../../../electron/report/input';
import { writeReport } from '../../../electron/report/write-report';
import type { SqliteStore } from '../../../electron/store/sqlite/store';
import type { Attempt, AttemptEnd } from '../../../shared/model/attempt';
import { openStore, withFolder } from '../engine/durable';
import { workedMilliseconds, type BenchCase, type Measurement } from '../measure';

const million = 1_000_000;
const mebibyte = 2 ** 20;
const nodes = 200;
const tasksAtOnce = 1000;

/** One in fifty fails, and is tried again. */
function attemptAt(task: number, again: boolean): Attempt {
  const end: AttemptEnd =
    task % 50 === 0 && !again ? { kind: 'exited', code: 1 } : { kind: 'exited', code: 0 };
  const assignedAt = start + 40 * task + (again ? 5000 : 0);
  return {
    id: `a-bench-${2 * task + (again ? 1 : 0)}`,
    job: 'b7.beauty',
    step: 0,
    task,
    node: `node${task % nodes}`,
    assignedAt,
    endedAt: assignedAt + 4000 + (task % 977),
    end,
    usage: { peakMemoryMiB: 400 + (task % 613), cpuMs: 7000, wallMs: 4000 },
  };
}

function* attemptsUpTo(tasks: number): Generator<Attempt> {
  for (let task = 0; task < tasks; task++) {
    yield attemptAt(task, false);
    if (task % 50 === 0) yield attemptAt(task, true);
  }
}

async function storeWith(folder: string, tasks: number): Promise<SqliteStore> {
  const store = openStore(folder);
  await store.load(
    () => {},
    () => {},
  );
  let facts: Fact[] = [];
  for (const { id: attempt, job, step, task, node, assignedAt, endedAt, end, usage } of attemptsUpTo(tasks)) {
    facts.push({ kind: 'taskAssigned', at: assignedAt, attempt, job, step, task, node, special: null });
    if (endedAt !== null && end !== null)
      facts.push({
        kind: 'attemptFinished',
        at: endedAt,
        attempt,
        end,
        usage,
        next: 'COMPLETED',
        until: null,
        memoryMiB: null,
      });
    if (facts.length < 10_000) continue;
    await store.append(facts);
    facts = [];
  }
  await store.append(facts);
  return store;
}

async function* attemptsIn(store: SqliteStore, tasks: number): AsyncGenerator<Attempt> {
  for (let from = 0; from < tasks; from += tasksAtOnce)
    yield* await store.attempts('b7.beauty', 0, from, tasksAtOnce);
}

function reportOf(folder: string, tasks: number, attempts: ReportInput['attempts']): ReportInput {
  const input = inputOf(folder, attempts);
  const endedAt = start + 40 * tasks + 10_000;
  return {
    ...input,
    batch: { ...input.batch, endedAt, state: 'COMPLETED' },
    jobs: input.jobs.map((job) => ({ ...job, steps: job.steps.map((step) => ({ ...step, count: tasks })) })),
  };
}

/** All that is reachable, inside and outside of the heap. */
function kept(): number {
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
}

/** In MiB: the most that was held at once, looked at ten times. */
async function mostHeld(folder: string, tasks: number): Promise<number> {
  const store = await storeWith(folder, tasks);
  const before = kept();
  let [most, seen] = [0, 0];
  async function* watched(): AsyncGenerator<Attempt> {
    for await (const attempt of attemptsIn(store, tasks)) {
      if (++seen % (tasks / 10) === 0) most = Math.max(most, kept() - before);
      yield attempt;
    }
  }
  await writeReport(reportOf(folder, tasks, watched()));
  await store.close();
  return most;
}

export const reportMemory: BenchCase = {
  name: 'memory',
  about: 'the most that is held while the report of a million tasks is written, from a store on disk',
  runs: 1,
  nodeOptions: ['--expose-gc'],
  async run(): Promise<readonly Measurement[]> {
    if (globalThis.gc === undefined) throw new Error('this needs node --expose-gc');
    await withFolder((folder) => mostHeld(folder, 1000));
    const reference = await withFolder((folder) => mostHeld(folder, 1000));
    const results: Measurement[] = [];
    for (const tasks of [100_000, million]) {
      const value = await withFolder((folder) => mostHeld(folder, tasks));
      results.push({
        case: `${tasks.toLocaleString('en')} tasks`,
        value,
        unit: 'MiB',
        reference,
        against: 'the report of 1,000 tasks',
        target: { of: 'value', is: 'most', amount: reference + 4 },
      });
    }
    return results;
  },
};

/** The attempts as lines of JSON, as quickly as they can be written. */
async function bareLines(folder: string, store: SqliteStore): Promise<number> {
  const begun = workedMilliseconds();
  async function* lines(): AsyncGenerator<string> {
    for (let from = 0; from < million; from += tasksAtOnce) {
      const attempts = await store.attempts('b7.beauty', 0, from, tasksAtOnce);
      yield attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join('');
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'bare')));
  return workedMilliseconds() - begun;
}

export const reportSpeed: BenchCase = {
  name: 'speed',
  about: 'the work of writing the report of a million tasks, and how large its page is',
  runs: 1,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const store = await storeWith(folder, million);
      const reference = await bareLines(folder, store);
      const begun = workedMilliseconds();
      await writeReport(reportOf(folder, million, attemptsIn(store, million)));
      const value = workedMilliseconds() - begun;
      await store.close();
      const size = async (name: string): Promise<number> => (await stat(join(folder, name))).size / mebibyte;
      return [
        {
          case: 'work of the thread',
          value,
          unit: 'ms',
          reference,
          against: 'the attempts alone, as lines of JSON',
          target: { of: 'ratio', is: 'most', amount: 3 },
        },
        {
          case: 'size of the page',
          value: await size('report.html'),
          unit: 'MiB',
          reference: await size('report.json'),
          against: 'the document',
          target: { of: 'value', is: 'most', amount: 1 },
        },
      ];
    }),
};

export const reportWhileWorking: BenchCase = {
  name: 'event-loop',
  about: 'how late the event loop is while the report of 100,000 tasks is written',
  runs: 2,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const tasks = 100_000;
      const store = await storeWith(folder, tasks);
      const delayWhile = async (work: () => Promise<unknown>): Promise<number> => {
        const delays = monitorEventLoopDelay({ resolution: 1 });
        delays.enable();
        await work();
        delays.disable();
        return delays.percentile(99) / 1e6;
      };
      const reference = await delayWhile(() => new Promise((resolve) => setTimeout(resolve, 2000)));
      const value = await delayWhile(() => writeReport(reportOf(folder, tasks, attemptsIn(store, tasks))));
      await store.close();
      return [
        {
          case: 'event loop, p99',
          value,
          unit: 'ms',
          reference,
          against: 'the same process while nothing happens',
          target: { of: 'value', is: 'most', amount: 16 },
        },
      ];
    }),
};
