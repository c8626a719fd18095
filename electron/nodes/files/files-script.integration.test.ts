import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentFolder } from '../node-for-tests';
import { escapeForPrintf } from '../quote';
import { shells } from '../health/shells-for-tests';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover files-'));
  for (const folder of ['cache', 'work']) mkdirSync(join(home, '.drover', folder), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const there = (...names: readonly string[]): string => join(home, '.drover', ...names);
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

function cached(text: string): string {
  const hash = sha(text);
  mkdirSync(there('cache', hash.slice(0, 2)), { recursive: true });
  writeFileSync(there('cache', hash.slice(0, 2), hash), text, { mode: 0o444 });
  return hash;
}

function daysAgo(days: number, ...names: readonly string[]): void {
  const then = Date.now() / 1000 - days * 86_400 - 3600;
  utimesSync(there(...names), then, then);
}

describe.each(shells)('the files of a node, in %s', (shell) => {
  const run = (words: readonly string[], lines: readonly string[] = []): string =>
    execFileSync(shell, [...(shell === 'busybox' ? ['sh'] : []), join(agentFolder, 'files.sh'), ...words], {
      env: { ...process.env, HOME: home },
      input: lines.map((line) => `${line}\n`).join(''),
      encoding: 'utf8',
    });

  test('how much room there is, and where', () => {
    expect(run(['room'])).toMatch(/^ROOM [1-9]\d* \/.*\/\.drover\n$/);
  });

  test('sums of files with any name', () => {
    const names = ['plain', 'a b', '-n', 'line\nend\n', '$(x)', '\\0101', '%s'];
    for (const name of names) writeFileSync(there(name), `this is ${name}`);
    const asked = [...names.slice(0, 2), 'missing', ...names.slice(2), 'cache'];
    const lines = run(['sums'], asked.map(escapeForPrintf)).trim().split('\n');
    const expected = asked.flatMap((name, index) =>
      names.includes(name) ? [`SUM ${index} ${sha(`this is ${name}`)}`] : [],
    );
    expect(lines).toEqual(expected);
  });

  test('files are laid as links, programs as copies; what is not as it should be is laid again', () => {
    const [scene, program] = [cached('scene'), cached('program')];
    const names = ['scene', 'sub dir/-x\n', 'sub dir/again'];
    const lines = [...names.map((name) => `${scene} - ${escapeForPrintf(name)}`), `${program} x run`];
    const folder = run(['lay', 'b1-aa/in-1'], lines).trim().replace('LAID ', '');
    const isSame = (name: string): boolean =>
      statSync(join(folder, name)).ino === statSync(there('cache', scene.slice(0, 2), scene)).ino;
    expect(names.map(isSame)).toEqual([true, true, true]);
    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o755);
    rmSync(join(folder, 'scene'));
    mkdirSync(join(folder, 'scene'));
    rmSync(join(folder, 'sub dir/again'));
    writeFileSync(join(folder, 'sub dir/again'), 'other');
    writeFileSync(join(folder, 'run'), 'other');
    expect(run(['lay', 'b1-aa/in-1'], lines)).toBe(`LAID ${folder}\n`);
    expect(names.map(isSame)).toEqual([true, true, true]);
    expect(readFileSync(join(folder, 'run'), 'utf8')).toBe('program');
  });

  test('what is to be written on is a copy, also when half of it was there', () => {
    const state = cached('state');
    const place = there('work', 'b1-aa', 'out-a-1');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'run.cpt'), 'sta');
    const lines = [`${state} w run.cpt`, `${state} w ${escapeForPrintf('deep er/run.cpt')}`];
    const folder = run(['lay', 'b1-aa/out-a-1'], lines).trim().replace('LAID ', '');
    for (const name of ['run.cpt', 'deep er/run.cpt']) {
      expect(readFileSync(join(folder, name), 'utf8')).toBe('state');
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o644);
      writeFileSync(join(folder, name), 'further');
    }
    expect(readFileSync(there('cache', state.slice(0, 2), state), 'utf8')).toBe('state');
  });

  test('what was fetched is removed, also folders that nobody may write in', () => {
    mkdirSync(there('work', 'b1-aa', 'out-a-1', 'locked'), { recursive: true });
    writeFileSync(there('work', 'b1-aa', 'out-a-1', 'locked', 'x'), '');
    execFileSync('chmod', ['555', there('work', 'b1-aa', 'out-a-1', 'locked')]);
    run(['release'], ['b1-aa a-1', 'b1-aa a-2']);
    expect(existsSync(there('work', 'b1-aa', 'out-a-1'))).toBe(false);
    expect(existsSync(there('work', 'b1-aa', 'fetched-a-1'))).toBe(true);
    expect(existsSync(there('work', 'b1-aa', 'fetched-a-2'))).toBe(true);
  });

  test('what is old is removed, but for what is in use', () => {
    const [old, young] = [cached('old'), cached('young')];
    for (const work of ['b1-old', 'b1-used', 'b1-young'])
      mkdirSync(there('work', work, 'in-1'), { recursive: true });
    for (const work of ['b1-old', 'b1-used']) daysAgo(15, 'work', work);
    daysAgo(15, 'cache', old.slice(0, 2), old);
    run(['clean', '14', '100000'], ['b1-used']);
    expect(['b1-old', 'b1-used', 'b1-young'].map((work) => existsSync(there('work', work)))).toEqual([
      false,
      true,
      true,
    ]);
    expect([old, young].map((hash) => existsSync(there('cache', hash.slice(0, 2), hash)))).toEqual([
      false,
      true,
    ]);
  });

  test('when it is too much, the oldest goes first, and nothing of today', () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const hashes = [10, 5, 0].map((days) => {
      const hash = cached(`${days}${megabyte}`);
      if (days > 0) daysAgo(days, 'cache', hash.slice(0, 2), hash);
      return hash;
    });
    const left = (): readonly boolean[] =>
      hashes.map((hash) => existsSync(there('cache', hash.slice(0, 2), hash)));
    run(['clean', '14', '4']);
    expect(left()).toEqual([true, true, true]);
    run(['clean', '14', '3']);
    expect(left()).toEqual([false, true, true]);
    run(['clean', '14', '0']);
    expect(left()).toEqual([false, false, true]);
  });
});
