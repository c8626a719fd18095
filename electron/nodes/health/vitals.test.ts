import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rates } from './rates';
import { readCardVitals, readIdle, readRoom, readVitals, type Vitals } from './vitals';

const line = (values: Readonly<Record<string, string | number>>): string =>
  `VITALS ${Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')}`;
const vitals = (values: Readonly<Record<string, string | number>>): Vitals => {
  const read = readVitals(line(values));
  if (read === null) throw new Error('not vitals');
  return read;
};
const first = {
  boot: 'b1',
  up: '100.50',
  busy: 1000,
  ticks: 4000,
  memory: 8_388_608,
  available: 6_291_456,
  load: '0.31',
  in: 5000,
  out: 700,
  read: 10,
  written: 20,
  heat: 45_500,
};

test('two readings make rates', () => {
  const rates = new Rates();
  expect(rates.take(vitals(first))).toEqual({
    cpu: null,
    memoryUsedMiB: 2048,
    diskRead: null,
    diskWrite: null,
    networkIn: null,
    networkOut: null,
    load: 0.31,
    temperature: 45.5,
  });
  const next = {
    ...first,
    up: '110.50',
    busy: 1500,
    ticks: 6000,
    in: 15_000,
    out: 700,
    read: 30,
    written: 1020,
  };
  expect(rates.take(vitals(next))).toMatchObject({
    cpu: 0.25,
    networkIn: 1000,
    networkOut: 0,
    diskRead: 1024,
    diskWrite: 51_200,
  });
});

test('a Mac tells its share of use, and no ticks', () => {
  expect(vitals({ use: 375, memory: 16_777_216, used: 4_194_304 })).toMatchObject({
    use: 0.375,
    memoryMiB: 16_384,
    memoryUsedMiB: 4096,
  });
  expect(new Rates().take(vitals({ use: 1200 })).cpu).toBe(1);
});

test.each([
  ['the machine has started again', { boot: 'b2', up: '110' }],
  ['its time stands still', { up: '100.50' }],
  ['its time goes back', { up: '3' }],
  ['an hour was missed', { up: '3700' }],
])('no rates when %s', (_, change) => {
  const rates = new Rates();
  rates.take(vitals(first));
  expect(rates.take(vitals({ ...first, in: 9000, busy: 2000, ticks: 9000, ...change }))).toMatchObject({
    cpu: null,
    networkIn: null,
    diskRead: null,
    load: 0.31,
  });
});

test('a counter that wraps takes its own rate away, and no other', () => {
  const rates = new Rates();
  rates.take(vitals(first));
  expect(rates.take(vitals({ ...first, up: '110.50', in: 3, out: 10_700 }))).toMatchObject({
    networkIn: null,
    networkOut: 1000,
  });
});

test('rates are never nonsense, whatever is said', () => {
  const value = fc.oneof(
    fc.nat().map(String),
    fc.constantFrom('', '-5', '1e9', '0x10', 'NaN', '99999999999999999999', '12.5', '%N'),
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/\s/gu, '')),
  );
  const keys = Object.keys(first);
  const spoken = fc
    .array(fc.tuple(fc.constantFrom(...keys), value))
    .map((pairs) => `VITALS${pairs.map(([key, text]) => ` ${key}=${text}`).join('')}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(spoken, fc.string())), (lines) => {
      const rates = new Rates();
      for (const said of lines) {
        const read = readVitals(said);
        if (read === null) continue;
        const { cpu, temperature, ...others } = rates.take(read);
        expect(cpu ?? 0).toBeGreaterThanOrEqual(0);
        expect(cpu ?? 1).toBeLessThanOrEqual(1);
        expect(Math.abs(temperature ?? 0)).toBeLessThan(150);
        for (const rate of Object.values(others)) {
          expect(Number.isFinite(rate ?? 0)).toBe(true);
          expect(rate ?? 0).toBeGreaterThanOrEqual(0);
        }
      }
    }),
  );
});

test('cards and idle time', () => {
  expect(readCardVitals('GPUS 0,35,1234,24564,61;1,-,-,-,-;')).toEqual([
    { index: 0, use: 0.35, memoryUsedMiB: 1234, memoryMiB: 24_564, temperature: 61 },
    { index: 1, use: null, memoryUsedMiB: null, memoryMiB: null, temperature: null },
  ]);
  expect(readCardVitals('GPUS 0,35;')).toBeNull();
  expect(readCardVitals('EXIT a-1 0')).toBeNull();
  expect(readIdle('IDLE 42')).toBe(42);
  expect(readIdle('IDLE -1')).toBeNull();
  expect(readRoom('ROOM 204800')).toBe(200);
  expect(readRoom('ROOM')).toBeNull();
  expect(readVitals('EXIT a-1 0')).toBeNull();
  expect(readVitals('VITALS')?.busy).toBeNull();
});
