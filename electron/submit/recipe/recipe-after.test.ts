import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Dependency, Relation } from '../../../shared/model/dependency';
import { resolveRecipe } from './recipe';
import type { ResolvedRecipe } from './recipe';

function resolved(text: string): ResolvedRecipe {
  return resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
}
function dependenciesOf(text: string): readonly Dependency[] {
  const recipe = resolved(text);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.dependencies;
}
/** Each as its code, the word it stands at, and its message. */
function problemsOf(text: string): string[] {
  const recipe = resolved(text);
  return recipe.ok
    ? []
    : recipe.problems.map(({ line, column, code, message }) => {
        const rest = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
        return `${code} @${/^[^\s,}\]:]*/.exec(rest)?.[0] ?? ''}: ${message}`;
      });
}

/** Of a job that comes after one of 20 frames. */
const afterSim = (after: string): string =>
  `drover: 1\njobs:\n  sim: { run: x, frames: 1-20 }\n  film: { run: y, frames: 1-20, after: ${after} }`;

const condition = (of: Extract<Relation, { type: 'CONDITIONAL' }>['condition']): Relation => ({
  type: 'CONDITIONAL',
  condition: of,
});
const mapped = (from: number, to: number): Relation => ({
  type: 'SEQUENTIAL',
  mapping: { kind: 'groups', from, to },
});

test.each<[string, Relation]>([
  ['sim', { type: 'SEQUENTIAL', mapping: { kind: 'all' } }],
  ['{ job: sim }', { type: 'SEQUENTIAL', mapping: { kind: 'all' } }],
  ['{ job: sim, each: true }', mapped(1, 1)],
  ['{ job: sim, each: { groups: [5, 5] } }', mapped(5, 5)],
  ['{ job: sim, when: failed }', condition({ kind: 'failed' })],
  ['{ job: sim, when: ended }', condition({ kind: 'ended' })],
  ['[{ job: sim, exit: [0, 3] }]', condition({ kind: 'exitCode', codes: [0, 3] })],
  ['{ job: sim, exit: 3 }', condition({ kind: 'exitCode', codes: [3] })],
  ['{ job: sim, value: loss < 0.1 }', condition({ kind: 'value', name: 'loss', is: '<', than: 0.1 })],
  ['{ job: sim, value: "step>=-1e3" }', condition({ kind: 'value', name: 'step', is: '>=', than: -1000 })],
  ['{ job: sim, files: "out/*.png" }', { type: 'DATA', files: ['out/*.png'] }],
  ['{ job: sim, delay: 10 min }', { type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: 600_000 } }],
])('after: %s', (after, relation) => {
  expect(dependenciesOf(afterSim(after))).toEqual([
    { from: { job: 'sim', step: null }, to: { job: 'film', step: null }, relation, onFailure: 'hold' },
  ]);
});

test('what a failure means for the later work is for each entry to say', () => {
  const found = dependenciesOf(
    afterSim('[{ job: sim, failure: bypass }, { job: sim, value: a > 1, failure: fail }]'),
  );
  expect(found.map(({ onFailure }) => onFailure)).toEqual(['bypass', 'fail']);
});

test('task by task, also where tasks have several frames, and only in the same order', () => {
  const text = (earlier: string, later: string, each = 'true'): string =>
    `drover: 1\njobs:\n  a: { run: x, ${earlier} }\n  b: { run: y, ${later}, after: { job: a, each: ${each} } }`;
  const frames = 'frames: 1-95';
  const found = (...jobs: [string, string, string?]) => dependenciesOf(text(...jobs));
  expect(found(frames, `${frames}, chunk: 10`)).toMatchObject([{ relation: mapped(10, 1) }]);
  expect(found(`${frames}, chunk: 30`, `${frames}, chunk: 10`)).toMatchObject([{ relation: mapped(1, 3) }]);
  expect(found(`${frames}, chunk: 10`, `${frames}, chunk: 10`)).toMatchObject([{ relation: mapped(1, 1) }]);
  expect(found(`${frames}, order: reverse`, `${frames}, order: reverse`)).toMatchObject([
    { relation: mapped(1, 1) },
  ]);
  for (const [earlier, later] of [
    [`${frames}, order: reverse`, frames],
    [`${frames}, order: reverse`, `${frames}, order: middle out`],
    [`${frames}, order: reverse`, `${frames}, chunk: 10, order: reverse`],
  ] as const)
    expect(problemsOf(text(earlier, later))).toEqual([
      expect.stringContaining('unequal-order @{: b would wait for other tasks of a than is meant'),
    ]);
  expect(problemsOf(text(`${frames}, chunk: 10`, `${frames}, chunk: 4`))).toEqual([
    expect.stringContaining('unequal-tasks'),
  ]);
});

test('frames in chunks', () => {
  const text = (each: string): string =>
    `drover: 1\njobs:\n  frames: { run: x, frames: 1-95 }\n  chunks: { run: y, frames: 1-10, after: { job: frames, each: ${each} } }`;
  expect(dependenciesOf(text('{ groups: [10, 1] }'))).toMatchObject([{ relation: mapped(10, 1) }]);
  expect(problemsOf(text('true'))).toEqual([
    'unequal-tasks @{: frames has 95 tasks and chunks has 10 tasks: to wait one for one they need the same number',
  ]);
  expect(problemsOf(text('{ groups: [5, 1] }'))).toEqual([
    expect.stringContaining('frames has 95 tasks in 19 groups of 5 and chunks has 10 tasks'),
  ]);
});

