import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli } from '../../build/integration/farm';

let folder: string;
let temporary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openjd-run-'));
  temporary = mkdtempSync(join(tmpdir(), 'openjd-temporary-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `onOutput` is told all of stdout so far, and may send signals. */
function drover(
  words: readonly string[],
  onOutput: (output: string, interrupt: () => void) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [cli, 'openjd', 'run', ...words], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
    onOutput(stdout, () => child.kill('SIGINT'));
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const head = 'specificationVersion: jobtemplate-2023-09\n';
const leftFolders = (): readonly string[] => readdirSync(temporary);

test('with values, environments, rules and one task of one step', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Film {{Param.Show}}
parameterDefinitions:
  - { name: Show, type: STRING }
  - { name: Takes, type: INT, default: 1 }
  - { name: Scene, type: PATH, objectType: FILE }
steps:
  - name: Render
    parameterSpace:
      taskParameterDefinitions: [{ name: Frame, type: INT, range: 1-100 }]
    script:
      actions: { onRun: { command: echo, args: ['{{Task.Param.Frame}} {{Param.Takes}} {{Param.Scene}}'] } }
  - name: Cut
    script: { actions: { onRun: { command: echo, args: [cut] } } }
`,
  );
  file('values.yaml', 'Show: Ran\nTakes: 5\nScene: /mnt/a.blend\n');
  file(
    'env.yaml',
    'specificationVersion: environment-2023-09\nenvironment: { name: Outer, variables: { A: b } }\n',
  );
  file(
    'rules.json',
    '{"version":"pathmapping-1.0","path_mapping_rules":[{"source_path_format":"POSIX","source_path":"/mnt","destination_path":"/here"}]}',
  );
  const ended = await drover([
    ...[job, '-p', 'file://values.yaml', '-p', '{"Takes": 6}', '-p', 'Takes=7', '--env', 'env.yaml'],
    ...['--path-mapping-rules', `file://${folder}/rules.json`, '--step', 'Render', '-tp', 'Frame=101'],
  ]);
  expect(ended.stdout).toContain('101 7 /here/a.blend');
  expect(ended.stdout).toContain('Setting: A=b');
  expect(ended.stdout).toMatch(
    /Session ended successfully\n\nJob: Film Ran\nStep: Render\n.*\nTasks run: 1\n$/,
  );
  expect(ended.stdout).not.toContain('\tcut');
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(leftFolders()).toEqual([]);
});

test('a result for programs stands alone, also that of a failure', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Fails
steps:
  - name: One
    parameterSpace:
      taskParameterDefinitions: [{ name: N, type: INT, range: 1-3 }]
    script: { actions: { onRun: { command: sh, args: [-c, 'exit {{Task.Param.N}}'] } } }
`,
  );
  const tasks = '[{"N": 0}, {"N": 42}, {"N": 0}]';
  const { status, stdout, stderr } = await drover([job, '--tasks', tasks, '--output', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', job_name: 'Fails', tasks_run: 2 });
  expect(stderr).toContain('exited with code: 42');
  expect(status).toBe(1);
});

test('all that is wrong is told with its place, and nothing is run', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Wrong
jobEnvironments: [{ name: A, script: { actions: { onEnter: { command: touch, args: [/never] } } } }]
steps: [{ name: One, script: { actions: { onRun: { command: '{{Param.None}}' } } } }]
`,
  );
  file('values.yaml', 'A: [1]\n');
  const { status, stderr, stdout } = await drover([job, '-p', 'file://values.yaml', '-p', 'novalue']);
  expect(stderr).toMatch(/job\.yaml:5:\d+: .*Param\.None/);
  expect(stderr).toContain('values.yaml:1:4: A: ');
  expect(stderr).toContain('NAME=VALUE');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(leftFolders()).toEqual([]);
});

test('the folder stays when it is wanted, and is told', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Kept
steps: [{ name: One, script: { actions: { onRun: { command: sh, args: [-c, 'echo kept >note'] } } } }]
`,
  );
  const { stdout } = await drover([job, '--preserve', '--timestamp-format', 'utc']);
  const [, kept = ''] = /Working directory preserved at: (.*)/.exec(stdout) ?? [];
  expect(readFileSync(join(kept, 'note'), 'utf8')).toBe('kept\n');
  expect(leftFolders()).toHaveLength(1);
});

test('whatever is in the folder is removed, and nothing that it leads to', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Locked
steps:
  - name: One
    script:
      actions:
        onRun: { command: sh, args: [-c, 'mkdir -p a/b; ln -s ${folder} a/b/link; chmod 0 a/b; chmod 500 a'] }
`,
  );
  expect((await drover([job])).status).toBe(0);
  expect(leftFolders()).toEqual([]);
  expect(existsSync(join(folder, job))).toBe(true);
});

describe('interrupted', () => {
  const job = (cancelation: string): string =>
    file(
      'job.yaml',
      `${head}
name: Long
jobEnvironments:
  - { name: A, script: { actions: { onExit: { command: echo, args: [left A] } } } }
steps:
  - name: One
    parameterSpace: { taskParameterDefinitions: [{ name: N, type: INT, range: 1-9 }] }
    script:
      actions:
        onRun:
          command: sh
          args: ['{{Task.File.Run}}']
          cancelation: ${cancelation}
      embeddedFiles:
        - name: Run
          type: TEXT
          data: |
            trap 'echo "saved $(cat cancel_info.json)"' TERM
            echo "task {{Task.Param.N}}"
            while :; do sleep 0.1; done
`,
    );
  /** Once for each text, when it has come. */
  const interruptAt = (...texts: readonly string[]) => {
    let sent = 0;
    return (output: string, interrupt: () => void): void => {
      if (sent < texts.length && output.includes(`\t${texts[sent]}`)) {
        sent++;
        interrupt();
      }
    };
  };

  test('what runs is ended, and environments are left', async () => {
    const ended = await drover([job('{ mode: TERMINATE }')], interruptAt('task 1'));
    expect(ended.stdout).toMatch(/was ended by SIGKILL[\s\S]*left A[\s\S]*Session was canceled/);
    expect(ended.stdout).not.toContain('task 2');
    expect(ended.status).toBe(1);
    expect(leftFolders()).toEqual([]);
  });

  test('what is asked to end is ended at once when asked again', async () => {
    const patient = '{ mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 600 }';
    const ended = await drover([job(patient)], interruptAt('task 1', 'saved {"NotifyEnd":"20'));
    expect(ended.stdout).toMatch(/saved [\s\S]*was ended by SIGKILL[\s\S]*left A[\s\S]*Session was canceled/);
    expect(ended.status).toBe(1);
  });
});

test('it goes on to the end when nobody reads what it prints any more', async () => {
  const job = file(
    'job.yaml',
    `${head}
name: Unread
jobEnvironments:
  - { name: A, script: { actions: { onExit: { command: touch, args: ['${join(folder, 'left')}'] } } } }
steps:
  - name: One
    script: { actions: { onRun: { command: sh, args: [-c, 'yes | head -n 100000'] } } }
`,
  );
  const child = spawn('sh', ['-c', '"$@" | head -n 1', 'sh', process.execPath, cli, 'openjd', 'run', job], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
  });
  await new Promise((resolve) => child.once('close', resolve));
  const left = async (): Promise<void> => {
    while (!existsSync(join(folder, 'left')) || leftFolders().length > 0)
      await new Promise((done) => setTimeout(done, 20));
  };
  await left();
});
