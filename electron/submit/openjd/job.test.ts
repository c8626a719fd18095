/** Sections 1.2.1 and 7.4: values for parameters, of one template or of several together, and the job made of them. */
import { expect, test } from 'vitest';
import { createJob, parametersOf } from './job';
import {
  environmentTemplate,
  environmentTemplateOf,
  jobOf,
  jobTemplateOf,
  validJob,
} from './templates-for-tests';
import type { Job } from './model';

const one = (definition: string): { parameters: string } => ({ parameters: `[{ name: A, ${definition} }]` });

/** The value of the one parameter, or what is wrong. */
function value(definition: string, given?: string): string | readonly string[] {
  const job = jobOf(one(definition), { parameters: given === undefined ? {} : { A: given } });
  return 'parameters' in job ? (job.parameters[0]?.value ?? '') : job;
}
const wrong = (code: string): readonly string[] => [`parameterDefinitions[0]: ${code}`];

test.each([
  ['type: STRING, default: a', undefined, 'a'],
  ['type: STRING, default: a', 'b', 'b'],
  ['type: STRING', '', ''],
  ['type: STRING', 'two\nlines {{Param.A}}', 'two\nlines {{Param.A}}'],
  ['type: STRING, maxLength: 2', '\u{1F600}\u{1F600}', '\u{1F600}\u{1F600}'],
  ['type: STRING', 'x'.repeat(1024), 'x'.repeat(1024)],
  ['type: INT, default: "007"', undefined, '7'],
  ['type: INT', '+5', '5'],
  ['type: INT', '-0', '0'],
  ['type: INT', '9223372036854775807', '9223372036854775807'],
  ['type: INT, minValue: 5, maxValue: 5', '5', '5'],
  ['type: FLOAT, default: 1.10', undefined, '1.10'],
  ['type: FLOAT, default: "1e2"', undefined, '1e2'],
  ['type: FLOAT, default: "03.500"', undefined, '3.500'],
  ['type: FLOAT', '-00.5', '-0.5'],
  ['type: FLOAT', '3.141592653589793238462643383279', '3.141592653589793238462643383279'],
  ['type: FLOAT, allowedValues: [1.5]', '1.500', '1.500'],
  ['type: FLOAT, minValue: 0.5, maxValue: 1', '1', '1'],
  ['type: PATH, default: ""', undefined, ''],
  ['type: PATH, default: scenes/shot.blend', undefined, '/templates/scenes/shot.blend'],
  ['type: PATH, default: a/../b/./', undefined, '/templates/b'],
  ['type: PATH, default: a/..', undefined, '/templates'],
  ['type: PATH, default: ..a/b../...', undefined, '/templates/..a/b../...'],
  ['type: PATH', '', ''],
  ['type: PATH', 'shot.blend', '/work/shot.blend'],
  ['type: PATH', 'a/../../b', '/b'],
  ['type: PATH', '/a/../b/', '/a/../b/'],
  ['type: PATH', 's3://bucket/key', '/work/s3:/bucket/key'],
  ['type: PATH, allowedValues: [/a, /b]', '/b', '/b'],
  ['type: PATH, default: /elsewhere', '/given', '/given'],
])('%s with %j is %j', (definition, given, expected) => {
  expect(value(definition, given)).toBe(expected);
});

