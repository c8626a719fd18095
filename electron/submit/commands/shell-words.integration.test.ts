import { array, assert, constantFrom, property } from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCommandLine } from './shell-words';

const signs = [
  'a',
  '0',
  ' ',
  ' ',
  "'",
  '"',
  '\\',
  '$',
  '~',
  '#',
  '=',
  '\n',
  '\t',
  '/',
  '.',
  ',',
  '{',
  '}',
  '-',
];

it('reads words as a real shell does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-words-'));
  try {
    const texts: string[] = [];
    const expected: (readonly string[])[] = [];
    assert(
      property(array(constantFrom(...signs), { maxLength: 14 }), (pieces) => {
        // What comes first would be the command itself.
        const text = `x ${pieces.join('')}`;
        const line = readCommandLine(text, folder);
        if (line.kind !== 'words' || text.trim() !== text) return;
        texts.push(text);
        expected.push(line.words.slice(1));
      }),
      { numRuns: 3000 },
    );
    expect(texts.length).toBeGreaterThan(300);
    const script = texts.map((text) => `${text}\n`).join('');
    const tell = `x() { printf '%s' "$#"; for one do printf '\\0%s' "$one"; done; printf '\\0\\0'; }\n`;
    const { stdout, status, stderr } = spawnSync('/bin/sh', [], {
      input: tell + script,
      env: { HOME: folder, PATH: '/nonexistent' },
      cwd: folder,
    });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
    const told = expected.map((words) => `${[String(words.length), ...words].join('\0')}\0\0`).join('');
    expect(String(stdout)).toBe(told);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
