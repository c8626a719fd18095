import { describe, expect, it } from 'vitest';
import type { VitalReading } from '../../shared/ipc/nodes';
import { askSince, hour, isMeasured, mergeReadings, pointsOf, withLatest } from './vitals';

const reading = (at: number, more: Partial<VitalReading> = {}): VitalReading => ({
  at,
  cpu: 0.5,
  memoryUsedMiB: null,
  diskRead: null,
  diskWrite: null,
  networkIn: null,
  networkOut: null,
  load: null,
  temperature: null,
  gpu: null,
  gpuTemperature: null,
  ...more,
});
const start = 10 * hour;
const kept = [reading(start), reading(start + 10_000)];
const timesOf = (readings: readonly VitalReading[]) => readings.map(({ at }) => at - start);

describe('the readings of the last hour', () => {
  it('are asked for once, then only when there may be a new one', () => {
    expect(askSince([], reading(start))).toBe(start - hour);
    expect(askSince(kept, reading(start + 12_000))).toBeNull();
    expect(askSince(kept, reading(start + 20_000))).toBe(start + 10_000);
  });

  it('begin anew when the clock was set back', () => {
    const since = askSince(kept, reading(start - 500_000)) ?? 0;
    expect(since).toBe(start - 500_000 - hour);
    expect(timesOf(mergeReadings(kept, since, [reading(start - 500_000)]))).toEqual([-500_000]);
  });

  it('have each reading once, and none that is older', () => {
    const more = [reading(start + 10_000), reading(start + 20_000)];
    expect(timesOf(mergeReadings(kept, start + 10_000, more))).toEqual([0, 10_000, 20_000]);
    const later = [reading(start + hour + 5_000)];
    expect(timesOf(mergeReadings(kept, start + 10_001, later))).toEqual([10_000, hour + 5_000]);
  });

  it('end with the latest', () => {
    expect(timesOf(withLatest(kept, reading(start + 12_000)))).toEqual([0, 10_000, 12_000]);
    expect(withLatest(kept, reading(start + 10_000))).toBe(kept);
    expect(withLatest(kept, null)).toBe(kept);
  });

  it('tell what is measured at all', () => {
    expect(pointsOf(kept, 'cpu')[0]).toEqual({ at: start, value: 0.5 });
    expect([isMeasured(kept, 'cpu'), isMeasured(kept, 'gpu')]).toEqual([true, false]);
  });
});
