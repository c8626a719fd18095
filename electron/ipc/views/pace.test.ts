import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noChanges } from '../../engine/reduce/changes';
import { Subscription } from '../subscription';
import { Pace } from './pace';
import type { LiveView } from './view';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Something on a node that is looked at again and again. */
class Looks implements LiveView {
  looks = 0;
  news = false;
  private readonly pace = new Pace();
  picture = (): string => 'picture';
  note = (): boolean => true;
  again = (): number => this.pace.pause;

  async delta(): Promise<string | null> {
    this.looks++;
    this.pace.looked(this.news);
    return this.news ? 'news' : null;
  }
}

test('what is quiet is looked at ever more rarely, and often again when something comes', async () => {
  const view = new Looks();
  const subscription: Subscription = new Subscription(view, () => subscription.ready());
  await subscription.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  const quiet = view.looks;
  expect(quiet).toBeLessThan(16);
  view.news = true;
  await vi.advanceTimersByTimeAsync(2500);
  expect(view.looks - quiet).toBeGreaterThan(8);
  subscription.close();
});

test('nothing is looked at any more when the view is closed, be it in the middle of a look', async () => {
  const view = new Looks();
  const subscription: Subscription = new Subscription(view, () => subscription.ready());
  await subscription.begin();
  await vi.advanceTimersByTimeAsync(1000);
  subscription.note([], noChanges());
  vi.advanceTimersByTime(200);
  subscription.close();
  const looks = view.looks;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(view.looks).toBe(looks);
  expect(vi.getTimerCount()).toBe(0);
});
