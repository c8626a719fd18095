import assert from 'node:assert/strict';
import { mostProblems } from '../../electron/submit/document/problems';
import type { Problem } from '../../electron/submit/document/problems';

/** What is wrong is told with a place that exists in one of the texts. */
export function arePlaced(problems: readonly Problem[], texts: Readonly<Record<string, string>>): void {
  assert(problems.length > 0 && problems.length <= mostProblems, 'there is nothing, or too much, to tell');
  for (const { file, line, column, message, code } of problems) {
    // Of tables a carriage return alone ends a line as well, as old spreadsheets write them.
    const ends = file.endsWith('.csv') ? /\r\n?|\n/ : '\n';
    const found = texts[file.replaceAll('\\', '/')]?.replace(/^\uFEFF/, '').split(ends)[line - 1];
    assert(found !== undefined, `there is no line ${line} of ${file}: ${message}`);
    assert(
      column > 0 && column <= found.length + 1,
      `there is no column ${column} in line ${line} of ${file}`,
    );
    assert(message !== '');
    assert.match(code, /^[a-z0-9-]+$/);
  }
}
