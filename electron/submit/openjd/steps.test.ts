/** Sections 3, 3.1 and 3.2: steps, their names, and what they wait for. */
import { expect, test } from 'vitest';
import { jobTemplate, messagesOf, mistakesOf } from './templates-for-tests';

const step = (name: string, ...after: readonly string[]): string => {
  const waits = after.map((other) => `{ dependsOn: ${other} }`).join(', ');
  return `{ name: ${name}, ${after.length === 0 ? '' : `dependencies: [${waits}], `}script: { actions: { onRun: { command: echo } } } }`;
};
const steps = (...list: readonly string[]): string => jobTemplate({ steps: `[${list.join(', ')}]` });

test.each([
  ['one that waits for another', steps(step('A'), step('B', 'A'))],
  ['one that waits for a later one', steps(step('A', 'B'), step('B'))],
  ['a rhombus', steps(step('A'), step('B', 'A'), step('C', 'A'), step('D', 'B', 'C'))],
  ['a name of any characters', steps(step('"Schön! {{x}}"'))],
  ['a name of 64 characters', steps(step('\u{1F600}'.repeat(64)))],
  [
    'one of 512 with FEATURE_BUNDLE_1',
    jobTemplate({ extensions: '[FEATURE_BUNDLE_1]', stepName: 'x'.repeat(512) }),
  ],
])('valid: %s', (_, text) => {
  expect(mistakesOf(text)).toEqual([]);
});

test.each([
  ['no name', steps('{ script: { actions: { onRun: { command: echo } } } }'), 'steps[0]: missing-field'],
  ['an empty name', steps(step('""')), 'steps[0].name: too-short'],
  ['a name with a control character', steps(step('"a\\tb"')), 'steps[0].name: bad-character'],
  ['a name of 65 characters', steps(step('x'.repeat(65))), 'steps[0].name: too-long'],
  [
    '513 with FEATURE_BUNDLE_1',
    jobTemplate({ extensions: '[FEATURE_BUNDLE_1]', stepName: 'x'.repeat(513) }),
    'steps[0].name: too-long',
  ],
  ['two of one name', steps(step('A'), step('A')), 'steps[1].name: duplicate-name'],
  ['no script', steps('{ name: A }'), 'steps[0]: missing-field'],
  [
    'an unknown field',
    steps('{ name: A, scripts: {}, script: { actions: { onRun: { command: echo } } } }'),
    'steps[0].scripts: unknown-field',
  ],
  [
    'let without EXPR',
    steps('{ name: A, let: [a = 1], script: { actions: { onRun: { command: echo } } } }'),
    'steps[0].let: needs-extension',
  ],
  [
    'a description that is too long',
    steps(`{ name: A, description: ${'x'.repeat(2049)}, script: { actions: { onRun: { command: echo } } } }`),
    'steps[0].description: too-long',
  ],
  ['no dependencies in the list', jobTemplate({ dependencies: '[]' }), 'steps[0].dependencies: too-few'],
  [
    'a dependency that is a name',
    jobTemplate({ dependencies: '[A]' }),
    'steps[0].dependencies[0]: wrong-type',
  ],
  [
    'a dependency without a name',
    jobTemplate({ dependencies: '[{}]' }),
    'steps[0].dependencies[0]: missing-field',
  ],
  ['a step that waits for itself', steps(step('A', 'A')), 'steps[0].dependencies[0].dependsOn: cycle'],
  ['a step that is not there', steps(step('A', 'B')), 'steps[0].dependencies[0].dependsOn: unknown-step'],
  [
    'the same step twice',
    steps(step('A'), step('B', 'A', 'A')),
    'steps[1].dependencies[1].dependsOn: duplicate-name',
  ],
  [
    'a circle',
    steps(step('A'), step('B', 'A', 'D'), step('C', 'B'), step('D', 'C')),
    'steps[1].dependencies: cycle',
  ],
])('refused: %s', (_, text, mistake) => {
  expect(mistakesOf(text)).toEqual([mistake]);
});

test('a circle is told by the names on it', () => {
  expect(messagesOf(steps(step('Melt', 'Film'), step('Render', 'Melt'), step('Film', 'Render')))).toEqual([
    'these steps wait for each other: Melt, which comes before Render, which comes before Film, which comes before Melt',
  ]);
});

test('a step that is nearly there is suggested', () => {
  expect(messagesOf(steps(step('Render'), step('Film', 'Rendr')))).toEqual([
    'no step is named "Rendr" (did you mean "Render"?); there are Render, Film',
  ]);
});
