import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sessions } from './sessions';

// Nobody asks again because time has passed, unless the test lets it pass.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** Allows so many sessions at once, and counts how often it was asked. */
class Server {
  readonly ends: (() => void)[] = [];
  asked = 0;
  constructor(public most: number) {}

  readonly start = async (ended: () => void): Promise<number> => {
    this.asked++;
    await Promise.resolve();
    if (this.ends.length >= this.most) throw Object.assign(new Error('refused'), { reason: 1 });
    this.ends.push(ended);
    return this.asked;
  };

  end(): void {
    this.ends.shift()?.();
  }
}

test('what the server refuses begins when another has ended, without asking in between', async () => {
  const server = new Server(2);
  const sessions = new Sessions();
  const begun: number[] = [];
  const all = Array.from({ length: 10 }, (_, index) =>
    sessions.begin(server.start).then(() => begun.push(index)),
  );
  await Promise.all(all.slice(0, 2));
  while (begun.length < 10) {
    const before = begun.length;
    server.end();
    await all[before];
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(server.asked).toBe(10 + 8);
});

test('when nothing else is open, a refusal is for another reason and is told', async () => {
  await expect(new Sessions().begin(new Server(0).start)).rejects.toThrow('refused');
});

test('another failure leaves its place to the next', async () => {
  const server = new Server(1);
  const sessions = new Sessions();
  await sessions.begin(server.start);
  let lost = false;
  const fails = sessions.begin(async (ended) => {
    if (lost) throw new Error('no shell');
    return server.start(ended);
  });
  await vi.advanceTimersByTimeAsync(0);
  const waits = sessions.begin(server.start);
  await vi.advanceTimersByTimeAsync(0);
  lost = true;
  server.end();
  await expect(fails).rejects.toThrow('no shell');
  await waits;
});

test('a server that has room without having said so is asked again after a while, ever later', async () => {
  const server = new Server(1);
  const sessions = new Sessions();
  await sessions.begin(server.start);
  const waits = sessions.begin(server.start);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.asked).toBeLessThan(20);
  server.most = 2;
  await vi.advanceTimersByTimeAsync(1000);
  await waits;
});
