import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { taskCount, taskLabel, taskParameters } from '../../../shared/model/space';
import { resolveRecipe } from './recipe';

const inStep = (fields: string): string => `drover: 1
parameters: { Last: 3, Most: "4", Scene: "a b" }
jobs:
  a:
    run: x
${fields.replaceAll(/^/gm, '    ')}`;

function resolved(fields: string, parameters: Record<string, string> = {}) {
  return resolveRecipe(
    { text: inStep(fields), file: 'x.yaml', folder: resolve('/w'), recipe: null },
    parameters,
    [],
  );
}

/** Each task as its label; of many, the first and the last. */
function tasksOf(fields: string, parameters?: Record<string, string>): readonly string[] {
  const recipe = resolved(fields, parameters);
  if (!recipe.ok) return recipe.problems.map(({ code, message }) => `${code}: ${message}`);
  const space = recipe.batch.jobs[0]?.steps[0]?.space;
  if (space === undefined) return [];
  const count = taskCount(space);
  const indexes = count <= 12 ? Array.from({ length: count }, (_, index) => index) : [0, count - 1];
  return [...(count <= 12 ? [] : [`${count} tasks`]), ...indexes.map((index) => taskLabel(space, index))];
}

/** Each as its code, the word it stands at, and its message. */
function problemsOf(fields: string): readonly string[] {
  const recipe = resolved(fields);
  const lines = inStep(fields).split('\n');
  return recipe.ok
    ? []
    : recipe.problems.map(({ line, column, code, message }) => {
        const rest = lines[line - 1]?.slice(column - 1) ?? '';
        return `${code} @${/^[^\s,}\]:]*/.exec(rest)?.[0] ?? ''}: ${message}`;
      });
}

test('lists, ranges and numbers between two others, in all combinations', () => {
  expect(tasksOf('sweep: { Mass: [1, 2.50], Angle: 0-90x45 }')).toEqual([
    'Mass=1, Angle=0',
    'Mass=1, Angle=45',
    'Mass=1, Angle=90',
    'Mass=2.50, Angle=0',
    'Mass=2.50, Angle=45',
    'Mass=2.50, Angle=90',
  ]);
  expect(tasksOf('sweep: { Speed: { from: 0, to: 1, count: 5 } }')).toEqual([
    'Speed=0',
    'Speed=0.25',
    'Speed=0.5',
    'Speed=0.75',
    'Speed=1',
  ]);
  expect(tasksOf('sweep: { Speed: { from: 0, to: 1, step: 0.3 } }')).toEqual([
    'Speed=0',
    'Speed=0.3',
    'Speed=0.6',
    'Speed=0.9',
  ]);
  expect(tasksOf('sweep: { S: { from: 1, to: -1, step: -1 } }')).toEqual(['S=1', 'S=0', 'S=-1']);
  expect(tasksOf('sweep: { Re: { from: 10, to: 1e4, count: 4, scale: log } }')).toEqual([
    'Re=10',
    'Re=100',
    'Re=1000',
    'Re=10000',
  ]);
  expect(tasksOf('sweep: { Seed: "1-3,10", Fast: [true, no] }')).toHaveLength(8);
});

test('values may name parameters of the recipe', () => {
  expect(tasksOf('sweep: { N: "1-{{Last}}", S: ["{{Scene}}.blend"] }')).toEqual([
    'N=1, S=a b.blend',
    'N=2, S=a b.blend',
    'N=3, S=a b.blend',
  ]);
  expect(tasksOf('sweep: { N: { from: 0, to: "{{Last}}", count: "{{Most}}" } }', { Last: '30' })).toEqual([
    'N=0',
    'N=10',
    'N=20',
    'N=30',
  ]);
});

test('frames come with each combination, and change first', () => {
  expect(tasksOf('frames: 1-2\nsweep: { Look: [day, night] }')).toEqual([
    'Look=day, frame 1',
    'Look=day, frame 2',
    'Look=night, frame 1',
    'Look=night, frame 2',
  ]);
});

test('values side by side, rows and several of them', () => {
  expect(tasksOf('zip: { Width: [640, 1920], Height: [360, 1080] }')).toEqual([
    'Width=640, Height=360',
    'Width=1920, Height=1080',
  ]);
  expect(tasksOf('zip: [{ A: 1-2, B: [x, x] }, { C: [p, q], D: 3-4 }]')).toEqual([
    'A=1, B=x, C=p, D=3',
    'A=1, B=x, C=q, D=4',
    'A=2, B=x, C=p, D=3',
    'A=2, B=x, C=q, D=4',
  ]);
  expect(tasksOf('rows: [{ Scene2: a, Size: 2 }, { Size: 3, Scene2: b }]\nframes: 7')).toEqual([
    'Scene2=a, Size=2, frame 7',
    'Scene2=b, Size=3, frame 7',
  ]);
  expect(tasksOf('rows: [{ Frame: 1, Exposure: 2 }, { Frame: 9, Exposure: 4 }]')).toEqual([
    'frame 1, Exposure=2',
    'frame 9, Exposure=4',
  ]);
});

