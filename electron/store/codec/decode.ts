import type { AttemptEnd, AttemptUsage } from '../../../shared/model/attempt';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import type { Fact, FactOf } from '../../engine/facts';
import { AttemptIdSplitter, isAttemptId, joinAttemptId, type SplitAttemptId } from './attempt-id';
import { ByteReader } from './bytes';
import { damageOf, endKinds, headerLength, more, nextStates, tags, usageForms, usageMore } from './layout';

export function decodeFacts(body: Uint8Array): Fact[] {
  const reader = new FactReader(body);
  return Array.from({ length: reader.left }, () => reader.next());
}

/** Takes a body apart, a fact at a time, so that a reader of many can pause. */
export class FactReader {
  /** Facts not read yet. */
  left: number;
  private readonly reader: ByteReader;
  private readonly prefixes: ReadTexts<AttemptId>;
  private readonly jobs: ReadTexts<JobId>;
  private readonly texts: ReadTexts<string>;
  private at = 0;
  private prefix: AttemptId = 'a-';
  private number = 0;
  private isPacked = false;
  private task = 0;

  constructor(body: Uint8Array) {
    const damage = damageOf(body);
    if (damage !== null) throw new Error(`facts cannot be read: ${damage}`);
    this.reader = new ByteReader(body, headerLength);
    this.prefixes = new ReadTexts(this.reader, isAttemptId);
    this.jobs = new ReadTexts(this.reader, isJobId);
    this.texts = new ReadTexts(this.reader, isText);
    this.left = this.reader.unsigned();
  }

  next(): Fact {
    this.left--;
    const tag = this.reader.byte();
    this.isPacked = tag !== tags.json;
    switch (tag) {
      case tags.json:
        return parseFact(this.reader.text());
      case tags.assigned:
        return this.assigned();
      case tags.finished:
        return this.finished(false);
      case tags.finishedAndMore:
        return this.finished(true);
      default:
        throw new Error(`facts cannot be read: there is no tag ${tag}`);
    }
  }

  /** The id of the attempt in the fact that was read last, split, which for most is how it was written. */
  splitIdOf(fact: FactOf<'taskAssigned' | 'attemptFinished'>): SplitAttemptId {
    const { isPacked, prefix, number } = this;
    return isPacked ? { prefix, number } : new AttemptIdSplitter().split(fact.attempt);
  }

  private assigned(): FactOf<'taskAssigned'> {
    const { reader } = this;
    const at = this.time();
    const attempt = this.attempt();
    const job = this.jobs.read();
    const step = reader.unsigned();
    this.task += reader.signed();
    return {
      kind: 'taskAssigned',
      at,
      attempt,
      job,
      step,
      task: this.task,
      node: this.texts.read(),
      special: null,
    };
  }

  private finished(hasMore: boolean): FactOf<'attemptFinished'> {
    const { reader } = this;
    const at = this.time();
    const attempt = this.attempt();
    const flags = reader.byte();
    const end = this.end(flags & 7);
    const next = nextStates[(flags >> 3) & 7];
    if (next === undefined) throw new Error('facts cannot be read: there is no such next state');
    const usage = this.usage(flags >> 6);
    const rest = hasMore ? reader.byte() : 0;
    const until = (rest & more.until) === 0 ? null : reader.signed();
    const memoryMiB = (rest & more.memoryMiB) === 0 ? null : reader.float();
    return { kind: 'attemptFinished', at, attempt, end, usage, next, until, memoryMiB };
  }

  private time(): number {
    this.at += this.reader.signed();
    return this.at;
  }

  private attempt(): AttemptId {
    this.prefix = this.prefixes.read();
    this.number += this.reader.signed();
    return joinAttemptId(this.prefix, this.number);
  }

  private end(index: number): AttemptEnd {
    const kind = endKinds[index];
    if (kind === undefined) throw new Error('facts cannot be read: there is no such end');
    switch (kind) {
      case 'exited':
        return { kind, code: this.reader.signed() };
      case 'signalled':
        return { kind, signal: this.reader.signed() };
      case 'lost':
        return { kind, proof: this.texts.read() };
      case 'notStarted':
      case 'notFetched':
        return { kind, reason: this.texts.read() };
      case 'stopped':
      case 'timedOut':
      case 'outOfMemory':
        return { kind };
    }
  }

  private usage(form: number): AttemptUsage | null {
    const { reader } = this;
    if (form === usageForms.none) return null;
    if (form === usageForms.told) return this.toldUsage();
    const skip = (): number => (form === usageForms.oldFloats ? reader.float() : reader.unsigned());
    skip(); // Memory.
    skip(); // Processor time.
    return null;
  }

  private toldUsage(): AttemptUsage {
    const { reader } = this;
    const how = reader.byte();
    const areFloats = (how & usageMore.floats) !== 0;
    const next = (): number => (areFloats ? reader.float() : reader.unsigned());
    const peak = (how & usageMore.peak) === 0 ? null : next();
    return {
      peakMemoryMiB: peak === null || areFloats ? peak : peak / 1024,
      cpuMs: next(),
      wallMs: next(),
    };
  }
}

class ReadTexts<Text extends string> {
  private readonly texts: Text[] = [];

  constructor(
    private readonly reader: ByteReader,
    private readonly isOne: (text: string) => text is Text,
  ) {}

  read(): Text {
    const index = this.reader.unsigned();
    const known = this.texts[index];
    if (known !== undefined) return known;
    const text = this.reader.units();
    if (!this.isOne(text)) throw new Error(`facts cannot be read: ${JSON.stringify(text)} is no id`);
    this.texts.push(text);
    return text;
  }
}

const isJobId = (text: string): text is JobId => text.startsWith('b') && text.includes('.');
const isText = (_text: string): _text is string => true;

// The checksum has shown that the body is what was encoded from facts.
function parseFact(text: string): Fact {
  const fact: Fact = JSON.parse(text);
  if (fact.kind !== 'attemptFinished' || fact.usage === null || 'wallMs' in fact.usage) return fact;
  return { ...fact, usage: null };
}
