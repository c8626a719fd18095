import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../line-splitter';
import { parseAgentLine } from './agent-protocol';

test('reads what the agent says', () => {
  expect(parseAgentLine('HELLO 1 0f1e-22')).toEqual({ kind: 'hello', version: 1, boot: '0f1e-22' });
  expect(parseAgentLine('EXIT a-x1-2 143')).toEqual({ kind: 'exit', id: 'a-x1-2', code: 143 });
  expect(parseAgentLine('STATE a-1 exited 0')).toEqual({
    kind: 'state',
    id: 'a-1',
    state: { kind: 'exited', code: 0 },
  });
  expect(parseAgentLine('STATE a-1 gone its process is gone')).toEqual({
    kind: 'state',
    id: 'a-1',
    state: { kind: 'gone', reason: 'its process is gone' },
  });
});

test.each([
  '',
  'EXIT',
  'EXIT a-1',
  'EXIT a-1 x',
  'EXIT a-1 1 2',
  'EXIT ../x 0',
  'STATE a-1 exited',
  'STATE a-1 dancing',
  'exit a-1 0',
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
