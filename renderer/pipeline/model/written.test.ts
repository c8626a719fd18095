import { expect, test } from 'vitest';
import type { PresetCard } from '../../../shared/ipc/forms';
import type { Finding } from '../../../shared/model/finding';
import { fedByEdge, fedValue, feedsOf, resultsOf, takesResults } from './feeding';
import { findingsOf, worstOf } from './findings';
import { formOf, sketchWith } from './form-for-tests';
import { changedJob } from './sketch';
import type { Sketch } from './sketch';
import { neededIn, pipelineOf, sketchOf, wholePath } from './written';

const valued = (sketch: Sketch, id: string, values: Readonly<Record<string, string>>): Sketch =>
  changedJob(sketch, id, (job) => ({ ...job, values: { ...job.values, ...values } }));

test('an edge hands the results of a job to the folder of the next, unless that was said', () => {
  const sketch = sketchWith(['render', 'film'], 'j1 > j2');
  expect(fedByEdge(sketch, 'j1', 'j2', formOf).jobs[1]?.values['Folder']).toBe('{{Output}}/render');
  const said = valued(sketch, 'j2', { Folder: '/frames' });
  expect(fedByEdge(said, 'j1', 'j2', formOf)).toBe(said);
  expect(fedByEdge(sketch, 'j2', 'j1', formOf)).toBe(sketch);
});

test('the results of all that comes before are offered where files are named', () => {
  const sketch = valued(sketchWith(['render', 'film', 'note'], 'j1 > j2', 'j2 > j3'), 'j1', {
    OutputDir: '',
  });
  expect(feedsOf(sketch, 'j3', formOf)).toEqual([
    { job: 'film', folder: '{{Output}}/film' },
    { job: 'render', folder: '{{Output}}' },
  ]);
  expect(feedsOf(sketch, 'j1', formOf)).toEqual([]);
  const [note] = sketch.jobs.slice(2);
  expect(note === undefined ? '' : resultsOf(note, formOf('note'))).toBeNull();
  const taking = ['render', 'film', 'note'].map((preset) =>
    formOf(preset)
      ?.groups.flatMap(({ fields }) => fields)
      .filter(takesResults)
      .map((field) => [field.name, fedValue(field, 'ls', '{{Output}}/a')]),
  );
  expect(taking).toEqual([
    [['Scene', '{{Output}}/a/']],
    [['Folder', '{{Output}}/a']],
    [['Command', 'ls {{Output}}/a']],
  ]);
});

test('a pipeline has whole paths, and nothing that is the default', () => {
  const sketch = valued({ ...sketchWith(['render', 'film'], 'j1 > j2'), folder: '/shots' }, 'j1', {
    Scene: 'a.blend',
    Frames: '1-10',
    Lens: '35',
  });
  expect(pipelineOf(sketch, formOf)).toMatchObject({
    jobs: [
      {
        name: 'render',
        preset: 'render',
        // The check says that there is no such parameter.
        parameters: { Scene: '/shots/a.blend', OutputDir: '{{Output}}/render', Lens: '35' },
      },
      { name: 'film', preset: 'film', parameters: { OutputDir: '{{Output}}/film' } },
    ],
    edges: [{ from: 'render', to: 'film', onFailure: 'hold' }],
  });
  expect(sketch.jobs.map((job) => neededIn(formOf(job.preset) ?? none(), job))).toEqual([[], ['Folder']]);
  expect(['/a', 'C:\\a', '{{Output}}/a', '', 'a'].map((path) => wholePath('/b/', path))).toEqual([
    ...['/a', 'C:\\a', '{{Output}}/a', '', '/b/a'],
  ]);
  expect(wholePath('C:\\b', 'a')).toBe('C:\\b\\a');
});

const none = (): never => {
  throw new Error('there is no form');
};

test('what was written is the same sketch again', () => {
  const sketch = fedByEdge(sketchWith(['render', 'film'], 'j1 > j2'), 'j1', 'j2', formOf);
  const cards: readonly PresetCard[] = ['render', 'film'].map((name) => ({
    ...{ name, title: name, description: '', kind: 'command', picture: null, files: [] },
    ...{ isOwn: false, nodes: null },
  }));
  const pipeline = pipelineOf(sketch, formOf);
  expect(sketchOf(pipeline, '', cards, new Map())).toEqual(sketch);
});

const place = (path: string): Finding['place'] => ({ file: 'p', line: 1, column: 1, path });

test('what is found stands at its job, whatever its name', () => {
  const finding = (path: string | null): Finding => ({
    ...{ severity: 'warning', code: 'x', message: 'Slow', fix: null },
    place: path === null ? null : place(path),
  });
  const findings = findingsOf(
    {
      recipe: {
        ...{
          name: '',
          jobs: [],
          tasks: 0,
          parameters: {},
          schedule: null,
          relativeTo: [],
          starts: [],
          end: null,
        },
        findings: [null, 'jobs.a', 'jobs.a.b.preset', 'jobs.ab', 'jobs.a.parameters.Scene'].map(finding),
      },
      refusal: null,
    },
    ['a', 'a.b', 'ab'],
  );
  expect(findings.map(({ job, parameter }) => [job, parameter])).toEqual([
    [null, null],
    ['a', null],
    ['a.b', null],
    ['ab', null],
    ['a', 'Scene'],
  ]);
  expect(worstOf([{ severity: 'note' }, { severity: 'error' }, { severity: 'warning' }])).toBe('error');
  expect(worstOf([])).toBeNull();
});

test('a mistake stands at the field of which the value is wrong', () => {
  const problem = (code: string, path: string, message: string) => ({
    ...{ code, path, message, file: 'p', line: 1, column: 1 },
  });
  const problems = [
    problem('bad-value', 'jobs.a.parameters', 'the value given for Frames: "x" is no range'),
    problem('missing-parameter', 'jobs.a.parameters', 'it needs Scene'),
    problem('bad-placeholder', 'jobs.a.parameters.Scene', '{{Out} is none'),
  ];
  const refusal = { code: 'refused', message: 'It has mistakes.', problems } as const;
  const findings = findingsOf({ recipe: null, refusal }, ['a']);
  expect(findings.map(({ parameter, message }) => [parameter, message])).toEqual([
    ['Frames', '"x" is no range'],
    ['Scene', '{{Out} is none'],
  ]);
  expect(findingsOf({ recipe: null, refusal: { code: 'failed', message: 'Gone.' } }, ['a'])).toMatchObject([
    { job: null, message: 'Gone.' },
  ]);
});
