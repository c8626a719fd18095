/** Recipes: any text, nearly right ones, and right ones with something changed. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { resolveRecipe } from '../../electron/submit/recipe/recipe';
import { mostTasks } from '../../electron/submit/values/frames';
import type { KnownNode } from '../../shared/ipc/submissions';
import { amountNames, noCapacity } from '../../shared/model/amounts';
import type { Batch } from '../../shared/model/batch';
import { parameterNames, taskCount, taskLabel, taskParameters } from '../../shared/model/space';
import { changed } from './changed';
import { fuzzed } from './parser';
import { arePlaced } from './placed';

const node: KnownNode = {
  name: 'workstation',
  capacity: { ...noCapacity, cpu: 16, memoryMiB: 65_536, gpu: 1, gpuMemoryMiB: 24_576 },
};
const folder = resolve('/w');

const valid = `drover: 1
batch: "Shot {{Shot}}"
tenant: film
retry: { times: 2, wait: 30 s, growth: exponential, on: { codes: [137] } }
needs: { all: [os:linux], pool: night }
parameters: { Shot: 42, Last: "24" }
variables: { Scene: "{{Place}}/x", Place: "/{{Shot}}" }
schedule: { cron: "0 22 * * MON-FRI", zone: UTC, overlap: queue }
notify: [done, failed]
output: out/{{Shot}}
environment: &common { THREADS: 4 }
jobs:
  melt:
    kind: simulation
    run: |
      ./melt.sh {{Output}}
      sync
    resources: { cpu: 50%, memory: max, gpu: 0.5, uses: { houdini: 1 } }
    timeout: 2 h
    notBefore: 2026-12-01 18:00
    window: { opens: "22:00", closes: "06:00", zone: UTC }
  beauty:
    kind: render
    priority: HIGH
    deadline: 2026-12-02T06:00:00Z
    most: 4
    progress: { pattern: '(?<done>[0-9]+)/(?<total>[0-9]+)' }
    lock: disk
    frames: 1-{{Last}}x2,100-90x-1,-5
    order: every 3rd
    command: [povray, "+SF{{Frame}}"]
    environment: *common
    after: [melt, { job: melt, value: loss < 0.1, failure: bypass }]
  study:
    run: solve {{Mass}} {{Angle}} {{Speed}} {{W}} {{Frames}}
    sweep: { Mass: [1, 2.5, "{{Last}}"], Angle: 0-90x15, Speed: { from: 0, to: 1, count: 5 } }
    zip: [{ W: [640, 1920], H: 1-2 }]
    except: [{ Mass: 1, Angle: [30, "45-60"] }, { W: 640, Speed: 0.25 }]
    frames: 1-95
    chunk: 10
  sample:
    run: try {{X}} {{Y}}
    sweep: { X: { from: 0.1, to: 10, scale: log }, Y: [a, b, c] }
    rows: [{ A: 1, B: x }, { A: 2, B: y }]
    sample: { count: 100, method: latin, seed: 7 }
    order: middle out
  check:
    frames: 1-3
    run: check {{Frame}}
    after: { job: film, step: sound, each: true }
  film:
    after: { job: beauty, files: ["*.png"] }
    environments: [{ name: disk, enter: mount, leave: umount, timeout: 1 min }]
    steps:
      join: { run: join }
      sound: { run: mix, frames: [1, 3-4], after: [join, { job: beauty, delay: 10 min }], retry: 0 }
`;

const main = `drover: 1
include: [common.yaml, looks/night.yaml]
jobs:
  own: { run: "x {{Quality}} {{Mass}}", table: points.csv }
  rows: { run: "y {{Mass}}", table: points.json, frames: 1-2 }
`;
const beside = {
  'common.yaml': 'drover: 1\nparameters: { Quality: 9 }\nenvironment: { A: "{{Quality}}" }\n',
  'looks/night.yaml': 'drover: 1\ninclude: ../day.yaml\njobs: { own: { resources: { cpu: 2 } } }\n',
  'day.yaml': 'drover: 1\njobs: { first: { run: first, frames: 1-2 } }\n',
  'points.csv': 'Mass,Name\n1,a\n2.5,"b, ""c"""\n',
  'points.json': '[{ "Mass": 1, "Name": "a" }, { "Mass": 2, "Name": "b" }]',
};
type Texts = Readonly<Record<string, string>>;

/** True when it was accepted. */
function read(text: string, files: Texts = {}): boolean {
  const known = new Map(Object.entries(files).map(([name, content]) => [resolve(folder, name), content]));
  const resolved = resolveRecipe({ text, file: 'x.yaml', folder, recipe: null }, {}, [node], known);
  if (resolved.ok) isWhole(resolved.batch);
  else arePlaced(resolved.problems, { 'x.yaml': text, ...files });
  return resolved.ok;
}

