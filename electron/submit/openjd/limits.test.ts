/** Bad input is refused quickly, and in little memory. */
import { expect, test } from 'vitest';
import { jobTemplate, mistakesOf } from './templates-for-tests';
import { parseTemplate } from './template';

const repeated = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join('');

test.each([
  [
    'aliases that stand for more and more',
    `a: &a0 [x, x, x, x, x, x, x, x, x, x]\n${repeated(20, (index) => `b${index}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]\n`)}`,
    'too-large',
  ],
  ['deep nesting', `a: ${'['.repeat(100_000)}`, 'too-deep'],
  ['deep nesting in blocks', repeated(500, (index) => `${' '.repeat(index)}a:\n`), 'too-deep'],
  ['a large file', `name: ${'x'.repeat(9 * 1024 * 1024)}`, 'too-large'],
  ['many words', 'a: 1\n'.repeat(200_000), 'too-large'],
  ['two documents', `${jobTemplate()}---\n${jobTemplate()}`, 'several-documents'],
  ['YAML 1.1', `%YAML 1.1\n---\n${jobTemplate()}`, 'yaml-version'],
  ['no YAML', '}}}}', 'bad-syntax'],
  ['a mapping for a name', `${jobTemplate()}? [a]\n: b\n`, 'bad-name'],
])('%s', (_, text, code) => {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.code)).toContain(code);
});

test('at most 50 mistakes are told, in the order of the file', () => {
  const text = jobTemplate({
    parameters: `[${repeated(50, (index) => `{ name: P${index}, type: X, size: 1 }, `)}]`,
  });
  const parsed = parseTemplate(text, { file: 't.yaml' });
  const columns = parsed.ok ? [] : parsed.problems.map(({ column }) => column);
  expect(columns).toHaveLength(50);
  expect(columns).toEqual(columns.toSorted((a, b) => a - b));
});

test('a number of many digits is only too large', () => {
  const digits = '9'.repeat(1_000_000);
  expect(mistakesOf(jobTemplate({ parameters: `[{ name: A, type: INT, default: "${digits}" }]` }))).toEqual([
    'parameterDefinitions[0].default: wrong-type',
  ]);
  expect(mistakesOf(jobTemplate({ parameters: `[{ name: A, type: FLOAT, default: "${digits}" }]` }))).toEqual(
    ['parameterDefinitions[0].default: wrong-type'],
  );
  expect(
    mistakesOf(
      jobTemplate({ space: `{ taskParameterDefinitions: [{ name: A, type: INT, range: "1-${digits}" }] }` }),
    ),
  ).toEqual(['steps[0].parameterSpace.taskParameterDefinitions[0].range: bad-range']);
});

test('thousands of steps that wait for each other', () => {
  const step = (index: number): string =>
    `{ name: S${index}, dependencies: [{ dependsOn: S${(index + 1) % 3000} }], script: { actions: { onRun: { command: a } } } }`;
  const text = jobTemplate({
    steps: `[${Array.from({ length: 3000 }, (_, index) => step(index)).join(', ')}]`,
  });
  expect(mistakesOf(text)).toEqual(['steps[0].dependencies: cycle']);
});

test('one text with a hundred thousand unknown names', () => {
  const text = jobTemplate({ action: `{ command: "${'{{A}}'.repeat(100_000)}" }` });
  expect(mistakesOf(text)).toEqual(Array(50).fill('steps[0].script.actions.onRun.command: unknown-symbol'));
});
