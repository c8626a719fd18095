import { describe, expect, it } from 'vitest';
import type { BatchRow } from '../../shared/ipc/queue';
import { usualPreferences, type Preferences } from '../../shared/ipc/preferences';
import { anyBatch } from '../../shared/ipc/rows-for-tests';
import type { BatchState } from '../../shared/model/states';
import { Announcer } from './announcer';

const batch = (name: string, state: BatchState): BatchRow => ({
  ...anyBatch(1, name),
  state,
  notify: ['COMPLETED', 'FAILED', 'CANCELLED'],
});

/** A clock that goes on when it is told to. */
function setUp(begin: string, preferences: Partial<Preferences> = {}) {
  let now = new Date(begin).getTime();
  let set: Preferences = { ...usualPreferences, ...preferences };
  let due: { at: number; run: () => void }[] = [];
  const shown: string[][] = [];
  const announcer = new Announcer({
    preferences: () => set,
    now: () => new Date(now),
    after: (milliseconds, run) => {
      const one = { at: now + milliseconds, run };
      due.push(one);
      return () => (due = due.filter((other) => other !== one));
    },
    show: (ended) => shown.push(ended.map(({ name }) => name)),
  });
  return {
    announcer,
    shown,
    prefer: (more: Partial<Preferences>) => {
      set = { ...set, ...more };
      announcer.again();
    },
    goOn: (milliseconds: number) => {
      now += milliseconds;
      const ripe = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { run } of ripe) run();
    },
  };
}

const hour = 3_600_000;

describe('telling of ends', () => {
  it('gathers what ends together', () => {
    const { announcer, shown, goOn } = setUp('2026-11-20T12:00:00');
    announcer.ended(batch('one', 'COMPLETED'));
    goOn(1000);
    announcer.ended(batch('two', 'FAILED'));
    expect(shown).toEqual([]);
    goOn(1000);
    announcer.ended(batch('three', 'COMPLETED'));
    goOn(2000);
    expect(shown).toEqual([['one', 'two'], ['three']]);
  });

  it('is silent in quiet hours and tells of all of it afterwards', () => {
    const { announcer, shown, goOn } = setUp('2026-11-20T23:00:00', {
      quiet: { from: '22:00', to: '07:00' },
    });
    announcer.ended(batch('one', 'COMPLETED'));
    goOn(2 * hour);
    announcer.ended(batch('two', 'FAILED'));
    goOn(5 * hour);
    expect(shown).toEqual([]);
    goOn(hour);
    expect(shown).toEqual([['one', 'two']]);
  });

  it('tells at once when the quiet is called off', () => {
    const { announcer, shown, goOn, prefer } = setUp('2026-11-20T23:00:00', {
      quiet: { from: '22:00', to: '07:00' },
    });
    announcer.ended(batch('one', 'COMPLETED'));
    prefer({ quiet: null });
    goOn(2000);
    expect(shown).toEqual([['one']]);
  });

  it('tells only of the ends that are wanted', () => {
    const { announcer, shown, goOn } = setUp('2026-11-20T12:00:00', { tellOf: ['FAILED'] });
    announcer.ended(batch('one', 'COMPLETED'));
    announcer.ended(batch('two', 'FAILED'));
    announcer.ended(batch('three', 'CANCELLED'));
    goOn(2000);
    expect(shown).toEqual([['two']]);
  });
});