test.each([
  ['type: STRING', undefined, 'missing-parameter'],
  ['type: STRING, allowedValues: [a]', 'b', 'out-of-range'],
  ['type: STRING, minLength: 2', 'a', 'out-of-range'],
  ['type: STRING, maxLength: 2', 'abc', 'out-of-range'],
  ['type: STRING', 'x'.repeat(1025), 'too-long'],
  ['type: STRING', 'a\0', 'bad-character'],
  ['type: STRING', '\ud83d', 'bad-character'],
  ['type: INT', '5.0', 'wrong-type'],
  ['type: INT', 'five', 'wrong-type'],
  ['type: INT', '', 'wrong-type'],
  ['type: INT', ' 5', 'wrong-type'],
  ['type: INT', '0x10', 'wrong-type'],
  ['type: INT', '9223372036854775808', 'wrong-type'],
  ['type: INT, minValue: "5"', '4', 'out-of-range'],
  ['type: INT, maxValue: 0', '1', 'out-of-range'],
  ['type: INT, allowedValues: [1]', '2', 'out-of-range'],
  ['type: FLOAT', 'inf', 'wrong-type'],
  ['type: FLOAT', '1e400', 'wrong-type'],
  ['type: FLOAT, minValue: 0', '-0.1', 'out-of-range'],
  ['type: FLOAT, allowedValues: ["1.5"]', '1.4', 'out-of-range'],
  ['type: PATH, default: /elsewhere', undefined, 'bad-path'],
  ['type: PATH, default: ..', undefined, 'bad-path'],
  ['type: PATH, default: ./../b', undefined, 'bad-path'],
  ['type: PATH, default: a/../../b', undefined, 'bad-path'],
  ['type: PATH, default: a/b/../../..', undefined, 'bad-path'],
  ['type: PATH, default: a, maxLength: 3', undefined, 'out-of-range'],
  ['type: PATH, default: a, allowedValues: [a, b]', undefined, 'out-of-range'],
  ['type: PATH, allowedValues: [a]', 'a', 'out-of-range'],
  ['type: PATH, maxLength: 5', 'abc', 'out-of-range'],
])('%s with %j is refused', (definition, given, code) => {
  expect(value(definition, given)).toEqual(wrong(code));
});

test('a value for what is not there is refused, with what may have been meant', () => {
  const created = createJob(jobTemplateOf(one('type: INT, default: 1')), {
    environments: [],
    parameters: { a: '5' },
    templateFolder: '/',
    folder: '/',
  });
  expect(created).toMatchObject({
    ok: false,
    problems: [{ code: 'unknown-parameter', message: expect.stringContaining('(did you mean "A"?)') }],
  });
});

test('everything that is wrong with the values is told at once', () => {
  const parameters =
    '[{ name: A, type: INT }, { name: B, type: INT, maxValue: 3 }, { name: C, type: STRING }]';
  expect(jobOf({ parameters }, { parameters: { A: 'x', B: '4', D: '' } })).toEqual([
    ': unknown-parameter',
    'parameterDefinitions[0]: wrong-type',
    'parameterDefinitions[1]: out-of-range',
    'parameterDefinitions[2]: missing-parameter',
  ]);
});

const env = (parameters: string, environment?: string) =>
  environmentTemplateOf(environmentTemplate(environment, parameters));
const plain = (definition: string) => env(`[{ name: A, ${definition} }]`);

/** The value of the parameter that templates define together, the job's last. */
function merged(definitions: readonly string[], given?: string): string | readonly string[] {
  const job = jobOf(one(definitions.at(-1) ?? ''), {
    environments: definitions.slice(0, -1).map(plain),
    parameters: given === undefined ? {} : { A: given },
  });
  return 'parameters' in job ? (job.parameters[0]?.value ?? '') : job;
}

test.each([
  [['type: STRING, default: a', 'type: STRING'], undefined, 'a'],
  [['type: STRING, default: a', 'type: STRING, default: b', 'type: STRING'], undefined, 'b'],
  [['type: STRING, default: a', 'type: STRING, default: c'], undefined, 'c'],
  [
    [
      'type: STRING, allowedValues: [a, b, c], default: a',
      'type: STRING, allowedValues: [b, c, d], default: b',
    ],
    undefined,
    'b',
  ],
  [
    ['type: STRING, minLength: 1, maxLength: 10', 'type: STRING, minLength: 2, maxLength: 9'],
    'abcdefghi',
    'abcdefghi',
  ],
  [
    [
      'type: INT, minValue: 0, maxValue: 1000, default: 0',
      'type: INT, minValue: 10, maxValue: 100, default: 50',
    ],
    undefined,
    '50',
  ],
  [['type: INT, allowedValues: [1, 2]', 'type: INT, allowedValues: ["2", 3], default: 2'], undefined, '2'],
  [['type: FLOAT, allowedValues: [1, 2.50]', 'type: FLOAT, allowedValues: [2.5]'], '2.500', '2.500'],
  [['type: INT, maxValue: 2', 'type: INT, maxValue: 9, allowedValues: [1, 2]'], '2', '2'],
  [
    ['type: INT, minValue: 20, maxValue: 40', 'type: INT, minValue: 3, maxValue: 900, default: 25'],
    undefined,
    '25',
  ],
  [['type: FLOAT, minValue: 5', 'type: FLOAT, minValue: 4.5'], '5', '5'],
  [['type: STRING, minLength: 5', 'type: STRING, minLength: 4'], 'abcde', 'abcde'],
  [['type: PATH, maxLength: 5', 'type: PATH, maxLength: 6'], '/abc', '/abc'],
  [['type: PATH, objectType: FILE', 'type: PATH, dataFlow: IN'], '/a', '/a'],
  [['type: PATH, objectType: FILE, dataFlow: IN', 'type: PATH, objectType: FILE, dataFlow: IN'], '/a', '/a'],
])('%j together with %j is %j', (definitions, given, expected) => {
  expect(merged(definitions, given)).toBe(expected);
});

