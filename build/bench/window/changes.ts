/** Two thousand changes of tasks a second, seen in the window. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';
import { readHostFile } from '../../../electron/data-folder';
import { connectToHost } from '../../../electron/ipc/socket-client';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { waitingJobs } from './farms';
import { submitTo, withDrover, withFolder } from './window';

const tasks = 100_000;
const atOnce = 200;
const everyMs = 100;
const seconds = 10;
const betweenKeys = 150;

async function run(): Promise<readonly Measurement[]> {
  return withFolder(async (folder) => {
    const data = join(folder, 'data');
    await submitTo(data, [waitingJobs('Show', 1, tasks)]);
    return withDrover(data, async ({ app, page }) => {
      await page.evaluate(() => (location.hash = '#/job/b1.job0'));
      await page.locator('.grid-canvas').waitFor();
      await page.locator('.grid-scroller').focus();
      const session = await app.context().newCDPSession(page);
      // Of its own work, whoever else uses the machine.
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const quiet = await watched(page, session, async () => wait(seconds * 1000));
      const busy = await watched(page, session, () => changeAll(data));
      return [
        {
          ...{ case: '2,000 changes of tasks a second: the page is busy', unit: '%' },
          value: busy.busy,
          reference: quiet.busy,
          against: 'the same page while nothing changes',
          target: { of: 'value', is: 'most', amount: 30 },
        },
        {
          ...{ case: 'meanwhile a key, to what it paints, 95 % within', unit: 'ms' },
          value: quantile(busy.keys, 0.95),
          reference: quantile(quiet.keys, 0.95),
          against: 'the same page while nothing changes',
          target: { of: 'value', is: 'most', amount: 50 },
        },
      ];
    });
  });
}

/** By turns the tasks are cancelled and made to wait again, through a terminal's way to the Host. */
async function changeAll(data: string): Promise<void> {
  const file = readHostFile(data);
  const host = file === null ? null : await connectToHost(file);
  if (host === null) throw new Error('the window does not host its data folder');
  try {
    const beganAt = Date.now();
    for (let turn = 0; turn * everyMs < seconds * 1000; turn++) {
      await wait(Math.max(0, beganAt + turn * everyMs - Date.now()));
      const first = (Math.floor(turn / 2) * atOnce) % tasks;
      const some = { job: 'b1.job0', step: 0, tasks: [[first, first + atOnce - 1]], why: null } as const;
      const answer = await host.client.request(turn % 2 === 0 ? 'task.cancel' : 'task.retry', some);
      if (!answer.ok) throw new Error(answer.refusal.message);
    }
    const late = Date.now() - beganAt - seconds * 1000;
    if (late > 1000) throw new Error(`the changes came ${late} ms late`);
  } finally {
    host.close();
  }
}

interface Watched {
  /** Of the time, in percent, how much its main thread worked. */
  readonly busy: number;
  readonly keys: readonly number[];
}

/** Meanwhile a key is pressed from time to time. */
async function watched(page: Page, session: CDPSession, act: () => Promise<void>): Promise<Watched> {
  const keys = await page.evaluateHandle(() => {
    const times: number[] = [];
    const onKey = ({ timeStamp }: KeyboardEvent): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => times.push(performance.now() - timeStamp));
        port1.start();
        port2.postMessage(null);
      });
    };
    addEventListener('keydown', onKey, { capture: true });
    return { times, end: () => removeEventListener('keydown', onKey, { capture: true }) };
  });
  const beganAt = Date.now();
  const before = await workedSeconds(session);
  const done = act();
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    await page.keyboard.press('ArrowRight');
    await wait(betweenKeys);
  }
  await done;
  const worked = (await workedSeconds(session)) - before;
  const length = (Date.now() - beganAt) / 1000;
  const times = await keys.evaluate((recorded) => {
    recorded.end();
    return recorded.times;
  });
  return { busy: (100 * worked) / length, keys: times };
}

async function workedSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

export const changes: BenchCase = {
  name: 'changes',
  about: 'two thousand changes of tasks a second, looked at in the grid of their job',
  runs: 2,
  run,
};
