import type { VitalReading } from '../../../shared/ipc/nodes';
import type { Rate } from './rates';
import type { CardVitals } from './vitals';

export const measures = [
  'cpu',
  'memoryUsedMiB',
  'diskRead',
  'diskWrite',
  'networkIn',
  'networkOut',
  'load',
  'temperature',
  'gpu',
  'gpuTemperature',
] as const;
export type Measure = (typeof measures)[number];

export function readingOf(at: number, rate: Rate, cards: readonly CardVitals[]): VitalReading {
  const known = (of: (card: CardVitals) => number | null): readonly number[] =>
    cards.map(of).filter((value) => value !== null);
  const uses = known(({ use }) => use);
  const temperatures = known(({ temperature }) => temperature);
  return {
    ...rate,
    at,
    gpu: uses.length === 0 ? null : uses.reduce((sum, use) => sum + use, 0) / uses.length,
    gpuTemperature: temperatures.length === 0 ? null : Math.max(...temperatures),
  };
}

/** An hour of readings, one each ten seconds. */
const mostReadings = 360;

/** The last hour of one node, for charts. 17 kB a node: 360 readings of a time and ten measures. */
export class VitalHistory {
  private readonly times = new Float64Array(mostReadings);
  /** Reading by reading; not a number: not known. */
  private readonly values = new Float32Array(mostReadings * measures.length);
  private next = 0;
  private count = 0;

  /** Memory that it holds, in bytes. */
  get size(): number {
    return this.times.byteLength + this.values.byteLength;
  }

  add(reading: VitalReading): void {
    // When the clock was set back, what it called later is taken out: a chart goes in one direction.
    while (this.count > 0 && this.timeOf(this.count - 1) >= reading.at) {
      this.next = (this.next + mostReadings - 1) % mostReadings;
      this.count--;
    }
    this.times[this.next] = reading.at;
    measures.forEach((measure, index) => {
      this.values[this.next * measures.length + index] = reading[measure] ?? NaN;
    });
    this.next = (this.next + 1) % mostReadings;
    this.count = Math.min(mostReadings, this.count + 1);
  }

  /** What was read at this time or later, the oldest first. */
  since(time: number): readonly VitalReading[] {
    let from = this.count;
    while (from > 0 && this.timeOf(from - 1) >= time) from--;
    return Array.from({ length: this.count - from }, (_, index) => this.reading(from + index));
  }

  private reading(index: number): VitalReading {
    const of = (measure: Measure): number | null => {
      const value = this.values[this.slot(index) * measures.length + measures.indexOf(measure)] ?? NaN;
      return Number.isNaN(value) ? null : value;
    };
    return {
      at: this.timeOf(index),
      cpu: of('cpu'),
      memoryUsedMiB: of('memoryUsedMiB'),
      diskRead: of('diskRead'),
      diskWrite: of('diskWrite'),
      networkIn: of('networkIn'),
      networkOut: of('networkOut'),
      load: of('load'),
      temperature: of('temperature'),
      gpu: of('gpu'),
      gpuTemperature: of('gpuTemperature'),
    };
  }

  private timeOf(index: number): number {
    return this.times[this.slot(index)] ?? 0;
  }

  /** Where the reading with this number, from the oldest, is kept. */
  private slot(index: number): number {
    return (this.next - this.count + index + mostReadings) % mostReadings;
  }
}