test('steps wait for steps of their own job, and of others', () => {
  const found = dependenciesOf(`drover: 1
jobs:
  sim: { steps: { mesh: { run: x }, solve: { run: x, frames: 1-3, after: { step: mesh, when: ended } } } }
  film: { steps: { draw: { run: y, frames: 4-6, after: { job: sim, step: solve, each: true } }, join: { run: z, after: [draw, { job: sim }] } } }
  note: { run: z, after: { job: sim, step: mesh } }
`);
  expect(found.map(({ from, to }) => [from, to].map((end) => `${end?.job}/${end?.step ?? ''}`))).toEqual([
    ['sim/mesh', 'note/'],
    ['sim/mesh', 'sim/solve'],
    ['sim/solve', 'film/draw'],
    ['film/draw', 'film/join'],
    ['sim/', 'film/join'],
  ]);
});

test.each([
  ['{ jb: sim }', 'unknown field (did you mean "job"?); allowed here: job, step, each, when'],
  ['[{ job: sin }]', 'unknown-job @sin: there is no job "sin" (did you mean "sim"?); jobs: sim, film'],
  [
    '{ job: sim, step: man }',
    'unknown-step @man: there is no step "man" (did you mean "main"?); steps: main',
  ],
  ['{ when: failed }', 'missing-field @{: what comes first? Say job: NAME'],
  ['{ step: main }', 'step "main" of which job? Say job: NAME as well'],
  ['{ job: film }', 'dependency-cycle @{: film cannot come after itself'],
  ['{ job: film, step: main }', 'film cannot come after its own step main'],
  ['[sim, { job: sim }]', 'duplicate-name @{: sim stands here for the second time; each job is allowed once'],
  [
    '{ job: sim, when: ended, exit: 3 }',
    'several-conditions @exit: there is "when" already; an entry has one of each, when, exit, value, files, delay',
  ],
  ['{ job: sim, when: done }', 'found the text "done"; allowed is completed, failed, ended'],
  ['{ job: sim, failure: bypas }', 'allowed is hold, fail, bypass (did you mean "bypass"?)'],
  [
    '{ job: sim, each: false }',
    'found the truth value false; allowed is true, or a map such as { groups: [10, 1] }',
  ],
  ['{ job: sim, each: { groups: [10] } }', 'bad-groups @[10: one number stands here; allowed are two'],
  [
    '{ job: sim, each: { groups: [0, 1] } }',
    'bad-groups @0: "0" is no number of tasks; allowed is a whole number from 1',
  ],
  ['{ job: sim, each: {} }', 'missing-field @{: how many tasks are a group?'],
  ['{ job: sim, exit: [] }', 'empty @[: the list is empty'],
  ['{ job: sim, exit: -1 }', '"-1" is no exit status'],
  [
    '{ job: sim, value: loss }',
    'bad-value @loss: "loss" compares nothing; allowed is a name, one of < <= > >= == != and a number',
  ],
  ['{ job: sim, files: ../x }', 'bad-file @../x: "../x" may lie outside of the folder and the output'],
  ['{ job: sim, files: /tmp/x }', 'may lie outside'],
  ['{ job: sim, delay: 0 }', '"0" is no time at all'],
])('after: %s is refused in one clear message', (after, message) => {
  expect(problemsOf(afterSim(after))).toEqual([expect.stringContaining(message)]);
});

test('task by task joins single steps', () => {
  const text = (after: string): string =>
    `drover: 1\njobs:\n  sim: { steps: { a: { run: x }, b: { run: x } } }\n  film: { run: y, after: ${after} }`;
  expect(problemsOf(text('{ job: sim, each: true }'))).toEqual([
    expect.stringContaining(
      'several-steps @{: task by task only a single step can wait for a single step, and sim has 2 of them; name one of them with step',
    ),
  ]);
  expect(problemsOf(text('{ job: sim, step: b, each: true }'))).toEqual([]);
});

test('circles are found among jobs and steps together, whatever is waited for', () => {
  const circle = (jobs: string): string[] =>
    problemsOf(`drover: 1\njobs:\n${jobs}`).map((problem) => problem.replace(/^\S+ dependency-cycle /, ''));
  const so = (words: string): string[] => [expect.stringContaining(words)];
  expect(
    circle(
      '  a: { run: x, after: { job: b, when: failed } }\n  b: { run: x, after: { job: a, value: x > 1 } }',
    ),
  ).toEqual(so('these jobs wait for each other, so none could start: a -> b -> a'));
  expect(
    circle('  a: { steps: { m: { run: x, after: n }, n: { run: x, after: { step: m, when: ended } } } }'),
  ).toEqual(so('these steps wait for each other, so none could start: m -> n -> m'));
  expect(
    circle(
      '  a: { steps: { m: { run: x, after: { job: b, step: p } } } }\n  b: { after: a, steps: { p: { run: x } } }',
    ),
  ).toEqual(so('these jobs and steps wait for each other, so none could start: a/m -> b -> b/p -> a/m'));
  expect(circle('  a: { steps: { m: { run: x, after: { job: a } } } }')).toEqual(
    so('m cannot come after a, which it is a part of'),
  );
});

test('a step of a job may wait for one that waits for another step of it', () => {
  expect(
    problemsOf(
      'drover: 1\njobs:\n  a: { steps: { m: { run: x }, n: { run: x, after: { job: b } } } }\n  b: { run: y, after: { job: a, step: m } }',
    ),
  ).toEqual([]);
});