/** Nothing that it holds may fail later. */
function isWhole(batch: Batch): void {
  assert(batch.jobs.length > 0);
  let tasks = 0;
  const names = new Set<string>();
  for (const job of batch.jobs) {
    assert(job.steps.length > 0);
    names.add(`${job.name}/`);
    for (const { name, space, request, retry, timeoutMs } of job.steps) {
      names.add(`${job.name}/${name}`);
      const count = taskCount(space);
      tasks += count;
      assert(Number.isSafeInteger(count) && count > 0);
      const known = parameterNames(space);
      for (const index of [0, count >>> 1, count - 1]) {
        const values = taskParameters(space, index);
        assert.deepEqual(Object.keys(values), known);
        for (const value of Object.values(values)) assert(!/undefined|NaN|Infinity/.test(value));
        assert.equal(taskLabel(space, index) === '', known.length === 0);
      }
      assert(request.cpu > 0);
      for (const amount of amountNames) assert(request[amount] >= 0);
      assert(retry.attempts > 0 && retry.backoff.mostMs >= retry.backoff.firstMs);
      assert(timeoutMs === null || timeoutMs > 0);
    }
  }
  assert(tasks <= mostTasks);
  for (const { from, to } of batch.dependencies)
    for (const end of from === null ? [to] : [from, to]) assert(names.has(`${end.job}/${end.step ?? ''}`));
  // It is kept as a fact, and read again.
  assert.deepEqual(JSON.parse(JSON.stringify(batch)), batch);
}

const words = [
  ...['drover', ': ', '1', '\n', '  ', '- ', 'jobs', 'run', 'a', '{', '}', '[', ']', ',', '"', '{{', '}}'],
  ...['|', '&x ', '*x', '#', '---\n', '!!str ', '~', '? ', '\t', '%', 'sweep', 'include', 'x.yaml'],
];
const jumbled = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...words), { maxLength: most }).map((found) => found.join(''));

