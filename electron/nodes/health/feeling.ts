import type { VitalReading } from '../../../shared/ipc/nodes';
import type { Clock } from '../../engine/ports';
import type { NodeLoad } from '../readings';
import { ClockOffset, type ClockEstimate } from './clock-offset';
import { readTimeLine } from './node-clock';
import { Rates } from './rates';
import { readCardVitals, readIdle, readRoom, readVitals, type CardVitals } from './vitals';
import { readingOf, VitalHistory } from './vital-history';

/** In milliseconds. It is asked more often while somebody looks. */
const betweenKept = 9_000;

/** How a node feels, now and in the last hour, from the lines that its agent answers. */
export class Feeling {
  readonly history = new VitalHistory();
  hasCards = false;
  latest: VitalReading | null = null;
  /** Seconds since a person last touched the machine; null: not known. */
  idle: number | null = null;
  /** Free where Drover keeps its files there; null: not known. */
  roomMiB: number | null = null;
  private memoryMiB: number | null = null;
  private rates = new Rates();
  private offset = new ClockOffset();
  private cards: readonly CardVitals[] = [];
  private sent = 0;
  /** When the last reading was that is in the history. */
  private kept = 0;

  constructor(private readonly clock: Clock) {}

  get load(): NodeLoad | null {
    const { latest, memoryMiB } = this;
    if (latest === null || latest.cpu === null) return null;
    const memory = memoryMiB === null || memoryMiB === 0 ? 0 : (latest.memoryUsedMiB ?? 0) / memoryMiB;
    return { cpu: latest.cpu, memory };
  }

  /** How far its clock is from this machine's. */
  get clockOffset(): ClockEstimate | null {
    return this.offset.estimate();
  }

  /** It was reached (again), perhaps as another machine. */
  begin(hasCards: boolean): void {
    this.hasCards = hasCards;
    this.rates = new Rates();
    this.offset = new ClockOffset();
    this.cards = [];
    this.idle = null;
    this.roomMiB = null;
  }

  /** The node is being asked now. */
  asked(): void {
    this.sent = this.clock.now();
  }

  /** True: there is a new reading. */
  take(line: string): boolean {
    const time = readTimeLine(line);
    if (time !== null) this.offset.add({ sent: this.sent, answer: time, received: this.clock.now() });
    this.cards = readCardVitals(line) ?? this.cards;
    this.idle = line.startsWith('IDLE ') ? readIdle(line) : this.idle;
    this.roomMiB = readRoom(line) ?? this.roomMiB;
    const vitals = readVitals(line);
    if (vitals === null) return false;
    this.memoryMiB = vitals.memoryMiB;
    this.latest = readingOf(this.clock.now(), this.rates.take(vitals), this.cards);
    if (this.latest.at - this.kept >= betweenKept || this.latest.at < this.kept) {
      this.kept = this.latest.at;
      this.history.add(this.latest);
    }
    return true;
  }
}
