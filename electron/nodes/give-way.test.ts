import { describe, expect, test } from 'vitest';
import type { GiveWay } from '../../shared/model/settings';
import { mustGiveWay, type Sight } from './give-way';

const anyTime: GiveWay = { idleMinutes: null, mostLoad: null, hours: null, running: 'finish' };
const quiet: Sight = { idle: 3600, otherLoad: 0, minuteOfDay: 12 * 60 };

describe('a machine whose person comes first', () => {
  test('works at any time where nothing is asked for', () => {
    expect(mustGiveWay(anyTime, { ...quiet, idle: 0, otherLoad: 1 })).toBeNull();
  });

  test.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('at night only: at %s %s', (time, may) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const rule = { ...anyTime, hours: { from: '22:00', to: '07:00' } };
    expect(mustGiveWay(rule, { ...quiet, minuteOfDay: hours * 60 + minutes }) === null).toBe(may);
  });

  test('waits until nobody has touched it for long enough, and when that cannot be known', () => {
    const rule = { ...anyTime, idleMinutes: 10 };
    expect(mustGiveWay(rule, { ...quiet, idle: 599 })).toBe('somebody works there');
    expect(mustGiveWay(rule, { ...quiet, idle: 600 })).toBeNull();
    expect(mustGiveWay(rule, { ...quiet, idle: null })).toBe('it cannot be told whether somebody sits there');
  });

  test('lets other programs go first', () => {
    const rule = { ...anyTime, mostLoad: 0.25 };
    expect(mustGiveWay(rule, { ...quiet, otherLoad: 0.3 })).toBe('other programs keep it busy');
    expect(mustGiveWay(rule, { ...quiet, otherLoad: 0.2 })).toBeNull();
    expect(mustGiveWay(rule, { ...quiet, otherLoad: null })).toBeNull();
  });
});
