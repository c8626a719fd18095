import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Step } from '../../../shared/model/batch';
import { resolveRecipe } from './recipe';

function read(text: string) {
  return resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
}

function stepsOf(text: string): readonly Step[] {
  const recipe = read(text);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.jobs.flatMap(({ steps }) => steps);
}

test('a step enters the environments of its job first, then its own', () => {
  const text = `drover: 1
parameters: { Limit: 2 min, Scene: a b }
jobs:
  plain: { run: x }
  beauty:
    environments:
      - { name: scene, variables: { SCENE: '{{Scene}}', COUNT: 3 }, enter: 'cp {{Scene}} .', timeout: '{{Limit}}' }
    steps:
      draft: { run: x }
      final:
        run: x
        environments: [{ name: server, enter: ./start.sh, leave: './stop.sh {{Step}}' }]
`;
  const scene = {
    name: 'scene',
    variables: { SCENE: '{{Scene}}', COUNT: '3' },
    enter: 'cp {{Scene}} .',
    leave: null,
    isPrepared: false,
    timeoutMs: 120_000,
  };
  const server = {
    name: 'server',
    variables: {},
    enter: './start.sh',
    leave: './stop.sh {{Step}}',
    isPrepared: false,
    timeoutMs: null,
  };
  expect(stepsOf(text).map(({ environments }) => environments)).toEqual([[], [scene], [scene, server]]);
});

test.each<[written: string, message: string]>([
  ['scene', 'allowed is a list of environments'],
  ['[scene]', 'allowed is a map such as { name: scratch'],
  ['[{ enter: x }]', 'is missing'],
  ['[{ name: a b }]', '"a b" cannot be a name'],
  ["[{ name: a, enter: ' ' }]", 'leave it out, or write a script'],
  ["[{ name: a, enter: 'render {{Frame}}' }]", '{{Frame}} has a value only in what single tasks run'],
  ["[{ name: a, variables: { X: '{{Nobody}}' } }]", '{{Nobody}} is unknown'],
  ['[{ name: a, variables: { "1X": 1 } }]', '"1X" cannot be a name'],
  ['[{ name: a, timeout: soon }]', 'no length of time'],
  ['[{ name: a, exit: x }]', 'unknown field'],
  ['[{ name: a }, { name: a }]', 'the step has an environment "a" already'],
  [
    `[${Array.from({ length: 21 }, (_, at) => `{ name: e${at} }`).join()}]`,
    'a step has 21 environments; allowed are 20',
  ],
])('environments: %s', (written, message) => {
  const recipe = read(`drover: 1\njobs:\n  a: { run: x, frames: 1-2, environments: ${written} }`);
  expect(recipe.ok ? [] : recipe.problems.map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});