test('combinations are left out by their values', () => {
  const sweep = 'sweep: { Mass: [1, 2.50], Angle: 0-90x45 }\n';
  expect(tasksOf(`${sweep}except: { Mass: 2.5, Angle: [45, "90-100"] }`)).toEqual([
    'Mass=1, Angle=0',
    'Mass=1, Angle=45',
    'Mass=1, Angle=90',
    'Mass=2.50, Angle=0',
  ]);
  expect(tasksOf(`${sweep}except: [{ Mass: 1 }, { Angle: 0 }]`)).toEqual([
    'Mass=2.50, Angle=45',
    'Mass=2.50, Angle=90',
  ]);
  expect(tasksOf('zip: { A: [1, 1, 2], B: [x, y, y] }\nexcept: { A: 1, B: y }')).toEqual([
    'A=1, B=x',
    'A=2, B=y',
  ]);
  expect(tasksOf('frames: 1-1000\nsweep: { L: 1-1000 }\nexcept: { L: 7, Frame: 2-1000 }')).toEqual([
    '999001 tasks',
    'L=1, frame 1',
    'L=1000, frame 1000',
  ]);
});

test('a random sample has each combination at most once, and the same in every reading', () => {
  const fields = 'sweep: { A: 1-4, B: 1-3 }\nsample: { count: 11, seed: 5 }';
  const tasks = tasksOf(fields);
  expect(new Set(tasks).size).toBe(11);
  expect(tasksOf(fields)).toEqual(tasks);
  expect(tasksOf('sweep: { A: 1-4, B: 1-3 }\nsample: { count: 11, seed: 6 }')).not.toEqual(tasks);
  expect(tasksOf('sweep: { A: 1-4 }\nexcept: { A: 1-3 }\nsample: 1')).toEqual(['A=4']);
  expect(tasksOf('sweep: { A: 1-999999999, B: 1-999999 }\nsample: 10')).toHaveLength(10);
});

test('a Latin hypercube has one sample in each part; frames come with each sample', () => {
  const recipe = resolved(
    'sweep: { X: { from: 0, to: 4 }, Y: [a, b] }\nsample: { count: 4, method: latin }\nframes: 1-2',
  );
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems));
  const space = recipe.batch.jobs[0]?.steps[0]?.space ?? { kind: 'single' };
  expect(taskCount(space)).toBe(8);
  const points = Array.from({ length: 8 }, (_, index) => taskParameters(space, index));
  expect(
    points
      .map(({ X = '' }) => X.slice(0, 1))
      .toSorted()
      .join(''),
  ).toBe('00112233');
  expect(points.filter(({ Y }) => Y === 'a')).toHaveLength(4);
  expect(points.map(({ Frame }) => Frame).join('')).toBe('12121212');
});

test('frames in chunks', () => {
  expect(tasksOf('frames: 1-24\nchunk: 10')).toEqual(['frames 1-10', 'frames 11-20', 'frames 21-24']);
  const text = inStep('frames: 1-24\nchunk: 10').replace(
    'run: x',
    'run: x -s {{FirstFrame}} -e {{LastFrame}} -f {{Frames}} {{FrameStep}}',
  );
  expect(resolveRecipe({ text, file: 'x', folder: resolve('/w'), recipe: null }, {}, [])).toMatchObject({
    ok: true,
  });
});

test.each([
  ['forward', ['1', '2', '3', '4', '5']],
  ['reverse', ['5', '4', '3', '2', '1']],
  ['middle out', ['3', '4', '2', '5', '1']],
  ['Middle-Out', ['3', '4', '2', '5', '1']],
  ['every 2nd', ['1', '3', '5', '2', '4']],
])('order: %s', (order, frames) => {
  expect(tasksOf(`frames: 1-5\norder: ${order}`)).toEqual(frames.map((frame) => `frame ${frame}`));
});