const fields = [
  ...['drover', 'jobs', 'a', 'b', 'run', 'command', 'frames', 'after', 'steps', 'kind', 'resources', 'cpu'],
  ...['memory', 'gpu', 'uses', 'needs', 'all', 'retry', 'times', 'wait', 'on', 'codes', 'timeout', 'lock'],
  ...[
    'window',
    'opens',
    'notBefore',
    'most',
    'job',
    'step',
    'each',
    'groups',
    'when',
    'exit',
    'value',
    'delay',
  ],
  ...['environment', 'environments', 'name', 'enter', 'parameters', 'variables', 'folder', 'output', 'batch'],
  ...['sweep', 'zip', 'rows', 'table', 'except', 'sample', 'order', 'chunk', 'from', 'to', 'count', 'method'],
  ...['seed', 'scale', 'include', 'schedule', 'cron', 'every', 'notify', 'Mass', 'Frame', 'toString', '1'],
];
const scalars = [
  ...[1, 'a', 'b', '1-5', '1-5,9', '1 GiB', '50%', 'max', '2 h', '22:00', '2026-12-01 18:00', 'loss < 1'],
  ...['failed', 'render', null, true, '{{a}}', '{{Frame}}', '{{Mass}}', -1, 1e300, '', 0.1, 'latin', 'log'],
  ...['reverse', 'every 2nd', 'x.yaml', 'points.csv', '@daily', 'never', '1-1000000000000'],
];
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(...scalars),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));
/** One of the right values, or seldom any other. */
const often = (...right: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 25, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: value });
const axis = often(
  [1, 2],
  ['a', 'b', 'c'],
  '0-90x45',
  7,
  { from: 0, to: 1, count: 3 },
  { from: 2, to: 0, step: -0.5 },
  {
    from: 1,
    to: 8,
    count: 4,
    scale: 'log',
  },
);
const pair = often({ A: [1, 2], B: '5-6' }, { A: '1-3', B: ['x', 'y', 'z'] }, [{ A: 1 }, { B: 2 }]);
const seldom = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const frames = often('1-10', '1-20x3,100', [1, '3-5'], 'x-1');
const order = seldom(often('reverse', 'middle out', 'every 2nd', 'forward'));
const spaceFields = fc.oneof(
  fc.record({ frames, chunk: seldom(often(1, 4, 100)), order }),
  fc.record({
    sweep: fc.oneof(
      { weight: 20, arbitrary: fc.record({ Mass: axis, Angle: axis }, { requiredKeys: ['Mass'] }) },
      { weight: 1, arbitrary: value },
    ),
    zip: seldom(pair),
    rows: seldom(
      often(
        [
          { C: 1, D: 2 },
          { C: 3, D: 4 },
        ],
        [{ E: 'x' }],
      ),
    ),
    except: seldom(often({ Mass: 1 }, { Angle: 45, Mass: ['1-2'] }, [{ A: 1 }, { Frame: '1-2' }])),
    sample: seldom(often(1, { count: 3, method: 'latin' }, { count: 2, seed: 5 })),
    frames: seldom(frames),
    order,
  }),
);
const otherFields = fc.record({
  retry: seldom(often(3, { times: 2, wait: '1 s', growth: 'linear' })),
  timeout: seldom(often('2 h', 30)),
  lock: seldom(often('disk', ['a', 'b'], [])),
  resources: seldom(often({ cpu: '50%', memory: 'max' }, { gpu: 1, gpuMemory: '1 GiB' })),
  environment: seldom(often({ A: '{{Step}}' }, { B: 1 })),
  files: seldom(often('shared', { send: ['x'] })),
});
const stepFields = fc.tuple(spaceFields, otherFields).map(([space, others]) => ({ ...space, ...others }));

export const recipeParsers = [
  fuzzed({
    name: 'recipe-any',
    inputs: fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.json(),
      jumbled(40),
      jumbled(20).map((text) => `drover: 1\njobs:\n  a: ${text}`),
      jumbled(6).map((text) => `drover: 1\njobs: { a: { run: x } }\n${text}`),
    ),
    parse: (text) => read(text),
    share: 2,
  }),
  fuzzed({ name: 'recipe-changed', inputs: changed(valid), parse: (text) => read(text), share: 3 }),
  fuzzed({
    name: 'recipe-values',
    inputs: fc
      .record({
        a: stepFields,
        b: stepFields,
        after: often('a', { job: 'a', when: 'ended' }, { job: 'a', each: true }),
        more: fc.oneof(
          { weight: 5, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 3 }) },
        ),
      })
      .map(({ a, b, after, more }) => {
        const jobs = { a: { run: 'x', ...a }, b: { run: 'y', after, ...b } };
        return JSON.stringify({ ...more, drover: 1, jobs }, null, 1);
      }),
    parse: (text) => read(text),
    share: 3,
  }),
  fuzzed({
    name: 'recipe-files',
    inputs: fc.record({
      main: fc.oneof(fc.constant(main), changed(main)),
      files: fc.record({
        'common.yaml': fc.oneof(fc.constant(beside['common.yaml']), changed(beside['common.yaml'])),
        'looks/night.yaml': fc.oneof(
          fc.constant(beside['looks/night.yaml']),
          changed(beside['looks/night.yaml']),
        ),
        'day.yaml': fc.constant(beside['day.yaml']),
        'points.csv': fc.oneof(fc.constant(beside['points.csv']), changed(beside['points.csv'])),
        'points.json': fc.oneof(fc.constant(beside['points.json']), changed(beside['points.json'])),
      }),
    }),
    parse: ({ main, files }) => read(main, files),
    share: 2,
  }),
];

assert(read(valid), 'the recipe that is changed is a right one');
assert(read(main, beside), 'the recipe in several files is a right one');
