import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addProgram, shells } from '../health/shells-for-tests';
import { agentFolder, localNode } from '../node-for-tests';
import { answersOf, linesOf, readAnswers, type Question } from './question';

let root: string;
let bin: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drover ask-'));
  bin = join(root, 'bin');
  mkdirSync(bin);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const file = (name: string, mode = 0o644): string => {
  const path = join(root, name);
  writeFileSync(path, 'x', { mode });
  chmodSync(path, mode);
  return path;
};
const isRoot = process.getuid?.() === 0;

describe.each(shells)('questions to a node, in %s', (shell) => {
  const ask = (...questions: readonly Question[]): readonly (string | null)[] => {
    const words = [...(shell === 'busybox' ? ['sh'] : []), join(agentFolder, 'ask.sh'), bin];
    const answer = execFileSync(shell, words, { input: linesOf(questions), encoding: 'utf8', cwd: root });
    return readAnswers(answer, questions.length);
  };

  test('programs: those of PATH, those that Drover brings, and what a shell can do itself', () => {
    addProgram(bin, 'drover-own', 'true');
    const program = (name: string): Question => ({ kind: 'program', name });
    expect(ask(program('cat'), program('not there'), program('drover-own'), program('echo'))).toEqual([
      'yes',
      'no',
      'yes',
      'yes',
    ]);
  });

  test('files of any name, what can be run, and folders', () => {
    mkdirSync(join(root, 'a folder'));
    symlinkSync('nowhere', join(root, 'broken'));
    const names = ['plain', ' b ', '-n', 'line\nend\n', '$(touch x)', '\\0101', '%s', "it's"];
    for (const name of names) file(name);
    const path = (name: string): string => join(root, name);
    expect(ask(...names.map((name): Question => ({ kind: 'file', name: path(name) })))).toEqual(
      names.map(() => 'yes'),
    );
    file('tool', 0o755);
    const each = (kind: Question['kind'], ...all: readonly string[]) =>
      ask(...all.map((name): Question => ({ kind, name: path(name) })));
    expect(each('file', 'none', 'broken', 'a folder')).toEqual(['no', 'no', 'yes']);
    expect(each('run', 'tool', 'plain', 'a folder', 'none')).toEqual([
      'yes',
      'notExecutable',
      'folder',
      'no',
    ]);
    expect(each('folder', 'a folder', 'plain', 'none')).toEqual(['yes', 'notFolder', 'no']);
    expect(each('output', 'a folder', 'new/in/it', 'plain/in/it')).toEqual(['yes', 'yes', 'notFolder']);
  });

  test('how much room there is where a folder is, or would be; also for names within the home folder', () => {
    const [there, not, home] = ask(
      { kind: 'room', name: root },
      { kind: 'room', name: join(root, 'not/yet') },
      { kind: 'room', name: '.drover' },
    );
    expect(Number(there)).toBeGreaterThan(0);
    expect(not).toMatch(/^\d+$/);
    expect(home).toMatch(/^\d+$/);
  });

  test.skipIf(isRoot)('what may not be read, entered or written', () => {
    mkdirSync(join(root, 'closed'), { mode: 0o500 });
    mkdirSync(join(root, 'dark'), { mode: 0o600 });
    expect(
      ask(
        { kind: 'file', name: file('secret', 0o000) },
        { kind: 'output', name: join(root, 'closed/new') },
        { kind: 'folder', name: join(root, 'dark') },
      ),
    ).toEqual(['unreadable', 'readOnly', 'unreadable']);
  });
});

test('this machine is asked without a connection, and sees what tasks would see', async () => {
  const node = localNode(join(root, 'node'), () => {});
  const questions: readonly Question[] = [
    { kind: 'program', name: 'drover-node' },
    { kind: 'program', name: 'no-such-program' },
    { kind: 'folder', name: root },
  ];
  expect(await node.ask(questions, AbortSignal.timeout(10_000))).toEqual(['yes', 'no', 'yes']);
  node.close();
});

test('of a node that hangs, what it has said before is kept', async () => {
  const asked = spawn('sh', ['-c', 'echo ANSWER 0 yes; exec sleep 1000']);
  const end = new AbortController();
  asked.stdout.once('data', () => setImmediate(() => end.abort()));
  const ended = new Promise((done) => asked.once('close', done));
  const stop = (): void => void asked.kill('SIGKILL');
  const text = await answersOf({ stdin: asked.stdin, stdout: asked.stdout, ended, stop }, 'x\n', end.signal);
  expect(readAnswers(text, 2)).toEqual(['yes', null]);
  await ended;
});
