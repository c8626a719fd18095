import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockFolder } from './folder-lock';

function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'drover-lock-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('the lock of a folder', () => {
  test('is for one at a time', () => {
    const place = newFolder();
    const lock = lockFolder(place);
    expect(lockFolder(place)).toBeNull();
    lock?.release();
    const again = lockFolder(place);
    expect(again).not.toBeNull();
    again?.release();
  });

  test('is free again at once when its holder was killed', () => {
    const place = newFolder();
    const hold = `const SQLite = require('better-sqlite3'); const d = new SQLite(process.argv[1]);
      d.pragma('locking_mode = EXCLUSIVE'); d.exec('BEGIN EXCLUSIVE'); process.kill(process.pid, 'SIGKILL');`;
    expect(() =>
      execFileSync(process.execPath, ['-e', hold, join(place, 'host.lock')], { cwd: import.meta.dirname }),
    ).toThrow();
    const lock = lockFolder(place);
    expect(lock).not.toBeNull();
    lock?.release();
  });
});
