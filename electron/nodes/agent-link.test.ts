import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptEnd } from '../../shared/model/attempt';
import { AgentLink } from './agent-link';

/** A link to an agent that says what a test lets it say. */
class Said {
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  readonly ends: (readonly [string, AttemptEnd])[] = [];
  reconciled = 0;
  private time = 0;
  private readonly timers: (() => void)[] = [];
  readonly link = new AgentLink(
    this.input,
    this.output,
    {
      now: () => this.time,
      after: (_milliseconds, call) => {
        this.timers.push(call);
        return () => {};
      },
    },
    {
      hello: () => {},
      claimed: () => {},
      placed: () => {},
      ended: (attempt, end) => this.ends.push([attempt, end]),
      reconciled: () => this.reconciled++,
      pong: () => {},
      vitals: () => {},
      session: () => {},
    },
  );

  passTime(milliseconds: number): void {
    this.time += milliseconds;
    for (const call of this.timers.splice(0)) call();
  }

  /** The lines since it was last asked. */
  sent(): readonly string[] {
    const bytes: unknown = this.input.read();
    return Buffer.isBuffer(bytes) ? bytes.toString().trimEnd().split('\n') : [];
  }

  async hears(bytes: Uint8Array): Promise<void> {
    this.output.write(bytes);
    await new Promise((done) => setImmediate(done));
  }
}

const work = { script: 'true', anyShell: false, timeoutMs: 0, graceMs: null, memoryMiB: 0 };
test('what was sent to a node that does not answer is not asked after before it was started', async () => {
  const said = new Said();
  said.link.start('a-1', work);
  said.passTime(60_000);
  expect(said.sent()).toEqual(['START a-1 0 10 0 own 4', 'true']);
  await said.hears(Buffer.from('STARTED a-1 p-1\n'));
  said.passTime(1_000);
  expect(said.sent()).toEqual([]);
  said.passTime(10_000);
  expect(said.sent()).toEqual(['QUERY a-1']);
});

const exit = 'EXIT a-1 p-1 3 1.5 2.5 0 - 0m0.1s 0m0.2s';

const word = fc.oneof(
  fc.constantFrom(
    'EXIT',
    'STATE',
    'SEEN',
    'REFUSED',
    'STARTED',
    'HELLO',
    'CLAIMED',
    'PONG',
    'exited',
    'gone',
  ),
  fc.constantFrom('a-1', 'a-2', 'a-9', 'p-1', 'running', 'never', '3', '1.5', '-', '0m0.1s', ''),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const line = fc.array(word, { maxLength: 10 }).map((words) => words.join(' '));

test('whatever bytes arrive, and however they are cut, an attempt ends at most once and only if it was awaited', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.uint8Array(),
          line.map((text) => Buffer.from(`${text}\n`)),
        ),
        { maxLength: 30 },
      ),
      async (pieces) => {
        const said = new Said();
        said.link.start('a-1', work);
        said.link.adopt([{ attempt: 'a-2', work }]);
        for (const piece of pieces) await said.hears(piece);
        const ended = said.ends.map(([attempt]) => attempt);
        expect(new Set(ended).size).toBe(ended.length);
        expect(ended.filter((attempt) => attempt !== 'a-1' && attempt !== 'a-2')).toEqual([]);
        expect(said.reconciled).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});

test('garbage before, between and after them does not hide the lines of the protocol', async () => {
  const noise = fc.uint8Array().map((bytes) => Buffer.concat([bytes, Buffer.from('\n')]));
  await fc.assert(
    fc.asyncProperty(noise, noise, fc.integer({ min: 1, max: exit.length }), async (before, after, cut) => {
      const said = new Said();
      said.link.start('a-1', work);
      await said.hears(before);
      await said.hears(Buffer.from(exit.slice(0, cut)));
      await said.hears(Buffer.from(`${exit.slice(cut)}\n`));
      await said.hears(after);
      await said.hears(Buffer.from(`${exit}\n`));
      expect(said.ends).toEqual([['a-1', { kind: 'exited', code: 3 }]]);
    }),
    { numRuns: 300 },
  );
});
