import { expect, test } from 'vitest';
import { imported, refusedFor } from './imports-for-tests';

test('tasks with what they need and what comes first', () => {
  const { batch, lost, assumed } = imported(
    'pipeline.toml',
    `name = "pipeline"
max_fails = 11
[[task]]
id = 12
command = ["/bin/bash", "-c", "echo $ABC {{x}}"] # all of it
time_limit = "1m 10s"
priority = -1
crash_limit = 12
cwd = "/work"
stdin = "Hello"
env = { "ABC" = "123", XYZ = 'a\\b' }
[[task.request]]
resources = { "cpus" = "4 compact!", "gpus/nvidia" = 0.5, lic = 2 }
time_request = "10s"

[[task]]
command = [
  "sleep", # as long
  "1",
]
deps = [12]
`,
  );
  expect(batch.name).toBe('pipeline');
  expect(batch.jobs).toMatchObject([
    {
      name: 'task-12',
      priority: 'LOW',
      steps: [
        {
          action: { argv: ['/bin/bash', '-c', 'echo $ABC {{Braces}}x}}'] },
          folder: '/work',
          timeoutMs: 70_000,
          environment: { HQ_JOB_NAME: 'pipeline', ABC: '123', XYZ: 'a\\b' },
          request: { cpu: 4, cores: 'pinned', gpu: 0.5, special: { lic: 2 } },
        },
      ],
    },
    { name: 'task-0', steps: [{ action: { argv: ['sleep', '1'] } }] },
  ]);
  expect(batch.dependencies).toMatchObject([{ from: { job: 'task-12' }, to: { job: 'task-0' } }]);
  expect(lost).toEqual(['2:13 max_fails', '10:9 stdin', '14:16 time_request']);
  expect(assumed).toHaveLength(4);
});

test('arrays of numbers, and of entries', () => {
  const array = (...lines: readonly string[]) =>
    imported('a.toml', ['[array]', 'command = ["echo"]', ...lines].join('\n')).batch.jobs[0]?.steps[0];
  expect(array('ids = "1,2,50-100"')).toMatchObject({
    space: { kind: 'frames', ranges: [{ first: 1 }, { first: 2 }, { first: 50, count: 51 }] },
    environment: { HQ_TASK_ID: '{{Frame}}' },
  });
  expect(array('ids = "7-8"', 'entries = ["One", "Two"]')).toMatchObject({
    space: {
      rows: [
        ['7', 'One'],
        ['8', 'Two'],
      ],
    },
    environment: { HQ_TASK_ID: '{{Id}}', HQ_ENTRY: '{{Entry}}' },
  });
});

test('texts as TOML writes them', () => {
  const argv = (text: string) =>
    imported('a.toml', `[[task]]\ncommand = ["x", ${text}]\n`).batch.jobs[0]?.steps[0]?.action;
  expect(argv('"a\\tb\\u00e9"')).toMatchObject({ argv: ['x', 'a\tbé'] });
  expect(argv('"""\none\n  two \\\n   three"""')).toMatchObject({ argv: ['x', 'one\n  two three'] });
  expect(argv("'''\n\"raw\" \\n'''")).toMatchObject({ argv: ['x', '"raw" \\n'] });
});

test('what is wrong is told with its place', () => {
  const wrong = (...lines: readonly string[]) => refusedFor('a.toml', ['[[task]]', ...lines].join('\n'));
  expect(wrong('command = [x]')).toEqual(['2:12 bad-syntax']);
  expect(wrong('command = ["x"', 'a = 1')).toEqual(['3:1 bad-syntax']);
  expect(wrong('command = "open')).toEqual(['2:11 bad-syntax']);
  expect(wrong('command = ["x"] y')).toEqual(['2:16 bad-syntax']);
  expect(wrong('command = ["x"]', 'command = ["x"]')).toEqual(['3:1 bad-syntax']);
  expect(wrong(`command = ${'['.repeat(5000)}`)).toEqual(['2:44 bad-syntax']);
  expect(wrong('cwd = "x"')).toEqual(['1:1 no-action']);
  expect(wrong('command = ["x"]', 'deps = [3]')).toEqual(['3:9 unknown-task']);
});
