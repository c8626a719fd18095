import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockInWords, ClockOffset } from './clock-offset';
import { readTimeLine } from './node-clock';

const exact = (time: number): { time: number; exactTo: 1 } => ({ time, exactTo: 1 });

test('the true offset is within the uncertainty, whichever way was the slow one', () => {
  const delay = fc.nat(5000);
  const offsets = fc.integer({ min: -86_400_000, max: 86_400_000 });
  fc.assert(
    fc.property(
      offsets,
      fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 20 }),
      (ahead, delays) => {
        const clock = new ClockOffset();
        delays.forEach(([there, back], index) => {
          const sent = index * 60_000;
          clock.add({ sent, answer: exact(sent + there + ahead), received: sent + there + back });
        });
        const estimate = clock.estimate();
        expect(Math.abs((estimate?.offset ?? NaN) - ahead)).toBeLessThanOrEqual(estimate?.uncertainty ?? NaN);
        const quickest = Math.min(...delays.slice(-8).map(([there, back]) => there + back));
        expect(estimate?.uncertainty).toBe(quickest / 2);
      },
    ),
  );
});

test('a clock that was set right is believed after eight more answers', () => {
  const clock = new ClockOffset();
  clock.add({ sent: 0, answer: exact(60_001), received: 2 });
  for (let answer = 1; answer <= 8; answer++)
    clock.add({ sent: answer * 1000, answer: exact(answer * 1000 + 50), received: answer * 1000 + 100 });
  expect(clock.estimate()).toEqual({ offset: 0, uncertainty: 50 });
});

test('a question during which the own clock was set back counts for nothing', () => {
  const clock = new ClockOffset();
  clock.add({ sent: 1000, answer: exact(900), received: 500 });
  expect(clock.estimate()).toBeNull();
});

test('people hear of it only when it is surely more than two seconds', () => {
  expect(clockInWords('render-01', { offset: 1900, uncertainty: 5 })).toBeNull();
  expect(clockInWords('render-01', { offset: 2400, uncertainty: 500 })).toBeNull();
  expect(clockInWords('render-01', { offset: 3400, uncertainty: 20 })).toMatch(
    /^the clock of render-01 is 3\.4 s ahead of this machine's: .* Turn on network time/,
  );
  expect(clockInWords('render-01', { offset: -7_200_000, uncertainty: 20 })).toContain('2 hours behind this');
});

test('reads the time of a node, to the millisecond or to the second', () => {
  expect(readTimeLine('TIME 1795290543.154934643')).toEqual({ time: 1_795_290_543_154, exactTo: 1 });
  expect(readTimeLine('TIME 1795290543.%N')).toEqual({ time: 1_795_290_543_500, exactTo: 1000 });
  expect(readTimeLine('TIME 1795290543')).toEqual({ time: 1_795_290_543_500, exactTo: 1000 });
  expect(readTimeLine('TIME soon')).toBeNull();
  expect(readTimeLine('1795290543')).toBeNull();
});
