/** A window that stays open while much happens takes no more memory for it. */
import type { CDPSession } from 'playwright';
import { waitingJobs } from '../bench/window/farms';
import { readHostFile } from '../../electron/data-folder';
import { connectToHost } from '../../electron/ipc/socket-client';
import type { Client } from '../../shared/ipc/messages';
import { cli, expect, test } from './app';

const tasks = 10_000;
/** One a second for an hour, of which each changes so many tasks. */
const turns = 3600;
const atOnce = 100;
const pages = ['#/job/b1.job0', '#/queue', '#/activity', '#/job/b1.job0', '#/nodes', '#/timeline'];

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** By turns the tasks are cancelled and made to wait again. */
async function change(client: Client, from: number, to: number): Promise<void> {
  for (let turn = from; turn < to; turn++) {
    const first = (Math.floor(turn / 2) * atOnce) % tasks;
    const some = { job: 'b1.job0', step: 0, tasks: [[first, first + atOnce - 1]], why: null } as const;
    const answer = await client.request(turn % 2 === 0 ? 'task.cancel' : 'task.retry', some);
    expect(answer).toMatchObject({ ok: true });
  }
}

test('an hour of changes, all at once, leaves nothing behind in the window', async ({ drover, place }) => {
  test.slow();
  const { app, page } = drover;
  await cli(place, 'submit', await place.write('a.yaml', waitingJobs('Show', 1, tasks)), '--force');
  const file = readHostFile(place.data);
  const host = file === null ? null : await connectToHost(file);
  if (host === null) throw new Error('the window does not host its data folder');
  try {
    const session = await app.context().newCDPSession(page);
    const anHour = async (part: number): Promise<number> => {
      for (const [index, hash] of pages.entries()) {
        await page.evaluate((to) => (location.hash = to), hash);
        const from = Math.round((part * turns * index) / pages.length);
        await change(host.client, from, Math.round((part * turns * (index + 1)) / pages.length));
      }
      await page.evaluate(() => (location.hash = '#/queue'));
      await expect(page.getByRole('treegrid', { name: 'Queue' })).toBeVisible();
      return heapOf(session);
    };
    const first = await anHour(1 / 6);
    const hour = await anHour(1);
    expect(hour - first).toBeLessThan(3 * 1024 * 1024);
  } finally {
    host.close();
  }
});