test.each([
  ['sweep: { Mass: abc }', 'bad-values @abc: "abc" is neither a number nor a range'],
  ['sweep: { Mass: [1, 1] }', 'duplicate-value @1: the text "1" stands here for the second time'],
  ['sweep: {}', 'empty @{: there is nothing here to sweep'],
  ['zip: []', 'empty @[: the list is empty'],
  ['sweep: { Mass: [] }', 'empty @[: the list is empty'],
  [
    'sweep: { Mass: { from: 1, to: 2 } }',
    'missing-field @{: how many values are there? Add count: 5 or step: 0.1',
  ],
  [
    'sweep: { Mass: { from: 1, to: x, count: 3 } }',
    'bad-number @x: "x" is no number to use here; allowed is one such as 2',
  ],
  ['sweep: { Mass: { from: 1, count: 3 } }', 'missing-field @Mass: is missing; allowed is a number'],
  ['sweep: { Mass: { from: 1, to: 2, step: -1 } }', 'bad-step @-1: steps of -1 lead from 1 away from 2'],
  ['sweep: { Mass: { from: 1, to: 2, step: 0 } }', 'bad-step @0: a step of 0 leads nowhere'],
  ['sweep: { Mass: { from: 0, to: 1, step: 1e-9 } }', 'bad-step @1e-9: steps of 1e-9 from 0 to 1 are more'],
  [
    'sweep: { Mass: { from: 1, to: 2, step: 1, count: 2 } }',
    'contradiction @step: count and step say the same',
  ],
  ['sweep: { Mass: { from: 0, to: 2, count: 2, scale: log } }', 'bad-number @log: by factors'],
  [
    'sweep: { Mass: { from: 1, to: 2, cuont: 2 } }',
    'unknown-field @cuont: unknown field (did you mean "count"?)',
  ],
  ['sweep: { Scene: [a] }', 'name-taken @Scene: {{Scene}} is a parameter or variable of the recipe'],
  ['sweep: { Job: [a] }', 'name-taken @Job: {{Job}} has a meaning of its own'],
  ['sweep: { A: 1-2 }\nzip: { A: 1-2 }', 'name-taken @A: {{A}} is swept already'],
  ['frames: 1-2\nsweep: { Frame: 1-2 }', 'name-taken @frames: {{Frame}} is swept already'],
  [
    'zip: { A: 1-2, B: [x] }',
    'unequal-values @[x: A has 2 values and B 1 value: side by side they need the same number',
  ],
  ['rows: [{ A: 1 }, { B: 1 }]', 'missing-field @{: the row has no A; the first row has A'],
  ['rows: []', 'empty @[: the list is empty'],
  [
    'sweep: { A: 1-2 }\nexcept: { B: 1 }',
    'unknown-name @B: "B" is not swept here; what can be left out are values of A',
  ],
  [
    'sweep: { A: [red, blue] }\nexcept: { A: bleu }',
    'unknown-value @bleu: A is never the text "bleu" (did you mean "blue"?); its values are red, blue',
  ],
  ['sweep: { A: 1-2 }\nexcept: { A: 1-2 }', 'empty @{: with these exceptions nothing is left to do'],
  ['sweep: { A: 1-200000 }\nexcept: { A: 7 }', 'too-large @7: A has more than 20,000 values'],
  [
    'sweep: { A: 1-20000, B: 1-2 }\nexcept: { B: 2 }',
    'too-large @{: what is left out lies in too many separate places',
  ],
  ['sweep: { A: 1-2 }\nsample: 3', 'bad-sample @3: there are only 2 combinations'],
  [
    'sweep: { A: 1-2 }\nsample: { count: 1, method: latim }',
    'unknown-value @latim: found the text "latim"; allowed is random, latin (did you mean "latin"?)',
  ],
  [
    'sweep: { A: { from: 0, to: 1 } }\nexcept: { A: 1 }\nsample: 3',
    'contradiction @except: what is left out would leave holes',
  ],
  ['frames: 1-3\nsample: 2', 'misplaced-field @sample: sample goes with sweep or zip or rows or table'],
  ['chunk: 3', 'misplaced-field @chunk: chunk goes with frames'],
  ['order: reverse', 'misplaced-field @order: order goes with'],
  ['frames: 1-3\nchunk: 0', 'bad-chunk @0: "0" is no number of frames; allowed is a whole number from 1'],
  [
    'frames: 1-3\norder: revers',
    'bad-order @revers: "revers" is no order of tasks (did you mean "reverse"?); allowed are forward, reverse, middle out, every 10th',
  ],
  ['frames: 1-3\norder: every 1st', 'bad-order @every: "every 1st" is no order'],
  [
    'frames: 1-9\nchunk: 3\nenvironment: { F: "{{Frame}}" }',
    'unknown-placeholder @{{Frame: {{Frame}} is not one frame where tasks have chunks of them; names to use here: Last',
  ],
  [
    'frames: 1-9\nenvironment: { F: "{{LastFrame}}" }',
    'unknown-placeholder @{{LastFrame: {{LastFrame}} has a value only in what single tasks run, in steps with frames and chunk',
  ],
  [
    'sweep: { A: 1-10000, B: 1-10000 }',
    'too-many-tasks @sweep: all combinations together are 100,000,000 tasks; a step may have 10,000,000. A sample has fewer',
  ],
  ['steps: { b: { run: x } }\nsweep: { A: 1-2 }', 'several-actions @steps: there is "run" already'],
])('%s is refused', (fields, problem) => {
  const [first = '', ...more] = problemsOf(fields);
  expect(first.startsWith(problem) ? problem : first).toBe(problem);
  expect(more.length).toBeLessThan(2);
});
