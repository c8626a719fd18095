import type { AttemptEnd, AttemptUsage } from '../../../shared/model/attempt';
import type { AttemptId } from '../../../shared/model/ids';
import type { Fact, FactOf } from '../../engine/facts';
import { AttemptIdSplitter } from './attempt-id';
import { ByteWriter, mostPacked } from './bytes';
import {
  checksumOf,
  endKinds,
  format,
  headerLength,
  more,
  nextStates,
  tags,
  usageForms,
  usageMore,
} from './layout';

export function encodeFacts(facts: readonly Fact[]): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder(facts.length);
  for (const fact of facts) encoder.add(fact);
  return encoder.finish();
}

const isWhole = (value: number): boolean =>
  Number.isInteger(value) && value <= mostPacked && value >= -mostPacked;
const isCount = (value: number): boolean => Number.isInteger(value) && value <= mostPacked && value >= 0;

class Encoder {
  private readonly writer = new ByteWriter();
  private readonly prefixes = new WrittenTexts(this.writer);
  private readonly jobs = new WrittenTexts(this.writer);
  private readonly texts = new WrittenTexts(this.writer);
  private readonly splitter = new AttemptIdSplitter();
  private at = 0;
  private number = 0;
  private task = 0;

  constructor(count: number) {
    for (let index = 0; index < headerLength; index++) this.writer.byte(0);
    this.writer.unsigned(count);
  }

  add(fact: Fact): void {
    if (fact.kind === 'taskAssigned' && isPlainAssignment(fact)) return this.addAssigned(fact);
    if (fact.kind === 'attemptFinished' && isPlainEnd(fact)) return this.addFinished(fact);
    this.writer.byte(tags.json);
    this.writer.text(JSON.stringify(fact));
  }

  finish(): Uint8Array<ArrayBuffer> {
    const body = this.writer.copy();
    body[0] = format;
    new DataView(body.buffer).setUint32(1, checksumOf(body), true);
    return body;
  }

  private addAssigned(fact: FactOf<'taskAssigned'>): void {
    const { writer } = this;
    writer.byte(tags.assigned);
    this.addTime(fact.at);
    this.addAttempt(fact.attempt);
    this.jobs.write(fact.job);
    writer.unsigned(fact.step);
    writer.signed(fact.task - this.task);
    this.task = fact.task;
    this.texts.write(fact.node);
  }

  private addFinished(fact: FactOf<'attemptFinished'>): void {
    const { writer } = this;
    const hasMore = fact.until !== null || fact.memoryMiB !== null;
    writer.byte(hasMore ? tags.finishedAndMore : tags.finished);
    this.addTime(fact.at);
    this.addAttempt(fact.attempt);
    const usage = fact.usage === null ? usageForms.none : usageForms.told;
    writer.byte(endKinds.indexOf(fact.end.kind) | (nextStates.indexOf(fact.next) << 3) | (usage << 6));
    this.addEnd(fact.end);
    if (fact.usage !== null) this.addUsage(fact.usage);
    if (!hasMore) return;
    writer.byte((fact.until === null ? 0 : more.until) | (fact.memoryMiB === null ? 0 : more.memoryMiB));
    if (fact.until !== null) writer.signed(fact.until);
    if (fact.memoryMiB !== null) writer.float(fact.memoryMiB);
  }

  private addUsage({ peakMemoryMiB: peak, cpuMs, wallMs }: AttemptUsage): void {
    const { writer } = this;
    const areCounts = [peak === null ? 0 : peak * 1024, cpuMs, wallMs].every(isCount);
    writer.byte((peak === null ? 0 : usageMore.peak) | (areCounts ? 0 : usageMore.floats));
    if (areCounts) {
      if (peak !== null) writer.unsigned(peak * 1024);
      writer.unsigned(cpuMs);
      writer.unsigned(wallMs);
    } else {
      if (peak !== null) writer.float(peak);
      writer.float(cpuMs);
      writer.float(wallMs);
    }
  }

  private addTime(at: number): void {
    this.writer.signed(at - this.at);
    this.at = at;
  }

  private addAttempt(attempt: AttemptId): void {
    const { prefix, number } = this.splitter.split(attempt);
    this.prefixes.write(prefix);
    this.writer.signed(number - this.number);
    this.number = number;
  }

  private addEnd(end: AttemptEnd): void {
    switch (end.kind) {
      case 'exited':
        return this.writer.signed(end.code);
      case 'signalled':
        return this.writer.signed(end.signal);
      case 'lost':
        return this.texts.write(end.proof);
      case 'notStarted':
      case 'notFetched':
        return this.texts.write(end.reason);
      case 'stopped':
      case 'timedOut':
      case 'outOfMemory':
    }
  }
}

const isPlainAssignment = ({ at, step, task, special }: FactOf<'taskAssigned'>): boolean =>
  special === null && isTime(at) && isCount(step) && isCount(task);

function isPlainEnd({ at, end, until, lost }: FactOf<'attemptFinished'>): boolean {
  if (!isTime(at) || lost !== undefined || (until !== null && !isWhole(until))) return false;
  if (end.kind === 'exited') return isWhole(end.code);
  return end.kind !== 'signalled' || isWhole(end.signal);
}

/** So that the distance of two is whole too. */
const isTime = (value: number): boolean =>
  Number.isInteger(value) && value <= mostPacked / 2 && value >= -mostPacked / 2;

class WrittenTexts {
  private readonly indexes = new Map<string, number>();

  constructor(private readonly writer: ByteWriter) {}

  write(text: string): void {
    const index = this.indexes.get(text);
    this.writer.unsigned(index ?? this.indexes.size);
    if (index !== undefined) return;
    this.indexes.set(text, this.indexes.size);
    this.writer.units(text);
  }
}
