import { expect, test } from 'vitest';
import { aboutBatch, aboutJob, aboutStep } from '../../shared/model/finding';
import { resolveRecipe } from './recipe/recipe';

const text = `drover: 1
tenant: film
resources: { memory: 4 GiB }
jobs:
  sim:
    resources: { cpu: 2 }
    steps:
      bake:
        run: |
          # blender
          blender -b "{{Job}}" && blender -b other
      join: { command: [sh, ./join.sh], resources: { cpu: 4 } }
  film: { run: ffmpeg -i x, deadline: 2026-01-01 10:00 }
`;

test('a field of a batch is at the innermost place that says it, or at the step, the job, the recipe', () => {
  const resolved = resolveRecipe({ text, file: 'a.yaml', folder: '/', recipe: null }, {}, []);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const at = (...about: Parameters<typeof resolved.places>): string => {
    const { file, line, column, path } = resolved.places(...about);
    return `${file}:${line}:${column} ${path}`;
  };
  expect(at(aboutBatch('tenant'))).toBe('a.yaml:2:9 tenant');
  expect(at(aboutBatch('output'))).toBe('a.yaml:1:1 ');
  expect(at(aboutStep('sim', 'join', 'resources', 'cpu'))).toBe(
    'a.yaml:12:59 jobs.sim.steps.join.resources.cpu',
  );
  expect(at(aboutStep('sim', 'bake', 'resources', 'cpu'))).toBe('a.yaml:6:23 jobs.sim.resources.cpu');
  expect(at(aboutStep('sim', 'bake', 'resources', 'memory'))).toBe('a.yaml:3:22 resources.memory');
  expect(at(aboutStep('sim', 'bake', 'needs'))).toBe('a.yaml:8:7 jobs.sim.steps.bake');
  expect(at(aboutStep('sim', 'join', 'command', 1))).toBe('a.yaml:12:29 jobs.sim.steps.join.command[1]');
  expect(at(aboutStep('film', 'main', 'timeout'))).toBe('a.yaml:13:3 jobs.film');
  expect(at(aboutStep('film', 'main', 'run'))).toBe('a.yaml:13:16 jobs.film.run');
  expect(at(aboutJob('film', 'deadline'))).toBe('a.yaml:13:39 jobs.film.deadline');
  expect(at(aboutJob('film', 'window'))).toBe('a.yaml:13:3 jobs.film');
  const run = aboutStep('sim', 'bake', 'run');
  expect(at({ ...run, within: { piece: 'blender', index: 10 } })).toBe(
    'a.yaml:11:11 jobs.sim.steps.bake.run',
  );
  expect(at({ ...run, within: { piece: 'blender', index: 34 } })).toBe(
    'a.yaml:11:35 jobs.sim.steps.bake.run',
  );
});
