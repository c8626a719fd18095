import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../shared/model/batch';
import { presets } from '../presets/presets';
import { resolveRecipe } from './recipe';

const template = `
specificationVersion: jobtemplate-2023-09
name: Comp
parameterDefinitions:
  - { name: Scene, type: PATH }
  - { name: Frames, type: STRING, default: 1-3 }
steps:
  - name: draw
    hostRequirements: { amounts: [{ name: amount.worker.memory, min: 1000 }] }
    parameterSpace: { taskParameterDefinitions: [{ name: F, type: INT, range: "{{Param.Frames}}" }] }
    script: { actions: { onRun: { command: comp, args: ["{{Param.Scene}}"] } } }
  - name: join
    dependencies: [{ dependsOn: draw }]
    script: { actions: { onRun: { command: join } } }
`;

function read(text: string, files: Readonly<Record<string, string>> = { 'comp.yaml': template }) {
  const folder = '/shots';
  const known = new Map(Object.entries(files).map(([name, content]) => [join(folder, name), content]));
  return resolveRecipe({ text, file: 'recipe.yaml', folder, recipe: null }, {}, [], known);
}

function batchOf(text: string): Batch {
  const found = read(text);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.batch;
}

const problemsOf = (text: string, files?: Readonly<Record<string, string>>): readonly string[] => {
  const found = read(text, files);
  return found.ok ? [] : found.problems.map(({ file, line, code }) => `${file}:${line} ${code}`);
};

describe('a job that is made of a template', () => {
  test('has its steps, with values and manners of the recipe, and others can wait for them', () => {
    const batch = batchOf(`
drover: 1
parameters: { Shot: "042" }
retry: 2
jobs:
  comp:
    template: comp.yaml
    priority: high
    kind: render
    resources: { memory: 512 MiB, cpu: 2 }
    parameters: { Scene: "{{Shot}}/scene.nk", Frames: 5-8 }
  film: { run: ./film.sh, after: { job: comp, step: join } }
`);
    expect(batch.jobs[0]).toMatchObject({
      name: 'comp',
      kind: 'render',
      priority: 'HIGH',
      steps: [
        {
          name: 'draw',
          request: { cpu: 2, memoryMiB: 1000 },
          retry: { attempts: 3 },
          space: { kind: 'range', name: 'F', ranges: [{ first: 5, count: 4 }] },
          parameters: { Scene: '/shots/042/scene.nk', Frames: '5-8' },
        },
        { name: 'join', request: { cpu: 2, memoryMiB: 512 } },
      ],
    });
    expect(batch.dependencies).toMatchObject([
      { from: { job: 'comp', step: 'join' }, to: { job: 'film', step: null } },
      { from: { job: 'comp', step: 'draw' }, to: { job: 'comp', step: 'join' } },
    ]);
  });

  test('is refused where it cannot be, each mistake at its place in its file', () => {
    expect(
      problemsOf(
        `
drover: 1
jobs:
  a: { template: comp.yaml }
  b: { template: comp.yaml, parameters: { Scene: x, Frmes: 1 } }
  c: { template: comp.yaml, parameters: { Scene: x }, frames: 1-2 }
  d: { template: none.yaml }
  e: { template: ../comp.yaml }
  f: { template: broken.yaml }
  g: { template: comp.yaml, parameters: { Scene: x }, run: x }
  h: { run: x, parameters: { Scene: x } }
  i: { run: x, after: { job: g, step: drw } }
`,
        { 'comp.yaml': template, 'broken.yaml': template.replace('command: join', 'comand: join') },
      ),
    ).toEqual([
      'recipe.yaml:4 missing-parameter',
      'recipe.yaml:5 unknown-parameter',
      'recipe.yaml:6 misplaced-field',
      'recipe.yaml:7 no-such-file',
      'recipe.yaml:8 bad-file',
      'recipe.yaml:10 several-actions',
      'recipe.yaml:11 misplaced-field',
      'recipe.yaml:12 unknown-step',
      'broken.yaml:14 missing-field',
      'broken.yaml:14 unknown-field',
    ]);
  });
});

const shipped = await presets(resolve(import.meta.dirname, '../../../resources/presets'));
const withPresets = (text: string) =>
  resolveRecipe({ text, file: 'recipe.yaml', folder: '/shots', recipe: null }, {}, [], new Map(), shipped);

describe('a job that is made of a preset', () => {
  test('has its steps, and what the preset knows where the recipe says nothing', () => {
    const found = withPresets(`
drover: 1
parameters: { Shot: "042" }
jobs:
  frames:
    preset: povray
    needs: { all: [fast] }
    resources: { memory: 3 GiB }
    parameters: { SceneFile: "{{Shot}}/sea.pov", LastFrame: 8 }
  film: { preset: shell, parameters: { Command: ./film.sh }, after: frames }
`);
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    const [frames, film] = found.batch.jobs;
    const povray = shipped.find(({ name }) => name === 'povray');
    expect(frames).toMatchObject({
      name: 'frames',
      kind: 'render',
      steps: [
        {
          parameters: { SceneFile: '/shots/042/sea.pov', LastFrame: '8' },
          request: { cpu: povray?.resources.cpu, memoryMiB: 3072 },
          needs: { allOf: ['fast', 'program:povray'] },
          progress: povray?.progress,
        },
      ],
    });
    expect(film).toMatchObject({ kind: 'command', steps: [{ parameters: { Command: './film.sh' } }] });
    expect(found.batch.dependencies).toMatchObject([{ from: { job: 'frames' }, to: { job: 'film' } }]);
  });

  test('is refused where it cannot be, at its place in the recipe', () => {
    const found = withPresets(`
drover: 1
jobs:
  a: { preset: povary, parameters: { SceneFile: x.pov } }
  b: { preset: povray, parameters: { SceneFile: x.pov, Widht: 100 } }
  b2: { preset: povray, parameters: { SceneFile: x.pov, Width: wide } }
  c: { preset: povray, template: comp.yaml }
  d: { preset: shell, parameters: { Command: x }, frames: 1-2 }
`);
    const problems = found.ok ? [] : found.problems;
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 no-such-preset',
      '5 unknown-parameter',
      '6 wrong-type',
      '7 several-actions',
      '7 no-such-file',
      '8 misplaced-field',
    ]);
    expect(problems[0]?.message).toContain('did you mean "povray"?');
    expect(problems[2]?.path).toBe('jobs.b2.parameters.Width');
  });
});
