import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseMoment, parseTimeOfDay, parseTimeZone, parseWhen } from './moments';

const usual = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (usual === undefined) delete process.env['TZ'];
  else process.env['TZ'] = usual;
});

test.each([
  ['2026-12-01 18:00', '2026-12-01T17:00:00Z'],
  ['2026-07-01T18:00:30', '2026-07-01T16:00:30Z'],
  ['2026-12-01T18:00:00Z', '2026-12-01T18:00:00Z'],
  ['2026-12-01 18:00 -05:30', '2026-12-01T23:30:00Z'],
  ['2028-02-29 00:00', '2028-02-28T23:00:00Z'],
])('%s is %s', (text, moment) => {
  expect(parseMoment(text)).toEqual({ ok: true, value: Date.parse(moment) });
});

test.each([
  ['2026-12-01', 'no date and time'],
  ['tomorrow', 'no date and time'],
  ['1.12.2026 18:00', 'no date and time'],
  ['2027-02-29 12:00', 'does not exist'],
  ['2026-12-01 24:00', 'does not exist'],
  ['2026-13-01T00:00Z', 'does not exist'],
  ['2026-12-01 18:00:60', 'does not exist'],
  ['2026-12-01 18:00+15:00', 'does not exist'],
  ['2026-03-29 02:30', 'does not exist'], // clocks go from 2:00 to 3:00
])('%s is refused', (text, message) => {
  expect(parseMoment(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
});

test('times of a day', () => {
  expect(parseTimeOfDay('6:05')).toEqual({ ok: true, value: '06:05' });
  expect(parseTimeOfDay('22:00')).toEqual({ ok: true, value: '22:00' });
  for (const text of ['24:00', '12:60', '12', '12:5', 'noon']) expect(parseTimeOfDay(text).ok).toBe(false);
});

test('time zones have names', () => {
  expect(parseTimeZone('europe/berlin')).toEqual({ ok: true, value: 'Europe/Berlin' });
  expect(parseTimeZone('UTC')).toEqual({ ok: true, value: 'UTC' });
  expect(parseTimeZone('Europe/Berln')).toMatchObject({
    message: expect.stringContaining('did you mean "Europe/Berlin"?'),
  });
  expect(parseTimeZone('+01:00').ok).toBe(false);
});

test('when: a moment, or so long from now', () => {
  expect(parseWhen('2026-12-01 18:00', 5)).toEqual({ ok: true, value: Date.parse('2026-12-01T17:00:00Z') });
  expect(parseWhen(' +1 h 30 min', 5)).toEqual({ ok: true, value: 5_400_005 });
  expect(parseWhen('+1 week', 5)).toMatchObject({ ok: false, message: expect.stringContaining('week') });
  expect(parseWhen('soon', 5)).toMatchObject({ ok: false, message: expect.stringContaining('+2 h') });
});
