import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KnownNode } from '../../shared/ipc/contract';
import { amountNames, noCapacity } from '../../shared/model/amounts';
import { taskCount, taskLabel } from '../../shared/model/space';
import { mostTasks } from './frames';
import { mostProblems } from './document/problems';
import { resolveRecipe } from './recipe';

const node: KnownNode = {
  name: 'workstation',
  capacity: { ...noCapacity, cpu: 16, memoryMiB: 65_536, gpu: 1, gpuMemoryMiB: 24_576 },
};

const valid = `drover: 1
batch: "Shot {{Shot}}"
tenant: film
retry: { times: 2, wait: 30 s, growth: exponential, on: { codes: [137] } }
needs: { all: [os:linux], pool: night }
parameters: { Shot: 42, Last: "24" }
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
    command: [povray, "+SF{{Frame}}"]
    environment: *common
    after: [melt, { job: melt, value: loss < 0.1, failure: bypass }]
  check:
    frames: 1-3
    run: check {{Frame}}
    after: { job: film, step: sound, each: true }
  film:
    after: { job: beauty, files: ["*.png"] }
    steps:
      join: { run: join }
      sound: { run: mix, frames: [1, 3-4], after: [join, { job: beauty, delay: 10 min }], retry: 0 }
`;

/** Refused with places that exist, or accepted and whole. */
function holds(text: string): void {
  const resolved = resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, [node]);
  if (!resolved.ok) {
    expect(resolved.problems.length).toBeGreaterThan(0);
    expect(resolved.problems.length).toBeLessThanOrEqual(mostProblems);
    const lines = text.split('\n');
    for (const { line, column, message, code } of resolved.problems) {
      expect(lines[line - 1]).toBeDefined();
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
      expect(message).not.toBe('');
      expect(code).toMatch(/^[a-z0-9-]+$/);
    }
    return;
  }
  const { batch } = resolved;
  expect(batch.jobs.length).toBeGreaterThan(0);
  let tasks = 0;
  for (const { steps } of batch.jobs) {
    expect(steps.length).toBeGreaterThan(0);
    for (const { space, request, retry, timeoutMs } of steps) {
      const count = taskCount(space);
      tasks += count;
      expect(count).toBeGreaterThan(0);
      expect(typeof taskLabel(space, count - 1)).toBe('string');
      expect(request.cpu).toBeGreaterThan(0);
      for (const name of amountNames) expect(request[name]).toBeGreaterThanOrEqual(0);
      expect(retry.attempts).toBeGreaterThan(0);
      expect(retry.backoff.mostMs).toBeGreaterThanOrEqual(retry.backoff.firstMs);
      if (timeoutMs !== null) expect(timeoutMs).toBeGreaterThan(0);
    }
  }
  expect(tasks).toBeLessThanOrEqual(mostTasks);
  const names = new Set(
    batch.jobs.flatMap(({ name, steps }) => [`${name}/`, ...steps.map((step) => `${name}/${step.name}`)]),
  );
  for (const { from, to } of batch.dependencies) {
    if (from !== null) expect(names).toContain(`${from.job}/${from.step ?? ''}`);
    expect(names).toContain(`${to.job}/${to.step ?? ''}`);
  }
}

test('the recipe that is changed below is a valid one', () => {
  expect(
    resolveRecipe({ text: valid, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, [node]),
  ).toMatchObject({ ok: true });
});

// A busy machine may be slow; nothing here is about time.
const patience = 60_000;

test('any text', { timeout: patience }, () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), holds), {
    numRuns: 600,
  });
});

test('any words of a recipe in any order', { timeout: patience }, () => {
  const word = fc.constantFrom(
    'drover',
    ': ',
    '1',
    '\n',
    '  ',
    '- ',
    'jobs',
    'run',
    'a',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    '{{',
    '}}',
    '|',
    '&x ',
    '*x',
    '#',
    '---\n',
    '!!str ',
    '~',
    '? ',
    '\t',
    '%',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
      holds,
    ),
    { numRuns: 600 },
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 20 }).map((words) => `drover: 1\njobs:\n  a: ${words.join('')}`),
      holds,
    ),
    { numRuns: 600 },
  );
});

test('a valid recipe with pieces cut out, doubled or put in', { timeout: patience }, () => {
  const change = fc.record({
    at: fc.nat(valid.length),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 6 }),
      fc.constantFrom('{{', '}}', '\n', ': ', '~', '-1', '[', '0', '{a: b}', '999999999999'),
    ),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      holds(
        changes.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), valid),
      );
    }),
    { numRuns: 600 },
  );
});

test('a valid recipe with values of other kinds', { timeout: patience }, () => {
  const name = fc.constantFrom(
    'drover',
    'jobs',
    'a',
    'b',
    'run',
    'command',
    'frames',
    'after',
    'steps',
    'kind',
    'resources',
    'cpu',
    'memory',
    'gpu',
    'uses',
    'needs',
    'all',
    'retry',
    'times',
    'wait',
    'on',
    'codes',
    'timeout',
    'lock',
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
    'environment',
    'parameters',
    'folder',
    'output',
    'batch',
    'toString',
    '1',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<unknown>(
        1,
        'a',
        'b',
        '1-5',
        '1 GiB',
        '50%',
        'max',
        '2 h',
        '22:00',
        '2026-12-01 18:00',
        'loss < 1',
        'failed',
        'render',
        null,
        true,
        '{{a}}',
        '{{Frame}}',
        -1,
        1e300,
        '',
      ),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(name, value), value, value, (more, a, b) => {
      holds(
        JSON.stringify({ ...more, drover: 1, jobs: { a, b: { run: 'x', frames: b, after: a } } }, null, 1),
      );
    }),
    { numRuns: 600 },
  );
});
