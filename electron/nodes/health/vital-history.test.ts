import { expect, test } from 'vitest';
import type { VitalReading } from '../../../shared/ipc/nodes';
import { readingOf, VitalHistory } from './vital-history';

const nothing: Omit<VitalReading, 'at'> = {
  cpu: null,
  memoryUsedMiB: null,
  diskRead: null,
  diskWrite: null,
  networkIn: null,
  networkOut: null,
  load: null,
  temperature: null,
  gpu: null,
  gpuTemperature: null,
};
const hour = 3_600_000;
const times = (history: VitalHistory, time: number): readonly number[] =>
  history.since(time).map(({ at }) => at);

test('keeps the last hour, and gives what a chart has not yet', () => {
  const history = new VitalHistory();
  expect(history.since(0)).toEqual([]);
  for (let at = 0; at <= 2 * hour; at += 10_000) history.add({ ...nothing, at, load: at / 10_000 });
  expect(history.since(0)).toHaveLength(360);
  expect(history.since(0)[0]?.at).toBe(hour + 10_000);
  expect(history.since(2 * hour - 5000)).toEqual([{ ...nothing, at: 2 * hour, load: 720 }]);
  expect(times(history, 2 * hour - 20_000)).toEqual([2 * hour - 20_000, 2 * hour - 10_000, 2 * hour]);
});

test('what is not known stays unknown, and zero stays zero', () => {
  const history = new VitalHistory();
  history.add({ ...nothing, at: 1, cpu: 0, gpuTemperature: 61 });
  expect(history.since(0)).toEqual([{ ...nothing, at: 1, cpu: 0, gpuTemperature: 61 }]);
});

test('after the clock was set back there is one line of time', () => {
  const history = new VitalHistory();
  for (const at of [10, 20, 30, 40, 25, 35]) history.add({ ...nothing, at });
  expect(times(history, 0)).toEqual([10, 20, 25, 35]);
});

test('a hundred nodes take less than two megabytes', () => {
  expect(new VitalHistory().size * 100).toBeLessThan(2_000_000);
});

test('several cards are one line in a chart', () => {
  const card = { index: 0, use: 0.2, memoryUsedMiB: 1, memoryMiB: 2, temperature: 50 };
  expect(readingOf(1, nothing, [card, { ...card, use: 0.6, temperature: 70 }])).toMatchObject({
    gpu: 0.4,
    gpuTemperature: 70,
  });
  expect(readingOf(1, nothing, [{ ...card, use: null, temperature: null }])).toEqual({ ...nothing, at: 1 });
});
