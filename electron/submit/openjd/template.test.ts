/** Section 1: the root of both sorts of templates, and what any template is read by. */
import { expect, test } from 'vitest';
import { parseTemplate } from './template';
import { environmentTemplate, jobTemplate, messagesOf, mistakesOf, templateOf } from './templates-for-tests';

const many = (count: number, one: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => one(index)).join(', ')}]`;
const parameter = (index: number): string => `{ name: P${index}, type: INT }`;
const featureBundle = '[FEATURE_BUNDLE_1]';

test.each([
  ['the least that a job needs', jobTemplate()],
  ['the least that an environment needs', environmentTemplate()],
  [
    'JSON',
    JSON.stringify(
      {
        specificationVersion: 'jobtemplate-2023-09',
        name: 'Job',
        steps: [{ name: 'Step', script: { actions: { onRun: { command: 'echo', args: ['\u{1F600}'] } } } }],
      },
      null,
      '\t',
    ),
  ],
  ['$schema, whatever it is', `$schema: 5\n${jobTemplate()}`],
  ['a description with lines and tabs', jobTemplate({ description: '"one\\n\\ttwo\\r\\n"' })],
  ['50 parameters', jobTemplate({ parameters: many(50, parameter) })],
  ['200 with FEATURE_BUNDLE_1', jobTemplate({ extensions: featureBundle, parameters: many(200, parameter) })],
  ['a name of 128 characters, which are no UTF-16 units', jobTemplate({ name: '\u{1F600}'.repeat(128) })],
  ['512 with FEATURE_BUNDLE_1', jobTemplate({ extensions: featureBundle, name: 'x'.repeat(512) })],
  [
    'a long name that may become short',
    jobTemplate({
      name: `"{{Param.${'x'.repeat(64)}}}${'y'.repeat(120)}"`,
      parameters: `[{ name: ${'x'.repeat(64)}, type: STRING }]`,
    }),
  ],
  [
    'all extensions that are known',
    jobTemplate({ extensions: '[TASK_CHUNKING, REDACTED_ENV_VARS, FEATURE_BUNDLE_1]' }),
  ],
  [
    'extensions of an environment',
    environmentTemplate('{ name: Env, variables: { A: b } }', undefined, '[REDACTED_ENV_VARS]'),
  ],
  [
    'an alias',
    `name: &name Job\nspecificationVersion: jobtemplate-2023-09\nsteps: [{ name: *name, script: { actions: { onRun: { command: *name } } } }]`,
  ],
])('valid: %s', (_, text) => {
  expect(mistakesOf(text)).toEqual([]);
});

test.each([
  ['an empty file', '# nothing\n', ': empty'],
  ['a list', '[]', ': wrong-type'],
  ['no version', jobTemplate().replace(/specificationVersion.*\n/, ''), ': missing-version'],
  ['another version', jobTemplate().replace('2023-09', '2022-09'), 'specificationVersion: unknown-value'],
  ['no name', jobTemplate().replace(/name: Job\n/, ''), ': missing-field'],
  ['an empty name', jobTemplate({ name: '""' }), 'name: too-short'],
  ['a name with a line end', jobTemplate({ name: '"a\\nb"' }), 'name: bad-character'],
  [
    'a name with one of the later control characters',
    jobTemplate({ name: '"a\\u0085b"' }),
    'name: bad-character',
  ],
  ['a name that is a number', jobTemplate({ name: '12' }), 'name: wrong-type'],
  ['a name of 129 characters', jobTemplate({ name: 'x'.repeat(129) }), 'name: too-long'],
  [
    'one of 513 with FEATURE_BUNDLE_1',
    jobTemplate({ extensions: featureBundle, name: 'x'.repeat(513) }),
    'name: too-long',
  ],
  [
    'a name that is too long whatever is filled in',
    jobTemplate({ name: `"{{Param.A}}${'x'.repeat(129)}"`, parameters: '[{ name: A, type: STRING }]' }),
    'name: too-long',
  ],
  ['an empty description', jobTemplate({ description: '""' }), 'description: too-short'],
  [
    'a description of 2049 characters',
    jobTemplate({ description: 'x'.repeat(2049) }),
    'description: too-long',
  ],
  [
    'a description with a control character',
    jobTemplate({ description: '"\\a"' }),
    'description: bad-character',
  ],
  ['a field with nothing in it', jobTemplate({ description: '' }), 'description: wrong-type'],
  ['no parameters in the list', jobTemplate({ parameters: '[]' }), 'parameterDefinitions: too-few'],
  ['51 parameters', jobTemplate({ parameters: many(51, parameter) }), 'parameterDefinitions: too-many'],
  [
    '201 with FEATURE_BUNDLE_1',
    jobTemplate({ extensions: featureBundle, parameters: many(201, parameter) }),
    'parameterDefinitions: too-many',
  ],
  [
    '51 parameters of an environment, whatever the extensions',
    environmentTemplate(undefined, many(51, parameter), featureBundle),
    'parameterDefinitions: too-many',
  ],
  ['no steps', jobTemplate({ steps: '[]' }), 'steps: too-few'],
  ['steps that are no list', jobTemplate({ steps: '{}' }), 'steps: wrong-type'],
  ['an unknown field', `${jobTemplate()}stepss: []`, 'stepss: unknown-field'],
  ['a field twice', `${jobTemplate()}name: Job`, 'name: duplicate-name'],
  ['no extensions in the list', jobTemplate({ extensions: '[]' }), 'extensions: too-few'],
  [
    'an unknown extension',
    jobTemplate({ extensions: '[TASK_CHUNKIN]' }),
    'extensions[0]: unsupported-extension',
  ],
  ['EXPR', jobTemplate({ extensions: '[EXPR]' }), 'extensions[0]: unsupported-extension'],
  [
    'WRAP_ACTIONS',
    environmentTemplate(undefined, undefined, '[WRAP_ACTIONS]'),
    'extensions[0]: unsupported-extension',
  ],
  [
    'an environment template without environment',
    environmentTemplate().replace(/\nenvironment:.*/, ''),
    ': missing-field',
  ],
  ['an environment template with steps', `${environmentTemplate()}steps: []`, 'steps: unknown-field'],
])('refused: %s', (_, text, mistake) => {
  expect(mistakesOf(text)).toEqual([mistake]);
});

test('everything that is wrong is told at once, with its place', () => {
  const text = `specificationVersion: jobtemplate-2023-09
