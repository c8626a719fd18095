import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { anyFile, usualKeep, type CheckpointRule } from '../../../shared/model/checkpoint';
import { resolveRecipe } from './recipe';

function read(text: string) {
  return resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
}

function rulesOf(text: string): readonly (CheckpointRule | null)[] {
  const recipe = read(text);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.jobs.flatMap(({ steps }) => steps.map(({ checkpoints }) => checkpoints ?? null));
}

test('a step may say what its tasks go on from, or its job for it', () => {
  const text = String.raw`drover: 1
jobs:
  plain: { run: x }
  all:
    checkpoints: { files: "*.cpt" }
    steps:
      inherits: { run: x }
      none: { run: x, checkpoints: none }
      own:
        run: x
        frames: 1-3
        checkpoints:
          files: ["s_{{Frame}}.bin", t.bin]
          together: true
          type: DELTA
          at: 's_(?<at>\d+)'
          whole: { least: 10, begins: "4C 41", ends: "00", holds: [U] }
          keep: { last: 5, every: 1 h }
          resumed: 'going on from (?<from>\d+)'
`;
  const simple = {
    folder: null,
    together: false,
    type: 'FULL',
    whole: anyFile,
    at: null,
    resumed: null,
  } as const;
  expect(rulesOf(text)).toEqual([
    null,
    { ...simple, files: ['*.cpt'], keep: usualKeep },
    null,
    {
      files: ['s_{{Frame}}.bin', 't.bin'],
      folder: null,
      together: true,
      type: 'DELTA',
      at: String.raw`s_(?<at>\d+)`,
      whole: { leastBytes: 10, begins: '4c41', ends: '00', holds: ['U'] },
      keep: { last: 5, everyMs: 3_600_000 },
      resumed: String.raw`going on from (?<from>\d+)`,
    },
  ]);
});

test('the best ones may be kept, by a value that tasks report', () => {
  const of = (best: string) =>
    rulesOf(`drover: 1\njobs:\n  a: { run: x, checkpoints: { files: x, keep: { best: ${best} } } }\n`)[0]
      ?.keep;
  expect(of('loss min')).toEqual({ ...usualKeep, best: { name: 'loss', is: 'min', count: 1 } });
  expect(of('val.acc max 3')).toEqual({ ...usualKeep, best: { name: 'val.acc', is: 'max', count: 3 } });
});

test('a program may say whether a file is whole', () => {
  const text = `drover: 1\njobs:\n  a: { run: x, frames: 1-2, checkpoints: { files: x, whole: { check: [c, "{{Frame}}"] } } }\n`;
  expect(rulesOf(text)[0]?.whole).toEqual({ ...anyFile, check: ['c', '{{Frame}}'] });
});

test('how its program comes to write one, and how long it has for the last', () => {
  const written = (made: string): string =>
    `drover: 1\njobs:\n  a: { run: x, frames: 1-2, checkpoints: { files: x, ${made} } }\n`;
  const of = (made: string) => {
    const [rule] = rulesOf(written(made));
    return { made: rule?.made, graceMs: rule?.graceMs };
  };
  expect(of('grace: 2 min')).toEqual({ graceMs: 120_000 });
  expect(of('made: itself')).toEqual({ made: { kind: 'itself' } });
  expect(of('made: { signal: sigusr1 }').made).toEqual({ kind: 'signal', signal: 'USR1', everyMs: null });
  expect(of('made: { signal: USR2, every: 10 min }').made).toMatchObject({
    signal: 'USR2',
    everyMs: 600_000,
  });
  expect(of('made: { command: "./save.sh {{Frame}}" }').made).toEqual({
    ...{ kind: 'command', action: { kind: 'script', text: './save.sh {{Frame}}' } },
    ...{ timeoutMs: 60_000, everyMs: null },
  });
  expect(of('made: { command: [save, 1], timeout: 5 s, every: 1 h }').made).toEqual({
    ...{ kind: 'command', action: { kind: 'command', argv: ['save', '1'] } },
    ...{ timeoutMs: 5000, everyMs: 3_600_000 },
  });
});

test.each([
  ['{}', 'files is missing'],
  ['{ files: [] }', 'the list is empty'],
  ['{ files: "../x" }', '"../x" may lie outside of its output'],
  ['{ files: "{{Frame}}.x" }', '{{Frame}} has a value only in what single tasks run'],
  ['{ files: x, at: "[0-9]+" }', 'has no group that tells how far it is'],
  ['{ files: x, resumed: "(" }', 'is no regular expression'],
  ['{ files: x, whole: { begins: xyz } }', 'is no row of bytes in hexadecimal'],
  ['{ files: x, keep: { last: 0 } }', '0'],
  ['{ files: x, keep: { every: soon } }', 'soon'],
  ['some', 'found the text "some"; allowed is none, or a map'],
  ['{ files: x, keep: { best: loss } }', '"loss" names no best ones'],
  ['{ files: x, keep: { best: loss min 0 } }', '0'],
  ['{ files: x, whole: { check: [] } }', 'here should stand a program'],
  ['{ files: x, whole: { check: "{{Frame}}" } }', '{{Frame}} has a value only in what single tasks'],
  ['{ files: x, made: alone }', 'allowed is itself, or a map'],
  ['{ files: x, made: {} }', 'either a signal or a command'],
  ['{ files: x, made: { signal: USR1, command: y } }', 'either a signal or a command'],
  ['{ files: x, made: { signal: USR1, timeout: 1 s } }', 'timeout belongs to a command'],
  ['{ files: x, made: { signal: KILL } }', '"KILL" is no signal that asks a program to save'],
  ['{ files: x, made: { signal: TERM, every: 1 h } }', 'asked only once'],
  ['{ files: x, made: { command: [] } }', 'here should stand a command'],
  ['{ files: x, made: { command: [save, "{{Frame}}"] } }', '{{Frame}} has a value only in what single tasks'],
  ['{ files: x, made: { signal: USR1, every: 0 } }', 'is no time at all'],
  ['{ files: x, grace: never }', '"never" is no length of time'],
])('checkpoints: %s is refused where it stands', (written, message) => {
  const recipe = read(`drover: 1\njobs:\n  a:\n    run: x\n    checkpoints: ${written}\n`);
  expect(recipe.ok ? [] : recipe.problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining(message), line: 5 }),
  ]);
});