test.each([
  [['type: STRING', 'type: INT'], undefined, 'conflict'],
  [['type: PATH, objectType: FILE', 'type: PATH, objectType: DIRECTORY'], '/a', 'conflict'],
  [['type: PATH, dataFlow: IN', 'type: PATH, dataFlow: OUT'], '/a', 'conflict'],
  [['type: STRING, allowedValues: [a]', 'type: STRING, allowedValues: [b]'], 'a', 'conflict'],
  [['type: STRING, minLength: 5', 'type: STRING, maxLength: 4'], 'abcde', 'conflict'],
  [['type: INT, minValue: 5', 'type: INT, maxValue: 4'], '5', 'conflict'],
  [['type: FLOAT, minValue: 5', 'type: FLOAT, maxValue: 4.5'], '5', 'conflict'],
  [['type: INT, minValue: 5', 'type: INT, default: 4'], '6', 'conflict'],
  [['type: FLOAT, minValue: 5.5', 'type: FLOAT, default: 5'], '6', 'conflict'],
  [['type: STRING, minLength: 3', 'type: STRING, default: ab'], 'abc', 'conflict'],
  [['type: INT, allowedValues: [1]', 'type: INT, default: 2'], '1', 'conflict'],
  [['type: INT, maxValue: 5', 'type: INT'], '6', 'out-of-range'],
  [['type: INT, maxValue: 5', 'type: INT, maxValue: 9'], '6', 'out-of-range'],
  [['type: FLOAT, minValue: 5', 'type: FLOAT, minValue: 4.5'], '4.75', 'out-of-range'],
  [['type: STRING, minLength: 5', 'type: STRING, minLength: 4'], 'abcd', 'out-of-range'],
  [['type: PATH, maxLength: 5', 'type: PATH, maxLength: 6'], '/abcde', 'out-of-range'],
  [['type: INT, minValue: 20', 'type: INT, minValue: 3, default: 7'], undefined, 'conflict'],
  [['type: STRING, minLength: 4', 'type: STRING, minLength: 1, default: ab'], undefined, 'conflict'],
  [
    ['type: INT, allowedValues: [7, 8]', 'type: INT, allowedValues: [7, 8, 9], default: 9'],
    undefined,
    'conflict',
  ],
  [['type: STRING, allowedValues: [a, b]', 'type: STRING, allowedValues: [b, c]'], 'c', 'out-of-range'],
])('%j together with %j is refused', (definitions, given, code) => {
  expect(merged(definitions, given)).toEqual(wrong(code));
});

test('what a person is asked for are the parameters of all templates, with the words of the last', () => {
  const parameters = '[{ name: A, type: INT, description: job, maxValue: 9 }, { name: C, type: STRING }]';
  const other = env(
    '[{ name: A, type: INT, allowedValues: [1, 2], description: env, userInterface: { label: Size } }, { name: B, type: FLOAT }]',
  );
  const asked = parametersOf(jobTemplateOf({ parameters }), [other]);
  expect(asked).toMatchObject({
    ok: true,
    parameters: [
      {
        name: 'A',
        description: 'job',
        label: 'Size',
        allowedValues: [1n, 2n],
        maxValue: 9n,
        control: 'DROPDOWN_LIST',
      },
      { name: 'B', type: 'FLOAT' },
      { name: 'C', type: 'STRING' },
    ],
  });
});

