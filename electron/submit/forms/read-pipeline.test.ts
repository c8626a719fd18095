import fc from 'fast-check';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allToAll, sameIndex, upstreamFailures } from '../../../shared/model/dependency';
import type { Relation } from '../../../shared/model/dependency';
import type { Pipeline } from '../../../shared/model/pipeline';
import { pipelineRecipe } from '../../../shared/model/pipeline-recipe';
import { priorities } from '../../../shared/model/states';
import { presets } from '../presets/presets';
import { resolveRecipe } from '../recipe/recipe';
import { readPipeline } from './read-pipeline';
import { recipeToSave } from './save';

const shipped = await presets(resolve(import.meta.dirname, '../../../resources/presets'));
const names = shipped.map(({ name }) => name);

const film: Pipeline = {
  name: 'Shot 042 {{final}}',
  tenant: 'harbour',
  priority: 'HIGH',
  deadline: Date.UTC(2030, 5, 1, 18),
  jobs: [
    {
      name: 'frames',
      preset: 'blender',
      parameters: { SceneFile: '/shot.blend', Frames: '1-8', OutputDir: '{{Output}}/frames' },
    },
    { name: 'film', preset: 'ffmpeg', parameters: { Folder: '{{Output}}/frames', Rate: '25' } },
    { name: 'note', preset: 'shell', parameters: { Command: "docker ps --format '{{json .}}' {{Frame}}" } },
  ],
  edges: [
    { from: 'frames', to: 'film', relation: { type: 'SEQUENTIAL', mapping: allToAll }, onFailure: 'hold' },
    {
      from: 'film',
      to: 'note',
      relation: { type: 'CONDITIONAL', condition: { kind: 'ended' } },
      onFailure: 'bypass',
    },
  ],
};

