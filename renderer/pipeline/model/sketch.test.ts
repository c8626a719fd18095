import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copied, pasted } from './clip';
import { jobOf, sketchWith } from './form-for-tests';
import {
  earlierJobs,
  edgeBetween,
  emptySketch,
  freeName,
  loopThrough,
  nameForm,
  nameProblem,
  renamed,
  withEdge,
  withJob,
  withoutEdges,
  withoutJobs,
} from './sketch';
import { redone, stepped, stepsFrom, undone } from './steps';

describe('jobs', () => {
  test('have names and folders of their own', () => {
    const { jobs } = sketchWith(['render', 'render', 'note']);
    expect(jobs.map(({ id, name, values }) => [id, name, values])).toEqual([
      ['j1', 'render', { OutputDir: '{{Output}}/render' }],
      ['j2', 'render-2', { OutputDir: '{{Output}}/render-2' }],
      ['j3', 'note', {}],
    ]);
  });

  test('have names that a recipe may have, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (wanted) => {
        const sketch = withJob(emptySketch, { ...jobOf('note'), wanted });
        const [first] = sketch.jobs;
        expect(first?.name).toMatch(nameForm);
        expect(freeName(sketch, wanted)).not.toBe(first?.name);
      }),
    );
  });

  test('are called otherwise together with their folder, wherever it is named', () => {
    const sketch = sketchWith(['render', 'render', 'note']);
    const values = { Command: 'ls {{Output}}/render {{Output}}/render/a {{Output}}/render-2' };
    const changed = renamed(
      { ...sketch, jobs: sketch.jobs.map((job) => (job.id === 'j3' ? { ...job, values } : job)) },
      'j1',
      'beauty',
    );
    expect(changed.jobs.map(({ name }) => name)).toEqual(['beauty', 'render-2', 'note']);
    expect(changed.jobs[0]?.values).toEqual({ OutputDir: '{{Output}}/beauty' });
    expect(changed.jobs[1]?.values).toEqual({ OutputDir: '{{Output}}/render-2' });
    expect(changed.jobs[2]?.values['Command']).toBe(
      'ls {{Output}}/beauty {{Output}}/beauty/a {{Output}}/render-2',
    );
  });

  test('may not be called as another one, or with blanks', () => {
    const sketch = sketchWith(['render', 'film']);
    expect(nameProblem(sketch, 'j1', 'render')).toBeNull();
    expect(nameProblem(sketch, 'j1', 'film')).toContain('Another job');
    expect(nameProblem(sketch, 'j1', 'my film')).toContain('Letters');
  });

  test('go with their edges', () => {
    const sketch = sketchWith(['render', 'film', 'note'], 'j1 > j2', 'j2 > j3', 'j1 > j3');
    expect(withoutJobs(sketch, new Set(['j2'])).edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'j1 > j3',
    ]);
    expect(withoutEdges(sketch, new Set(['e4'])).edges).toHaveLength(2);
  });
});

describe('edges', () => {
  test('join two jobs once, and what comes before is found along them', () => {
    const sketch = sketchWith(['render', 'film', 'note'], 'j1 > j2', 'j2 > j3');
    expect(withEdge(sketch, 'j1', 'j2')).toBe(sketch);
    expect(edgeBetween(sketch, 'j2', 'j1')).toBeNull();
    expect(earlierJobs(sketch, 'j3').map(({ id }) => id)).toEqual(['j2', 'j1']);
  });

  test('close a loop exactly when there is a way back', () => {
    const { edges } = sketchWith(['note', 'note', 'note', 'note'], 'j1 > j2', 'j2 > j3', 'j1 > j4');
    expect(loopThrough(edges, 'j3', 'j1')).toEqual(['j3', 'j1', 'j2', 'j3']);
    expect(loopThrough(edges, 'j1', 'j1')).toEqual(['j1', 'j1']);
    expect(loopThrough(edges, 'j4', 'j3')).toBeNull();
  });

  test('that are refused for a loop keep the graph without one', () => {
    const link = fc.tuple(fc.nat(5), fc.nat(5));
    fc.assert(
      fc.property(fc.array(link, { maxLength: 30 }), (links) => {
        const sketch = links.reduce(
          (now, [from, to]) => {
            const ends = [`j${from + 1}`, `j${to + 1}`] as const;
            return loopThrough(now.edges, ...ends) === null ? withEdge(now, ...ends) : now;
          },
          sketchWith(Array.from({ length: 6 }, () => 'note')),
        );
        for (const { id } of sketch.jobs)
          expect(earlierJobs(sketch, id).map((job) => job.id)).not.toContain(id);
      }),
    );
  });
});

test('copies have the edges between them, and their own names, ids and folders', () => {
  const sketch = sketchWith(['render', 'film', 'note'], 'j1 > j2', 'j2 > j3');
  const fed = {
    ...sketch,
    jobs: sketch.jobs.map((job) =>
      job.id === 'j2' ? { ...job, values: { ...job.values, Folder: '{{Output}}/render' } } : job,
    ),
  };
  const { sketch: after, ids } = pasted(fed, copied(fed, new Set(['j1', 'j2'])), { x: 10, y: 20 });
  const copies = after.jobs.filter(({ id }) => ids.has(id));
  expect(copies.map(({ name, x, y }) => ({ name, x, y }))).toEqual([
    { name: 'render-2', x: 10, y: 20 },
    { name: 'film-2', x: 10, y: 20 },
  ]);
  expect(copies[1]?.values).toEqual({ Folder: '{{Output}}/render-2', OutputDir: '{{Output}}/film-2' });
  expect(after.edges).toHaveLength(3);
  const all = [...after.jobs, ...after.edges].map(({ id }) => id);
  expect(new Set(all).size).toBe(all.length);
  expect(after.jobs.slice(0, 3)).toEqual(fed.jobs);
});

test('steps are taken back and forth, and letters of a word are one', () => {
  let steps = stepsFrom(0);
  steps = stepped(steps, 1, null);
  for (const value of [2, 3, 4]) steps = stepped(steps, value, 'word');
  steps = undone(steps);
  expect(steps.present).toBe(1);
  steps = undone(undone(steps));
  expect(steps.present).toBe(0);
  steps = redone(redone(steps));
  expect(steps.present).toBe(4);
  // What is typed after undo is a step of its own.
  steps = stepped(undone(steps), 9, 'word');
  expect([steps.present, redone(steps).present, undone(steps).present]).toEqual([9, 9, 1]);
});
