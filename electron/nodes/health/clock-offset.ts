import type { NodeClock } from './node-clock';

/** One question for the time, and its answer; `sent` and `received` by the Host's clock, in milliseconds. */
export interface ClockSample {
  readonly sent: number;
  readonly answer: NodeClock;
  readonly received: number;
}

export interface ClockEstimate {
  /** How far the node's clock is ahead of the Host's, in milliseconds. */
  readonly offset: number;
  /** It may be so much more or less. */
  readonly uncertainty: number;
}

const mostSamples = 8;
/** Below this, nobody need care. In milliseconds. */
const noticeable = 2000;

/** How far a node's clock is from the Host's: the quickest of the last eight answers tells it best. */
export class ClockOffset {
  private samples: readonly ClockEstimate[] = [];

  add({ sent, answer, received }: ClockSample): void {
    // The Host's own clock was set back in between.
    if (received < sent) return;
    const estimate = {
      offset: answer.time - (sent + received) / 2,
      uncertainty: (received - sent) / 2 + (answer.exactTo > 1 ? answer.exactTo / 2 : 0),
    };
    this.samples = [...this.samples, estimate].slice(-mostSamples);
  }

  /** Null: it has not answered yet. */
  estimate(): ClockEstimate | null {
    let best: ClockEstimate | null = null;
    // Of equals the newest: clocks drift, and are set.
    for (const sample of this.samples) {
      if (best === null || sample.uncertainty <= best.uncertainty) best = sample;
    }
    return best;
  }
}

/** What a person should know of a node's clock; null when it is right, or may be. */
export function clockInWords(node: string, { offset, uncertainty }: ClockEstimate): string | null {
  if (Math.abs(offset) - uncertainty <= noticeable) return null;
  const direction = offset > 0 ? 'ahead of' : 'behind';
  return (
    `the clock of ${node} is ${lengthInWords(Math.abs(offset))} ${direction} this machine's: times of files and ` +
    'in logs do not match. Turn on network time there (timedatectl set-ntp true; on a Mac: Set time automatically)'
  );
}

function lengthInWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} minutes`;
  const hours = minutes / 60;
  return hours < 36 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}
