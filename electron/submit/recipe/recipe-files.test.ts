import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { sharedFiles, type FileRule } from '../../../shared/model/files';
import { resolveRecipe } from './recipe';

const read = (text: string) =>
  resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);

function rulesOf(text: string): readonly FileRule[] {
  const recipe = read(text);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.jobs.flatMap(({ steps }) => steps.map(({ files }) => files));
}

test('a step may say which files are copied for it, or its job for it; else folders are shared', () => {
  const text = `drover: 1
parameters: { Scene: shot 7.blend }
jobs:
  plain: { run: x }
  all:
    files: { send: [ "{{Scene}}", "textures/**" ] }
    steps:
      inherits: { run: x }
      shared: { run: x, files: shared }
      own: { run: x, files: { send: [], fetch: "*.png" } }
`;
  expect(rulesOf(text)).toEqual([
    sharedFiles,
    { kind: 'staged', send: ['shot 7.blend', 'textures/**'], fetch: ['**'] },
    sharedFiles,
    { kind: 'staged', send: [], fetch: ['*.png'] },
  ]);
});

test.each<[written: string, message: string]>([
  ['staged', 'found the text "staged"; allowed is shared, or a map such as { send: [scene.blend, textures'],
  ['{ fetch: "*.png" }', 'send is missing: which files of the folder does the step need?'],
  ['{ send: /etc/passwd }', '"/etc/passwd" may lie outside of the step\'s folder'],
  ['{ send: a/../../b }', "may lie outside of the step's folder"],
  ["{ send: 'C:\\secret' }", "may lie outside of the step's folder"],
  ['{ send: a, fetch: ["ok", "../b"] }', '"../b" may lie outside of its output'],
  ['{ send: [a, a] }', 'a stands here for the second time'],
  ['{ send: " " }', 'the file has no name'],
  ['{ send: "{{Nobody}}" }', '{{Nobody}} is unknown'],
  ['{ send: a, recieve: b }', 'unknown field'],
])('files: %s', (written, message) => {
  const recipe = read(`drover: 1\njobs:\n  a: { run: x, files: ${written} }`);
  expect(recipe.ok ? [] : recipe.problems.map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});
