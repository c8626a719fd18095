import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentFiles } from '../reach';
import { findHere } from './find-here';
import { searchLog, searchStretches, type LogFound, type LogQuery } from './search';

const never = new AbortController().signal;
const aborted = AbortSignal.abort();

/** A file in memory, and how it was read. */
class MemoryFile implements AgentFiles {
  readonly find = null;
  readonly reads: number[] = [];
  constructor(private readonly bytes: Buffer) {}

  async read(_path: readonly string[], from: number, bytes: number) {
    this.reads.push(bytes);
    return { from, bytes: this.bytes.subarray(from, from + bytes), size: this.bytes.length };
  }
}

const lower = (bytes: Buffer): string =>
  bytes.toString('latin1').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function naive(log: Buffer, { text, from, most }: LogQuery): number[] {
  const [all, wanted] = [lower(log), lower(Buffer.from(text))];
  const found: number[] = [];
  for (let at = all.indexOf(wanted, from); at >= 0 && found.length < most;) {
    found.push(at);
    at = all.indexOf(wanted, at + wanted.length);
  }
  return found;
}

async function search(log: Buffer, query: LogQuery, stretch: number, signal = never): Promise<LogFound> {
  const find = findHere(new MemoryFile(log), [], query.text);
  const found = await searchStretches(query, log.length, stretch, signal, find);
  if (found === null) throw new Error('it could not tell');
  return found;
}

/** Few different characters, so that there are many matches, also such that overlap. */
const piece = fc.constantFrom(
  'a',
  'A',
  'b',
  'é',
  'É',
  '\n',
  '\r\n',
  '\0',
  '\u001b[1m',
  '😀',
  '.',
  '*',
  '[',
  '\\',
);
const logs = fc
  .array(
    fc.oneof(
      piece.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 3 }),
    ),
    { maxLength: 80 },
  )
  .map((pieces) => Buffer.concat(pieces));
const texts = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const places = fc.nat(200);
const mosts = fc.integer({ min: 1, max: 8 });
const stretches = fc.integer({ min: 1, max: 40 });

describe('a search in a log', () => {
  it('forwards finds what a naive search finds', async () => {
    await fc.assert(
      fc.asyncProperty(logs, texts, places, mosts, stretches, async (log, text, from, most, stretch) => {
        const query: LogQuery = { text, direction: 'forwards', from, most };
        const { matches, to, toEnd } = await search(log, query, stretch);
        expect(matches).toEqual(naive(log, query));
        expect(toEnd).toBe(naive(log, { ...query, from: Math.max(from, to) }).length === 0 && toEnd);
        if (matches.length < most) expect(toEnd).toBe(true);
      }),
    );
  });

  it('backwards leaves nothing out: what it does not tell of overlaps what it tells of', async () => {
    await fc.assert(
      fc.asyncProperty(logs, texts, places, mosts, stretches, async (log, text, from, most, stretch) => {
        const { matches, to } = await search(log, { text, direction: 'backwards', from, most }, stretch);
        const [all, wanted] = [lower(log), lower(Buffer.from(text))];
        expect(matches.length).toBeLessThanOrEqual(most);
        expect(matches).toEqual(matches.toSorted((a, b) => a - b));
        for (const at of matches) expect(all.startsWith(wanted, at) && at < from).toBe(true);
        for (let at = to; at < Math.min(from, all.length); at++) {
          if (!all.startsWith(wanted, at)) continue;
          expect(matches.some((match) => Math.abs(match - at) < wanted.length)).toBe(true);
        }
        if (matches.length < most) expect(to).toBe(0);
      }),
    );
  });

  it('goes on where it was broken off', async () => {
    const both = fc.constantFrom<LogQuery['direction']>('forwards', 'backwards');
    await fc.assert(
      fc.asyncProperty(logs, texts, both, mosts, stretches, async (log, text, direction, most, stretch) => {
        const from = direction === 'forwards' ? 0 : log.length;
        const found: number[] = [];
        let part: LogFound = { matches: [], to: from, toEnd: false, size: 0 };
        for (let tries = 0; !part.toEnd; tries++) {
          part = await search(log, { text, direction, from: part.to, most }, stretch, aborted);
          found.push(...part.matches);
          expect(tries).toBeLessThan(2 * log.length + 2);
        }
        if (direction === 'forwards')
          expect(found).toEqual(naive(log, { text, direction, from, most: Infinity }));
        else expect(found.length > 0).toBe(naive(log, { text, direction, from: 0, most: 1 }).length > 0);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('finds what is completed later by what is added', async () => {
    const first = await search(Buffer.from('one fra'), { ...query('frame'), from: 0 }, 100);
    expect(first).toMatchObject({ matches: [], to: 3, toEnd: true });
    const second = await search(Buffer.from('one frame'), { ...query('frame'), from: first.to }, 100);
    expect(second.matches).toEqual([4]);
  });

  it('reads a large log in pieces, and stops after the first when nobody waits any more', async () => {
    const mebibyte = 1024 * 1024;
    const log = Buffer.alloc(5 * mebibyte, '.');
    log.write('Needle', 3 * mebibyte - 3);
    const file = new MemoryFile(log);
    expect((await searchLog(file, [], query('needle'), never)).matches).toEqual([3 * mebibyte - 3]);
    expect(Math.max(...file.reads)).toBeLessThan(mebibyte + 10);
    const few = new MemoryFile(log);
    expect(await searchLog(few, [], query('needle'), aborted)).toMatchObject({
      matches: [],
      to: mebibyte,
      toEnd: false,
    });
    expect(few.reads).toHaveLength(2);
  });
});

const query = (text: string): LogQuery => ({ text, direction: 'forwards', from: 0, most: 100 });
