import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../../build/integration/farm';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openjd-check-'));
  writeFileSync(
    join(folder, 'job.yaml'),
    `specificationVersion: jobtemplate-2023-09
extensions: [FEATURE_BUNDLE_1]
name: Film
parameterDefinitions: [{ name: Takes, type: INT, default: 1 }]
steps: [{ name: Cut, bash: { script: 'echo {{Param.Takes}}' } }]
`,
  );
  writeFileSync(
    join(folder, 'wrong.yaml'),
    `specificationVersion: jobtemplate-2023-09
name: Film
parameterDefinitions: [{ name: Takes, type: INT, minValue: 3, maxValue: 2 }]
steps: [{ name: Cut, script: { actions: { onRun: { comand: cut, args: ['{{Param.Take}}'] } } } }]
`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function check(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, 'openjd', 'check', ...words],
      { cwd: folder },
      (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('a valid one, in words and for programs', async () => {
  const [inWords, json, yaml] = await Promise.all([
    check('job.yaml'),
    check('job.yaml', '--output', 'json'),
    check('job.yaml', '--output', 'yaml'),
  ]);
  expect(inWords).toEqual({
    status: 0,
    stdout: 'job.yaml is a valid job template: 1 step, 1 parameter.\n',
    stderr: '',
  });
  const summary = {
    kind: 'job',
    name: 'Film',
    extensions: ['FEATURE_BUNDLE_1'],
    parameters: ['Takes'],
    steps: ['Cut'],
  };
  expect(JSON.parse(json.stdout)).toEqual(summary);
  expect(parse(yaml.stdout)).toEqual(summary);
});

test('everything that is wrong at once, with its places', async () => {
  const [inWords, json, yaml] = await Promise.all([
    check('wrong.yaml'),
    check('wrong.yaml', '--json'),
    check('wrong.yaml', '--output', 'yaml'),
  ]);
  expect([inWords.status, json.status, yaml.status]).toEqual([2, 2, 2]);
  expect(inWords.stderr).toContain('wrong.yaml:3:');
  expect(inWords.stderr).toContain('did you mean "command"?');
  const places = [
    { line: 3, path: 'parameterDefinitions[0].maxValue' },
    { line: 4, path: 'steps[0].script.actions.onRun' },
    { line: 4, path: 'steps[0].script.actions.onRun.comand' },
    { line: 4, path: 'steps[0].script.actions.onRun.args[0]' },
  ];
  for (const told of [JSON.parse(json.stdout), parse(yaml.stdout)])
    expect(told).toMatchObject({ error: { code: 'refused', problems: places } });
});

test('extensions that may not be asked for, files that are none, and words that it does not take', async () => {
  const [extensions, missing, unknown, output] = await Promise.all([
    check('job.yaml', '--extensions', 'TASK_CHUNKING'),
    check('missing.yaml'),
    check('job.yaml', '--extensions', 'TASK_CHUNKS'),
    check('job.yaml', '--output', 'xml'),
  ]);
  expect([extensions, missing, unknown, output].map(({ status }) => status)).toEqual([2, 2, 2, 2]);
  expect(extensions.stderr).toContain('FEATURE_BUNDLE_1');
  expect(missing.stderr).toContain('missing.yaml');
  expect(unknown.stderr).toContain('TASK_CHUNKING, REDACTED_ENV_VARS, FEATURE_BUNDLE_1');
  expect(output.stderr).toContain('human-readable, json, yaml');
});
