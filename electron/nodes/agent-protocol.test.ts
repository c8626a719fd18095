import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../line-splitter';
import { parseAgentLine } from './agent-protocol';

const place = '3518720-6189-1';
const record = '143 35465.62 35467.12 20480 stopped 0m0.502s 1m0.100s';
const read = {
  code: 143,
  reason: 'stopped',
  wallMs: 1500,
  cpuMs: 60_602,
  peakMemoryMiB: 20,
} as const;

test('reads what the agent says', () => {
  expect(parseAgentLine('HELLO 2 0f1e-22')).toEqual({ kind: 'hello', version: 2, boot: '0f1e-22' });
  expect(parseAgentLine(`EXIT a-x1-2 ${place} ${record}`)).toEqual({
    kind: 'exit',
    id: 'a-x1-2',
    place,
    record: read,
  });
  expect(parseAgentLine(`STATE a-1 exited ${place} ${record}`)).toEqual({
    kind: 'state',
    id: 'a-1',
    state: { kind: 'exited', place, record: read },
  });
  expect(parseAgentLine('STATE a-1 running -')).toEqual({
    kind: 'state',
    id: 'a-1',
    state: { kind: 'running', place: null },
  });
  const session = 's-0123456789abcdef01234567';
  expect(parseAgentLine(`SESSION ${session}`)).toEqual({ kind: 'session', session });
  expect(parseAgentLine('STATE a-1 gone its process is gone')).toEqual({
    kind: 'state',
    id: 'a-1',
    state: { kind: 'gone', reason: 'its process is gone' },
  });
});

test('processor time is read however numbers are written there; memory that nobody saw is not known', () => {
  const line = `EXIT a-1 ${place} 0 1 2.5 0 - 0m1,5s 0m0s`;
  expect(parseAgentLine(line)).toMatchObject({
    record: { code: 0, reason: '-', wallMs: 1500, cpuMs: 1500, peakMemoryMiB: null },
  });
});

test.each([
  '',
  'EXIT',
  'EXIT a-1',
  'EXIT a-1 0',
  `EXIT a-1 ../x ${record}`,
  `EXIT ../x ${place} ${record}`,
  `EXIT a-1 ${place} ${record} and more`,
  `EXIT a-1 ${place} ${record.replace('143', '256')}`,
  `EXIT a-1 ${place} ${record.replace('stopped', 'tired')}`,
  'STATE a-1 exited',
  'STATE a-1 dancing',
  `exit a-1 ${place} ${record}`,
  'HELLO x y',
  ' EXIT a-1 0',
])('takes no notice of %j', (line) => expect(parseAgentLine(line)).toBeNull());

test('never fails on garbage, nor invents an attempt', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .constantFrom('EXIT', 'STATE', 'HELLO')
          .chain((word) => fc.string().map((rest) => `${word} ${rest}`)),
      ),
      (line) => {
        const parsed = parseAgentLine(line);
        if (parsed !== null && 'id' in parsed) expect(parsed.id).toMatch(/^a-[a-z0-9-]+$/);
      },
    ),
  );
});

test('cuts lines the same way however the bytes arrive, and bounds the long ones', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(20)), (text, cuts) => {
      const bytes = Buffer.from(text);
      const whole = collect([bytes]);
      const pieces: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) pieces.push(bytes.subarray(from, (from += cut)));
      expect(collect([...pieces, bytes.subarray(from)])).toEqual(whole);
    }),
  );
  expect(collect([Buffer.from(`${'x'.repeat(200_000)}\nnext\n`)]).map((line) => line.length)).toEqual([
    65_536, 4,
  ]);
});

function collect(pieces: readonly Buffer[]): readonly string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  pieces.forEach((piece) => splitter.push(piece));
  return lines;
}