test('environments of templates come before those of the job, with their own values filled in', () => {
  const action = (name: string): string =>
    `{ name: ${name}, script: { actions: { onEnter: { command: echo, timeout: "{{Param.A}}" } } } }`;
  const outer = environmentTemplateOf(
    environmentTemplate(action('Outer'), '[{ name: A, type: INT, default: 7 }]', '[FEATURE_BUNDLE_1]'),
  );
  const job = validJob(
    { jobEnvironments: '[{ name: Inner, variables: { A: b } }]' },
    { environments: [outer] },
  );
  expect(job.environments).toMatchObject([
    { name: 'Outer', script: { onEnter: { timeout: 7 } } },
    { name: 'Inner', script: null },
  ]);
  expect(job.parameters).toEqual([{ name: 'A', type: 'INT', value: '7' }]);
});

const resolved = (
  pieces: Parameters<typeof validJob>[0],
  given: Record<string, string>,
): Job | readonly string[] =>
  jobOf(
    { extensions: '[FEATURE_BUNDLE_1]', parameters: '[{ name: A, type: STRING, default: "5" }]', ...pieces },
    { parameters: given },
  );

test('the name of a job is checked when its names are filled in', () => {
  const name = '"Job {{Param.A}}"';
  const plainJob = { name, extensions: '[TASK_CHUNKING]' };
  expect(resolved(plainJob, { A: 'x'.repeat(124) })).toMatchObject({ name: `Job ${'x'.repeat(124)}` });
  expect(resolved(plainJob, { A: 'x'.repeat(125) })).toEqual(['name: too-long']);
  expect(resolved({ name }, { A: 'x'.repeat(508) })).toHaveProperty('name');
  expect(resolved({ name }, { A: 'x'.repeat(509) })).toEqual(['name: too-long']);
  expect(resolved({ name: '"{{Param.A}}"' }, { A: '' })).toEqual(['name: too-short']);
  expect(resolved({ name }, { A: 'a\nb' })).toEqual(['name: bad-character']);
});

test('times are numbers once their names are filled in', () => {
  const action =
    '{ command: echo, timeout: "{{Param.A}}", cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: "{{Param.A}}0" } }';
  const onRun = 'steps[0].script.actions.onRun';
  expect(resolved({ action }, {})).toMatchObject({
    steps: [{ script: { onRun: { timeout: 5, cancelation: { notifyPeriodInSeconds: 50 } } } }],
  });
  expect(resolved({ action }, { A: '61' })).toEqual([
    `${onRun}.cancelation.notifyPeriodInSeconds: wrong-type`,
  ]);
  expect(resolved({ action }, { A: 'x' })).toEqual([
    `${onRun}.timeout: wrong-type`,
    `${onRun}.cancelation.notifyPeriodInSeconds: wrong-type`,
  ]);
  expect(resolved({ action }, { A: '0' })).toHaveLength(2);
});

test('so is the mode of a cancelation', () => {
  const onRun = 'steps[0].script.actions.onRun';
  const action = (period: string): string =>
    `{ command: echo, cancelation: { mode: "{{Param.A}}"${period} } }`;
  const cancelation = (mode: string, period = '') => resolved({ action: action(period) }, { A: mode });
  const is = (expected: object) => ({ steps: [{ script: { onRun: { cancelation: expected } } }] });
  expect(cancelation('TERMINATE')).toMatchObject(is({ mode: 'TERMINATE' }));
  expect(cancelation('NOTIFY_THEN_TERMINATE', ', notifyPeriodInSeconds: 7')).toMatchObject(
    is({ mode: 'NOTIFY_THEN_TERMINATE', notifyPeriodInSeconds: 7 }),
  );
  expect(cancelation('KILL')).toEqual([`${onRun}.cancelation.mode: unknown-value`]);
  expect(cancelation('TERMINATE', ', notifyPeriodInSeconds: 7')).toEqual([
    `${onRun}.cancelation.mode: conflict`,
  ]);
});

test('what only a host knows stays open', () => {
  const job = validJob({
    parameters: '[{ name: P, type: PATH, default: x }]',
    action: '{ command: "{{Param.P}}", args: ["{{Session.WorkingDirectory}}"] }',
  });
  expect(job.steps[0]?.script.onRun.command.segments).toEqual([
    { kind: 'value', symbol: 'Param.P', offset: 0 },
  ]);
});

test('little text cannot make a name that fills the memory', () => {
  const name = `"${'{{Param.A}}'.repeat(100_000)}"`;
  expect(jobOf({ name, ...one('type: STRING') }, { parameters: { A: 'x'.repeat(1024) } })).toEqual([
    'name: too-long',
  ]);
});
