import { expect, test } from 'vitest';
import { Renewals } from './batch-report-renewals';
import type { Clock } from './engine/ports';

/** Time passes only when something waits for it, or works. */
class TestClock implements Clock {
  private time = 1_000_000;
  private timers: { readonly due: number; readonly call: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, call: () => void): () => void {
    const timer = { due: this.time + milliseconds, call };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((each) => each !== timer));
  }

  work(milliseconds: number): void {
    this.time += milliseconds;
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    for (;;) {
      const [next] = this.timers.toSorted((a, b) => a.due - b.due);
      if (next === undefined || next.due > until) break;
      this.timers = this.timers.filter((each) => each !== next);
      this.time = Math.max(this.time, next.due);
      next.call();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.time = Math.max(this.time, until);
  }
}

function make(costs: Readonly<Record<string, number>>): {
  readonly clock: TestClock;
  readonly renewed: string[];
  readonly renewals: Renewals<string>;
} {
  const clock = new TestClock();
  const renewed: string[] = [];
  const renew = async (item: string): Promise<void> => {
    renewed.push(item);
    clock.work(costs[item] ?? 0);
  };
  return { clock, renewed, renewals: new Renewals({ clock, renew }) };
}

test('what is wanted is renewed after it has changed, and not again before it changes again', async () => {
  const { clock, renewed, renewals } = make({});
  renewals.note('b1');
  await clock.pass(60_000);
  expect(renewed, 'nobody wants it').toEqual([]);
  renewals.add('b1');
  await clock.pass(60_000);
  expect(renewed, 'it has not changed').toEqual([]);
  renewals.note('b1');
  await clock.pass(60_000);
  expect(renewed).toEqual(['b1']);
  renewals.delete('b1');
  renewals.note('b1');
  await clock.pass(60_000);
  expect(renewed).toEqual(['b1']);
});

test('what changes all the time is renewed every fifteen seconds', async () => {
  const { clock, renewed, renewals } = make({});
  renewals.add('b1');
  for (let second = 0; second < 600; second++) {
    renewals.note('b1');
    await clock.pass(1000);
  }
  expect(renewed.length).toBeGreaterThan(35);
  expect(renewed.length).toBeLessThanOrEqual(40);
});

test('however long renewals take, and however many want some, they take a twentieth of the time; each has its turn', async () => {
  const costs = { small: 500, large: 20_000, middle: 4000 };
  const { clock, renewed, renewals } = make(costs);
  const items = ['small', 'large', 'middle'] as const;
  for (const item of items) renewals.add(item);
  const begun = clock.now();
  for (let second = 0; second < 3 * 3600; second++) {
    for (const item of items) renewals.note(item);
    await clock.pass(1000);
  }
  const turns = (item: string): number => renewed.filter((each) => each === item).length;
  const cost = items.reduce((sum, item) => sum + costs[item] * turns(item), 0);
  expect(cost / (clock.now() - begun)).toBeLessThanOrEqual(0.055);
  expect(Math.abs(turns('small') - turns('large'))).toBeLessThanOrEqual(1);
  expect(turns('large')).toBeGreaterThan(10);
});
