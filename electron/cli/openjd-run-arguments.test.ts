import { describe, expect, test } from 'vitest';
import { parseRunArguments } from './openjd-run-arguments';

test('a file alone', () =>
  expect(parseRunArguments(['job.yaml'])).toEqual({
    file: 'job.yaml',
    step: null,
    parameters: [],
    environments: [],
    rules: null,
    tasks: { kind: 'all' },
    runDependencies: false,
    extensions: new Set(['TASK_CHUNKING', 'REDACTED_ENV_VARS', 'FEATURE_BUNDLE_1']),
    preserve: false,
    verbose: false,
    timestamps: 'relative',
    output: 'human-readable',
  }));

test('everything, in the order in which it was typed', () => {
  const line =
    'job.yaml --step Render --run-dependencies -p A=1 --job-param file://b.yaml -p A=2 --env one.yaml ' +
    '--environment two.yaml --env three.yaml --path-mapping-rules file://rules.json -tp Frame=1 --task-param Side=x ' +
    '--extensions TASK_CHUNKING,FEATURE_BUNDLE_1 --preserve --verbose --timestamp-format utc --output yaml';
  expect(parseRunArguments(line.split(' '))).toEqual({
    file: 'job.yaml',
    step: 'Render',
    parameters: ['A=1', 'file://b.yaml', 'A=2'],
    environments: ['one.yaml', 'two.yaml', 'three.yaml'],
    rules: 'file://rules.json',
    tasks: { kind: 'one', values: ['Frame=1', 'Side=x'] },
    runDependencies: true,
    extensions: new Set(['TASK_CHUNKING', 'FEATURE_BUNDLE_1']),
    preserve: true,
    verbose: true,
    timestamps: 'utc',
    output: 'yaml',
  });
});

describe('tasks', () => {
  test.each([
    [['--maximum-tasks', '5'], { kind: 'first', most: 5 }],
    [['--maximum-tasks=5'], { kind: 'first', most: 5 }],
    [['--maximum-tasks', '-1'], { kind: 'all' }],
    [['--tasks', '[{"A": 1}]'], { kind: 'list', text: '[{"A": 1}]' }],
    [['-t', 'A=1'], { kind: 'one', values: ['A=1'] }],
  ])('%j', (words, tasks) => expect(parseRunArguments(['job.yaml', ...words])).toMatchObject({ tasks }));
});

test('help needs nothing else', () => expect(parseRunArguments(['-h'])).toBeNull());

test.each([
  [[], 'one FILE'],
  [['a', 'b'], 'one FILE'],
  [['a', '--stp', 'x'], '--stp'],
  [['a', '--maximum-tasks'], '--maximum-tasks'],
  [['a', '--maximum-tasks', '0'], 'from 1'],
  [['a', '--maximum-tasks', 'all'], 'from 1'],
  [['a', '-tp', 'A=1', '--tasks', '[]'], 'only one of'],
  [['a', '--timestamp-format', 'unix'], 'relative, local, utc'],
  [['a', '--output', 'xml'], 'human-readable, json, yaml'],
  [['a', '--extensions', 'EXPR'], 'TASK_CHUNKING'],
  [['a', '--run-dependencies', '--no-run-dependencies'], 'contradict'],
])('%j is refused', (words, message) => expect(() => parseRunArguments(words)).toThrow(message));
