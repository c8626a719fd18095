import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noRequest } from '../../shared/model/amounts';
import type { Action } from '../../shared/model/batch';
import { sharedFiles } from '../../shared/model/files';
import { recognised } from '../../shared/model/progress';
import { noRequirements } from '../../shared/model/requirements';
import { noRetry } from '../../shared/model/retry';
import type { Order } from '../engine/effects';
import { escapeForPrintf, shellQuote } from './quote';
import { isForAnyShell, scriptFor } from './script';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-script-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function order(
  action: Action,
  parameters: Record<string, string> = {},
  environment: Record<string, string> = {},
): Order {
  return {
    attempt: 'a-1',
    node: 'local',
    batch: 'b1',
    batchName: 'Test',
    job: 'beauty',
    step: {
      name: 'main',
      action,
      space: { kind: 'frames', ranges: [{ first: -5, step: 5, count: 3 }] },
      request: { ...noRequest, cpu: 1 },
      needs: noRequirements,
      retry: noRetry,
      timeoutMs: null,
      preemptible: false,
      progress: recognised,
      files: sharedFiles,
      folder,
      environment,
      environments: [],
      graceMs: null,
      paths: null,
      parameters,
    },
    task: 2,
    output: join(folder, 'out put'),
    request: noRequest,
    placement: null,
  };
}

const places = { bin: '/nowhere', runtime: process.execPath, root: '/nowhere', sessions: '/nowhere' };
const here = {
  owner: { host: 'h1' },
  pathOn: (path: string) => path,
  mappings: () => [],
  manners: () => ({ umask: null }),
};
const run = (made: Order): string =>
  execFileSync('sh', ['-c', scriptFor(made, places, here)], { encoding: 'utf8' });

/** Any text that a command line can carry at all. */
const anyText = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text);

test('a task finds its parameters, its folder and its output', () => {
  const script = 'printf "%s|%s|%s|%s" {{Frame}} "$DROVER_PARAM_Frame" "$PWD" {{Output}}; test -d {{Output}}';
  expect(run(order({ kind: 'script', text: script }))).toBe(`5|5|${folder}|${join(folder, 'out put')}`);
});

test('a command gets each argument exactly as it is', () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const made = order(
        { kind: 'command', argv: ['printf', '%s|%s', 'a{{Value}}b', '{{Value}}'] },
        { Value: value },
      );
      expect(run(made)).toBe(`a${value}b|${value}`);
    }),
    { numRuns: 40 },
  );
});

test('a value in a script is data wherever it stands: unquoted, in double or in single quotes', () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const text = `printf '%s|%s|%s' {{Value}} "x{{Value}}y" 'x{{Value}}y'`;
      expect(run(order({ kind: 'script', text }, { Value: value }))).toBe(`${value}|x${value}y|x${value}y`);
    }),
    { numRuns: 40 },
  );
});

test('an apostrophe in a comment does not matter', () => {
  const text = `# don't mind {{Value}}\nprintf %s {{Value}} # it's the end`;
  expect(run(order({ kind: 'script', text }, { Value: 'two words' }))).toBe('two words');
});

test('even when the quotes cannot be followed, a value is never executed', () => {
  const trace = join(folder, 'executed');
  const hostile = `x'; touch ${trace}; $(touch ${trace}) \`touch ${trace}\` "; touch ${trace}; '`;
  const text = `cat <<END >/dev/null\ndon't count on this apostrophe\nEND\nprintf '%s' {{Value}} "{{Value}}" '{{Value}}'`;
  run(order({ kind: 'script', text }, { Value: hostile }));
  expect(existsSync(trace)).toBe(false);
});

test('without environments there is nothing of a session in it', () => {
  const text = scriptFor(order({ kind: 'script', text: 'true' }), places, here);
  expect(text).not.toContain('session');
});

test('any shell may run what only becomes a program, and has all of the machine', () => {
  const command = order({ kind: 'command', argv: ['printf', '%s'] });
  const cores = { cores: [1], gpus: [] };
  expect(isForAnyShell(command)).toBe(true);
  expect(isForAnyShell({ ...command, placement: cores })).toBe(false);
  expect(isForAnyShell(order({ kind: 'command', argv: ['-a', 'b'] }))).toBe(false);
  expect(isForAnyShell(order({ kind: 'script', text: 'true' }))).toBe(false);
});

test('environment values are data too', () => {
  const made = order(
    { kind: 'command', argv: ['printenv', 'GREETING'] },
    { Name: `O'Hara $(id)` },
    { GREETING: 'hello {{Name}} $HOME' },
  );
  expect(run(made)).toBe("hello O'Hara $(id) $HOME\n");
});

test('a missing working directory ends the task with a message', () => {
  const made = order({ kind: 'command', argv: ['true'] });
  const elsewhere = { ...made, step: { ...made.step, folder: '/does/not exist' } };
  expect(() => run(elsewhere)).toThrow(expect.objectContaining({ status: 72 }));
});

test('quoting brings back any text, and so do printf escapes on a line that is read', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
      const escaped = escapeForPrintf(text);
      expect(escaped).toMatch(/^[\x20-\x7e]*$/);
      const read = 'read -r word line; printf %b "$line"';
      expect(execFileSync('sh', ['-c', read], { encoding: 'utf8', input: `START ${escaped}\n` })).toBe(text);
    }),
    { numRuns: 40 },
  );
});
