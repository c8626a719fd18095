import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptEnd } from '../../../shared/model/attempt';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';
import { attemptsRun, finished, submitted } from '../test-facts';
import { decodeFacts } from './decode';
import { encodeFacts } from './encode';
import { damageOf, nextStates } from './layout';

/** Any, also with halves of surrogate pairs. */
const text = fc.oneof(
  fc.string(),
  fc.array(fc.nat(0xffff), { maxLength: 9 }).map((units) => String.fromCharCode(...units)),
);
/** Any that JSON has: there, -0 is 0. */
const number = fc.oneof(
  fc.nat(1000),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(2 ** 50, 2 ** 51, -(2 ** 51), 2 ** 51 + 1, 2 ** 53, 1.7e12, 0.5),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
/** As systems tell it, in KiB, and any. */
const memory = fc.oneof(
  fc.nat().map((kibibytes) => kibibytes / 1024),
  number,
);
const attempt = fc
  .oneof(
    text,
    fc.nat().map(String),
    fc.tuple(fc.constantFrom('x-', 'y-00'), fc.nat(50)).map((parts) => parts.join('')),
  )
  .map((rest): AttemptId => `a-${rest}`);
const job = fc.tuple(fc.nat(3), text).map(([batch, name]): JobId => `b${batch}.${name}`);
const nullOr = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const node = fc.oneof(fc.constantFrom('local', 'node-1'), text);
const kind = <Name extends string>(name: Name): fc.Arbitrary<Name> => fc.constant(name);

const end: fc.Arbitrary<AttemptEnd> = fc.oneof(
  fc.record({ kind: kind('exited'), code: number }),
  fc.record({ kind: kind('signalled'), signal: number }),
  fc.record({ kind: kind('stopped') }),
  fc.record({ kind: kind('timedOut') }),
  fc.record({ kind: kind('outOfMemory') }),
  fc.record({ kind: kind('lost'), proof: text }),
  fc.record({ kind: kind('notStarted'), reason: text }),
  fc.record({ kind: kind('notFetched'), reason: text }),
);
const special = fc.record({
  request: fc.constant({
    cpu: 1,
    memoryMiB: 100,
    gpu: 0.25,
    gpuMemoryMiB: 0,
    storageMiB: 0,
    networkMbps: 0,
    cores: 'pinned' as const,
    special: {},
  }),
  placement: nullOr(fc.record({ cores: fc.array(fc.nat(64)), gpus: fc.constant([]) })),
});

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: kind('taskAssigned'),
    at: number,
    attempt,
    job,
    step: number,
    task: number,
    node,
    special: nullOr(special),
  }),
  fc.record({
    kind: kind('attemptFinished'),
    at: number,
    attempt,
    end,
    usage: nullOr(fc.record({ peakMemoryMiB: nullOr(memory), cpuMs: number, wallMs: number })),
    next: fc.constantFrom(...nextStates),
    until: nullOr(number),
    memoryMiB: nullOr(number),
  }),
  fc.record({ kind: kind('attemptStopping'), at: number, attempt, reason: kind('preempted') }),
  fc.record({ kind: kind('tasksDue'), at: number, job, step: number, tasks: fc.array(number) }),
  fc.record({ kind: kind('valueReported'), at: number, job, step: number, name: text, value: number }),
  fc.record({ kind: kind('jobCancelled'), at: number, by: text, why: nullOr(text), job }),
  fc.record({
    kind: kind('tasksCancelled'),
    at: number,
    by: text,
    why: nullOr(text),
    job,
    step: number,
    tasks: fc.array(fc.tuple(number, number)),
    count: number,
  }),
  text.map((name): Fact => ({ ...submitted, batch: { ...submitted.batch, name } })),
);

describe('facts as bytes', () => {
  test('come back exactly as they were', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), (facts) => {
        expect(decodeFacts(encodeFacts(facts))).toEqual(facts);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a Drover that did not know yet how long attempts ran come back without what they used', () => {
    const body = Buffer.from(
      '019f5b28ec0402c6010002612d024000ac06c8dc03030000028000000000000000e03f000000000000f43f010e00ab01' +
        Buffer.from(
          '{"kind":"attemptFinished","at":0.5,"attempt":"a-3","end":{"kind":"exited","code":0},"next":"COMPLETED",' +
            '"until":null,"memoryMiB":null,"usage":{"peakMemoryMiB":1,"cpuMs":2}}',
        ).toString('hex') +
        '020000040000',
      'hex',
    );
    const done = (number: number): Fact => finished(`a-${number}`, { kind: 'exited', code: 0 }, null);
    expect(decodeFacts(body)).toEqual([done(1), { ...done(2), until: 7 }, { ...done(3), at: 0.5 }, done(4)]);
  });

  test('come back also from the middle of other memory', () => {
    const facts = attemptsRun(1, 10);
    const body = encodeFacts([submitted, ...facts]);
    const memory = new Uint8Array(body.length + 13);
    memory.set(body, 5);
    expect(decodeFacts(memory.subarray(5, 5 + body.length))).toEqual([submitted, ...facts]);
  });

  test('of attempts take few of them', () => {
    expect(encodeFacts(attemptsRun(100_000, 1000)).length / 2000).toBeLessThan(14);
  });

  test('are not read when a single bit is wrong, or the end is missing', () => {
    const body = encodeFacts([submitted, ...attemptsRun(1, 3)]);
    expect(damageOf(body)).toBeNull();
    for (let bit = 0; bit < body.length * 8; bit++) {
      const broken = body.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(damageOf(broken)).not.toBeNull();
    }
    expect(damageOf(body.subarray(0, -1))).not.toBeNull();
    expect(damageOf(body.subarray(0, 3))).not.toBeNull();
    expect(() => decodeFacts(body.subarray(0, -1))).toThrow('checksum');
  });
});
