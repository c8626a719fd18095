/** How long others wait for the thread that hosts the engine, while much goes through it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AttemptId } from '../../../shared/model/ids';
import type { BenchCase, Measurement } from '../measure';
import { engineOn, openStore, withFolder } from './durable';
import { layeredBatch, nodeUp } from './farm';

const tasksASecond = 1000;
const seconds = 20;
const nodes = 1000;
const tick = 10;

/** In milliseconds: by how much a timer of one was late. */
async function delayWhile(work: () => Promise<void>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return delays.percentile(99.9) / 1e6;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export const eventLoop: BenchCase = {
  name: 'event-loop',
  about: `delay of the event loop while ${tasksASecond} tasks a second go through, on disk, among a million`,
  runs: 2,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const store = openStore(folder);
      const running: AttemptId[] = [];
      const engine = engineOn(store, (effect) => {
        if (effect.kind === 'startAttempt') running.push(effect.live.id);
      });
      await engine.load();
      for (let index = 0; index < nodes; index++) engine.report(nodeUp(index));
      const batch = layeredBatch({ tasks: 1_000_000, classes: 64 });
      await engine.command({ kind: 'submit', by: 'ann', batch, outputFor: (id) => `/results/${id}` });
      await pause(2000);
      const idle = await delayWhile(() => pause(5000));
      let ended = 0;
      const value = await delayWhile(async () => {
        const start = Date.now();
        for (let next = start; Date.now() - start < 1000 * seconds; next += tick) {
          // Late ticks are made up for, as nodes do not wait for Drover either.
          const due = Math.floor(((Date.now() - start) * tasksASecond) / 1000);
          for (; ended < due; ended++) {
            const attempt = running.shift();
            if (attempt === undefined) break;
            engine.report({ kind: 'attemptEnded', attempt, end: { kind: 'exited', code: 0 } });
          }
          await pause(Math.max(0, next + tick - Date.now()));
        }
      });
      await engine.stop();
      await store.close();
      if (ended < 0.9 * tasksASecond * seconds) throw new Error(`only ${ended} tasks have ended`);
      return [
        {
          case: 'event loop, p99.9',
          value,
          unit: 'ms',
          reference: idle,
          against: 'the same process while nothing happens',
          target: { of: 'value', is: 'most', amount: 16 },
        },
      ];
    }),
};
