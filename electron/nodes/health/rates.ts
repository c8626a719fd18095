import type { VitalReading } from '../../../shared/ipc/nodes';
import type { Vitals } from './vitals';

/** How a node feels: between two readings, or now. What is not known is null. */
export type Rate = Omit<VitalReading, 'at' | 'gpu' | 'gpuTemperature'>;

/** An average over a longer time, as after a lost connection, says nothing of now. In seconds. */
const longestStep = 300;

/** Makes rates of one node's readings, each with the one before. */
export class Rates {
  private last: Vitals | null = null;

  take(now: Vitals): Rate {
    const before = this.last;
    this.last = now;
    const seconds = secondsBetween(before, now);
    const step = (counter: (vitals: Vitals) => number | null): number | null =>
      before === null || seconds === null ? null : difference(counter(before), counter(now));
    const perSecond = (counter: (vitals: Vitals) => number | null): number | null => {
      const bytes = step(counter);
      return bytes === null || seconds === null ? null : bytes / seconds;
    };
    return {
      cpu:
        now.use ??
        share(
          step(({ busy }) => busy),
          step(({ ticks }) => ticks),
        ),
      memoryUsedMiB: now.memoryUsedMiB,
      diskRead: perSecond(({ bytesRead }) => bytesRead),
      diskWrite: perSecond(({ bytesWritten }) => bytesWritten),
      networkIn: perSecond(({ bytesIn }) => bytesIn),
      networkOut: perSecond(({ bytesOut }) => bytesOut),
      load: now.load,
      temperature: now.temperature,
    };
  }
}

/** By the node's own clock; null when the machine has started anew in between, or no use can be made of it. */
function secondsBetween(before: Vitals | null, now: Vitals): number | null {
  if (before === null || before.boot !== now.boot || before.up === null || now.up === null) return null;
  const seconds = now.up - before.up;
  return seconds > 0 && seconds <= longestStep ? seconds : null;
}

/** Null when the counter has gone back: it has wrapped, or a device was taken away. */
function difference(before: number | null, now: number | null): number | null {
  return before === null || now === null || now < before ? null : now - before;
}

function share(busy: number | null, ticks: number | null): number | null {
  return busy === null || ticks === null || ticks === 0 ? null : Math.min(1, busy / ticks);
}