name: Job
descripton: nothing
parameterDefinitions:
  - name: 1st
    type: Int
  - { name: Size, type: INT, default: 5, minValue: 6 }
steps:
  - name: Render
    script:
      actions:
        onRun:
          command: echo
          args: ["{{Param.Sise}}", '{{ Task.Param.Frame }}']
          timeout: 0
`;
  const problems = [
    '3:1 descripton: unknown field (did you mean "description"?); allowed here: specificationVersion, $schema, extensions, name, description, parameterDefinitions, jobEnvironments, steps',
    '6:11 parameterDefinitions[0].type: found the text "Int"; allowed is STRING, PATH, INT, FLOAT (did you mean "INT"?)',
    '7:39 parameterDefinitions[1].default: found 5; minValue is 6',
    '14:19 steps[0].script.actions.onRun.args[0]: nothing is named Param.Sise (did you mean "Param.Size"?)',
    '14:37 steps[0].script.actions.onRun.args[1]: nothing is named Task.Param.Frame; known here: Param.Size, RawParam.Size, Session.WorkingDirectory, Session.HasPathMappingRules, Session.PathMappingRulesFile',
    '15:20 steps[0].script.actions.onRun.timeout: found the number 0; allowed is a whole number from 1',
  ];
  expect(placedMessages(text)).toEqual(problems);
});

function placedMessages(text: string): readonly string[] {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  const problems = parsed.ok ? [] : parsed.problems;
  return problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
}

test('an extension that is not supported is named, and nothing that only follows from it', () => {
  const text = jobTemplate({
    extensions: '[EXPR]',
    parameters: '[{ name: A, type: BOOL }]',
    name: '"{{ 1 + 1 }}"',
  });
  expect(messagesOf(text)).toEqual([
    'the extension EXPR is not supported; allowed are TASK_CHUNKING, REDACTED_ENV_VARS, FEATURE_BUNDLE_1',
  ]);
});

test('what a template may ask for can be less than what is known', () => {
  const text = jobTemplate({ extensions: '[TASK_CHUNKING]' });
  const parsed = parseTemplate(text, { file: 't.yaml', supported: new Set() });
  expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'unsupported-extension' }] });
});

test('truth values are those of YAML 1.2', () => {
  const file = (runnable: string): string =>
    jobTemplate({ embeddedFiles: `[{ name: A, type: TEXT, data: x, runnable: ${runnable} }]` });
  expect(mistakesOf(file('true'))).toEqual([]);
  expect(mistakesOf(file('yes'))).toEqual(['steps[0].script.embeddedFiles[0].runnable: wrong-type']);
  const text = (value: string): string =>
    jobTemplate({ parameters: `[{ name: A, type: STRING, default: ${value} }]` });
  expect(mistakesOf(text('on'))).toEqual([]);
  expect(mistakesOf(text('false'))).toEqual(['parameterDefinitions[0].default: wrong-type']);
});

test('the model of a template is plain to read', () => {
  expect(
    templateOf(
      jobTemplate({
        name: '"Shot {{ Param.Shot }}"',
        parameters: '[{ name: Shot, type: INT, default: "7" }]',
      }),
    ),
  ).toMatchObject({
    kind: 'job',
    name: {
      segments: [
        { kind: 'text', text: 'Shot ' },
        { kind: 'value', symbol: 'Param.Shot', offset: 5 },
      ],
    },
    parameters: [{ type: 'INT', name: 'Shot', default: 7n, control: 'SPIN_BOX' }],
    steps: [{ name: 'Step', dependencies: [], parameterSpace: null }],
  });
});