test('a pipeline is a recipe that can be submitted, with what it says meant as it stands', () => {
  const text = pipelineRecipe(film);
  const read = resolveRecipe(
    { text, file: 'film.json', folder: '/', recipe: null },
    {},
    [],
    new Map(),
    shipped,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { batch } = read;
  expect(batch).toMatchObject({ name: film.name, tenant: 'harbour' });
  expect(batch.jobs.map(({ name, priority, deadline }) => ({ name, priority, deadline }))).toEqual(
    film.jobs.map(({ name }) => ({ name, priority: 'HIGH', deadline: film.deadline })),
  );
  expect(batch.dependencies).toMatchObject([
    { from: { job: 'frames', step: null }, to: { job: 'film', step: null } },
    { from: { job: 'film', step: null }, to: { job: 'note', step: null }, onFailure: 'bypass' },
  ]);
  expect(JSON.stringify(batch.jobs[2])).toContain("docker ps --format '{{json .}}' {{Frame}}");
});

describe('a recipe that is opened', () => {
  const relation: fc.Arbitrary<Relation> = fc.oneof(
    fc.constantFrom<Relation>(
      { type: 'SEQUENTIAL', mapping: allToAll },
      { type: 'SEQUENTIAL', mapping: sameIndex },
      { type: 'CONDITIONAL', condition: { kind: 'ended' } },
      { type: 'CONDITIONAL', condition: { kind: 'failed' } },
    ),
    fc
      .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
      .map(([from, to]): Relation => ({ type: 'SEQUENTIAL', mapping: { kind: 'groups', from, to } })),
    fc
      .uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 4 })
      .map((codes): Relation => ({ type: 'CONDITIONAL', condition: { kind: 'exitCode', codes } })),
    fc.integer({ min: -1000, max: 1000 }).map((than): Relation => ({
      type: 'CONDITIONAL',
      condition: { kind: 'value', name: 'loss', is: '<=', than: than / 8 },
    })),
    fc.integer({ min: 1, max: 100_000 }).map((seconds): Relation => ({
      type: 'TEMPORAL',
      rule: { kind: 'delay', milliseconds: seconds * 1000 },
    })),
    fc.constant<Relation>({ type: 'DATA', files: ['*.png', 'a {{b'] }),
  );
  const value = fc
    .array(
      fc.constantFrom('{{', '}}', '{{Output}}', '{{ Job }}', 'a', ' ', '/', '"', '\n', 'Frame', '{', '#'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''))
    // A name that means something means it, however it came about.
    .filter((text) => !/\{\{\s*\{|(?<!\{)\{\{\{/.test(text));
  const pipeline: fc.Arbitrary<Pipeline> = fc
    .record({
      name: fc.constantFrom('', 'Shot', '{{Shot}} 1'),
      tenant: fc.constantFrom(null, 'harbour'),
      priority: fc.constantFrom(null, ...priorities),
      deadline: fc.constantFrom(null, Date.UTC(2031, 0, 2, 3, 4, 5)),
      jobs: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom('a', 'b', 'c', 'a.b', '042', 'ü', 'true', 'film-2'),
          preset: fc.constantFrom('shell', 'blender', 'ffmpeg'),
          parameters: fc.dictionary(fc.constantFrom('Command', 'OutputDir', 'Folder'), value),
        }),
        { minLength: 1, selector: ({ name }) => name },
      ),
      rules: fc.array(
        fc.record({
          at: fc.nat(6),
          back: fc.nat(6),
          relation,
          onFailure: fc.constantFrom(...upstreamFailures),
        }),
        { maxLength: 6 },
      ),
    })
    .map(({ rules, ...head }) => {
      const edges = new Map<string, Pipeline['edges'][number]>();
      for (const { at, back, ...rule } of rules) {
        const [from, to] = [head.jobs[at]?.name, head.jobs[at + 1 + back]?.name];
        if (from !== undefined && to !== undefined) edges.set(`${from} > ${to}`, { from, to, ...rule });
      }
      return { ...head, edges: [...edges.values()] };
    });

  /** In no order. */
  const sorted = ({ jobs, edges, ...head }: Pipeline): unknown => ({
    ...head,
    jobs: jobs.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    edges: edges.toSorted((one, other) =>
      `${one.from} > ${one.to}` < `${other.from} > ${other.to}` ? -1 : 1,
    ),
  });

  test('is the pipeline that it was written of, in JSON and as it is saved', () => {
    fc.assert(
      fc.property(pipeline, (one) => {
        const text = pipelineRecipe(one);
        for (const written of [text, recipeToSave(text)]) {
          const read = readPipeline(written, names);
          if (!read.ok) throw new Error(`${read.message}: ${written}`);
          expect(sorted(read.value)).toEqual(sorted(one));
        }
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  test.each([
    ['jobs: { a: { run: ls } }', 'its job a says run'],
    ['jobs: { a: { preset: shell } }\nretry: 2', 'the recipe says retry'],
    ['jobs: { a: { preset: shel } }', 'there is no preset "shel"'],
    ['parameters: { Shot: 1 }\njobs: { a: { preset: shell } }', 'the recipe says the parameter Shot'],
    ['jobs: { a: { preset: shell, after: b }, b: { preset: shell, after: a } }', 'in a circle'],
    ['jobs: { a: { preset: shell }, b: { preset: shell, after: { job: a, step: Run } } }', 'a single step'],
    ['jobs: { a: { preset: shell, after: c } }', 'waits for "c", which it does not have'],
    ['jobs: { a: { preset: shell, parameters: { Command: "{{Who}}" } } }', 'put together from other values'],
    [
      'jobs: { a: { preset: shell, after: [b, { job: b, when: failed }] }, b: { preset: shell } }',
      'more than one',
    ],
    ['jobs: { a: [', 'it has mistakes'],
    [
      'jobs: { a: { preset: shell, parameters: { Command: "{{Braces}}Output}}" } } }\nparameters: { Braces: "{{" }',
      'meant as it stands',
    ],
  ])('that says more is told apart: %s', (text, why) => {
    const read = readPipeline(`drover: 1\n${text}\n`, names);
    expect(read.ok ? '' : read.message).toContain(why);
  });
});
