import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { KnownNode } from '../../../shared/ipc/submissions';
import { noCapacity, noRequest } from '../../../shared/model/amounts';
import type { Batch, Step } from '../../../shared/model/batch';
import { noRequirements } from '../../../shared/model/requirements';
import { noRetry } from '../../../shared/model/retry';
import { resolveRecipe } from './recipe';
import type { ResolvedRecipe } from './recipe';

const small: KnownNode = { name: 'laptop', capacity: { ...noCapacity, cpu: 4, memoryMiB: 8192 } };
const large: KnownNode = { name: 'tower', capacity: { ...noCapacity, cpu: 15, memoryMiB: 65_537 } };
const withGpu: KnownNode = {
  name: 'render box',
  capacity: { ...noCapacity, cpu: 8, memoryMiB: 32_768, gpu: 3, gpuMemoryMiB: 24_576 },
};

function resolved(text: string, nodes: readonly KnownNode[] = []): ResolvedRecipe {
  return resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, nodes);
}
function batchOf(text: string, nodes?: readonly KnownNode[]): Batch {
  const recipe = resolved(text, nodes);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch;
}
function stepOf(fields: string, nodes?: readonly KnownNode[]): Step {
  const step = batchOf(`drover: 1\njobs: { a: { run: x, ${fields} } }`, nodes).jobs[0]?.steps[0];
  if (step === undefined) throw new Error('there is no step');
  return step;
}
/** Each as its code, the word it stands at, and its message. */
function problemsOf(text: string, nodes?: readonly KnownNode[]): string[] {
  const recipe = resolved(text, nodes);
  return recipe.ok
    ? []
    : recipe.problems.map(({ line, column, code, message }) => {
        const rest = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
        return `${code} @${/^[^\s,}\]:]*/.exec(rest)?.[0] ?? ''}: ${message}`;
      });
}
const inJob = (fields: string): string => `drover: 1\njobs:\n  a: { run: x, ${fields} }`;

test('all that a task can ask for', () => {
  expect(
    stepOf(
      'resources: { cpu: 0.5, memory: 2 GiB, gpu: 0.25, gpuMemory: 4 GiB, storage: 1 TiB, network: 1 Gbit/s, cores: shared, uses: { houdini: 1, scratch-ssd: 20 } }',
    ).request,
  ).toEqual({
    cpu: 0.5,
    memoryMiB: 2048,
    gpu: 0.25,
    gpuMemoryMiB: 4096,
    storageMiB: 1024 * 1024,
    networkMbps: 1000,
    cores: 'shared',
    special: { houdini: 1, 'scratch-ssd': 20 },
  });
});

test('parts are of the largest node, and of the largest with a GPU where one is asked for', () => {
  const nodes = [small, withGpu, large];
  const text = `drover: 1
jobs:
  plain: { run: x, resources: { cpu: 50%, memory: max } }
  bound: { run: x, resources: { cpu: 50%, cores: pinned } }
  drawn: { run: x, resources: { cpu: max, gpu: 50%, gpuMemory: 50% } }
`;
  const recipe = resolved(text, nodes);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems));
  expect(recipe.batch.jobs.map(({ steps }) => steps[0]?.request)).toEqual([
    { ...noRequest, cpu: 7.5, memoryMiB: 65_537 },
    { ...noRequest, cpu: 7, cores: 'pinned' },
    { ...noRequest, cpu: 8, gpu: 1.5, gpuMemoryMiB: 12_288 },
  ]);
  expect(recipe.relativeTo.map(({ name }) => name)).toEqual(['tower', 'render box']);
  expect(resolved(inJob('resources: { cpu: 2 }'), nodes)).toMatchObject({ relativeTo: [] });
});

test('parts of what nobody knows are refused, amounts are not', () => {
  expect(problemsOf(inJob('resources: { cpu: 50%, memory: 8 GiB }'))).toEqual([
    expect.stringContaining(
      'no-node-known @50%: "50%" is a part of the largest node, and Drover knows none yet; write an amount',
    ),
  ]);
  expect(problemsOf(inJob('resources: { gpu: max }'), [large])).toEqual([
    expect.stringContaining('largest node with a GPU'),
  ]);
  expect(problemsOf(inJob('resources: { network: 10% }'), [large])).toEqual([
    expect.stringContaining('how much network bandwidth it has is not known'),
  ]);
});

test('steps have from their job and the recipe what they do not say themselves, field by field', () => {
  const [job] = batchOf(`drover: 1
tenant: film
priority: low
resources: { memory: 1 GiB, uses: { houdini: 1, disk: 1 } }
needs: { all: os:linux, pool: night }
retry: { times: 5, wait: 10 s }
timeout: 1 h
preemptible: true
jobs:
  a:
    resources: { cpu: 2, uses: { disk: 0, nuke: 2 } }
    needs: { none: [laptop] }
    retry: { wait: 0 }
    steps:
      plain: { run: x }
      own: { run: x, needs: { all: [], any: [a, b] }, retry: 1, timeout: 90, preemptible: false }
`).jobs;
  expect(job?.priority).toBe('LOW');
  expect(job?.steps).toMatchObject([
    {
      request: { cpu: 2, memoryMiB: 1024, special: { houdini: 1, nuke: 2 } },
      needs: { allOf: ['os:linux'], anyOf: [], noneOf: ['laptop'], pools: ['night'] },
      retry: { attempts: 6, backoff: { firstMs: 0 } },
      timeoutMs: 3_600_000,
      preemptible: true,
    },
    {
      needs: { allOf: [], anyOf: ['a', 'b'], noneOf: ['laptop'], pools: ['night'] },
      retry: { attempts: 2, backoff: { firstMs: 0 } },
      timeoutMs: 90_000,
      preemptible: false,
    },
  ]);
});

test('a number of retries is the number of attempts after the first', () => {
  expect(stepOf('frames: 1').retry).toEqual(noRetry);
  expect(stepOf('retry: 3').retry).toMatchObject({
    attempts: 4,
    backoff: { kind: 'fixed', firstMs: 0, mostMs: 0 },
  });
  expect(stepOf('retry: 0').retry.attempts).toBe(1);
});

test('how and when it is tried again', () => {
  expect(
    stepOf(
      'retry: { times: 2, wait: 30 s, growth: exponential, most: 10 min, total: 2 h, jitter: 0.2, on: { codes: [137, 11] }, never: { codes: 2 }, timeout: true, memory: 1.5 }',
    ).retry,
  ).toEqual({
    attempts: 3,
    backoff: { kind: 'exponential', firstMs: 30_000, mostMs: 600_000, totalMs: 7_200_000, jitter: 0.2 },
    codes: [
      { codes: [137, 11], verdict: 'retry' },
      { codes: [2], verdict: 'fail' },
    ],
    onTimeout: 'retry',
    memoryStep: 1.5,
  });
  expect(stepOf('retry: { wait: 5 s }').retry).toMatchObject({ attempts: 4, backoff: { mostMs: 5000 } });
});

test('a job has a deadline and a limit, a batch a tenant', () => {
  const batch = batchOf(
    'drover: 1\ntenant: sim-lab\njobs: { a: { run: x, deadline: 2026-12-01T18:00Z, most: 4 }, b: { run: y } }',
  );
  expect(batch).toMatchObject({
    tenant: 'sim-lab',
    jobs: [
      { deadline: Date.UTC(2026, 11, 1, 18), most: 4 },
      { deadline: null, most: null },
    ],
  });
});

test('the clock and locks are dependencies on no other work', () => {
  const batch = batchOf(`drover: 1
lock: disk
jobs:
  a: { run: x, notBefore: 2026-12-01T18:00Z, window: { opens: 22:00, closes: "6:00", zone: Europe/Berlin } }
  b: { steps: { c: { run: x }, d: { run: x, lock: [disk, tape] }, e: { run: x, lock: [] } } }
`);
  const from = { from: null, onFailure: 'hold' };
  const lock = (resource: string, job: string, step: string | null) => ({
    ...from,
    to: { job, step },
    relation: { type: 'RESOURCE', resource, amount: 1 },
  });
  expect(batch.dependencies).toEqual([
    {
      ...from,
      to: { job: 'a', step: null },
      relation: { type: 'TEMPORAL', rule: { kind: 'notBefore', at: Date.UTC(2026, 11, 1, 18) } },
    },
    {
      ...from,
      to: { job: 'a', step: null },
      relation: {
        type: 'TEMPORAL',
        rule: { kind: 'window', window: { opens: '22:00', closes: '06:00', timeZone: 'Europe/Berlin' } },
      },
    },
    lock('disk', 'a', null),
    lock('disk', 'b', 'c'),
    lock('disk', 'b', 'd'),
    lock('tape', 'b', 'd'),
  ]);
});

test.each([
  [
    'resources: { cpu: 1.234 }',
    'bad-cpu @1.234: "1.234" is no number of cores; allowed is a number from 0.01 to 65,536 with at most 2 digits',
  ],
  [
    'resources: { cpu: 1.5, cores: pinned }',
    'bad-cpu @1.5: "1.5" is no number of cores that a task has for itself',
  ],
  [
    'resources: { cores: pined }',
    'found the text "pined"; allowed is shared, pinned, exclusive (did you mean "pinned"?)',
  ],
  ['resources: { gpuMemory: 8 GiB }', 'missing-field @8: this is memory of a GPU, but no GPU is asked for'],
  ['resources: { gpumemory: 8 GiB }', 'unknown-field @gpumemory: unknown field (did you mean "gpuMemory"?)'],
  [
    'resources: { uses: { houdini: 1.5 } }',
    'bad-amount @1.5: "1.5" is no amount of houdini; allowed is a whole number',
  ],
  ['resources: { memory: 120% }', '"120%" is no part of a node; allowed are 0.01% to 100%, and max'],
  ['needs: { any: ["a b"] }', 'bad-label @"a: "a b" cannot be a label'],
  ['needs: { all: [a, a] }', 'duplicate-name @a: a stands here for the second time'],
  ['needs: { all: [a], none: [b, a] }', 'contradiction @[b: a stands under all as well'],
  ['needs: { pol: a }', 'unknown field (did you mean "pool"?); allowed here: all, any, none, pool'],
  ['retry: { tmes: 3 }', 'unknown-field @tmes: unknown field (did you mean "times"?)'],
  [
    'retry: often',
    'bad-retry @often: "often" is no number of times; allowed is a whole number from 0 to 1,000',
  ],
  ['retry: [3]', 'wrong-type @[3: found a list; allowed is how many times, or a map'],
  ['retry: { growth: linear }', 'missing-field @linear: there is nothing that could grow'],
  ['retry: { growth: quick, wait: 1 }', 'found the text "quick"; allowed is fixed, linear, exponential'],
  ['retry: { wait: 1 h, most: 5 min }', 'bad-most @5: "5 min" is less than the first wait already is'],
  [
    'retry: { on: { codes: [300] } }',
    'bad-exit-status @300: "300" is no exit status; allowed is a whole number from 0 to 255',
  ],
  [
    'retry: { on: { codes: [1, 2] }, never: { codes: [2] } }',
    'contradiction @[2: exit status 2 stands under on as well',
  ],
  [
    'retry: { memory: 0.5 }',
    'bad-memory @0.5: "0.5" is no factor for the memory; allowed is a number from 1 to 16',
  ],
  ['retry: { timeout: 1 h }', 'found the text "1 h"; allowed is true or false'],
  ['timeout: 0', 'bad-timeout @0: "0" is no time at all'],
  ['timeout: 5 mins', 'unknown unit mins (did you mean min?)'],
  ['preemptible: maybe', 'wrong-type @maybe: found the text "maybe"; allowed is true or false'],
  ['most: 0', 'bad-most @0: "0" is no number of tasks; allowed is a whole number from 1'],
  ['deadline: 2026-02-30 12:00', 'bad-time @2026-02-30: "2026-02-30 12:00" does not exist'],
  ['not-before: 2026-02-30', 'unknown-field @not-before: unknown field (did you mean "notBefore"?)'],
  ['window: { opens: 22:00 }', 'missing-field @{: there is no closes'],
  ['window: { opens: 22:00, closes: 22:00 }', 'empty-window @{: the window closes when it opens'],
  ['window: { opens: 25:00, closes: 22:00 }', '"25:00" is no time of a day'],
  ['window: { opens: 1:00, closes: 2:00, zone: Berlin }', '"Berlin" is no time zone'],
  ['lock: "a b"', 'bad-name @"a: "a b" cannot be the name of a lock'],
])('%s', (fields, message) => {
  expect(problemsOf(inJob(fields))).toEqual([expect.stringContaining(message)]);
});

test('what only jobs have is unknown to steps, and what only recipes have to jobs', () => {
  expect(problemsOf('drover: 1\njobs: { a: { steps: { b: { run: x, most: 4 } } } }')).toEqual([
    expect.stringContaining('unknown-field'),
  ]);
  expect(problemsOf(inJob('tenant: x'))).toEqual([expect.stringContaining('unknown-field')]);
  expect(problemsOf('drover: 1\ntenant: "a b"\njobs: { a: { run: x } }')).toEqual([
    expect.stringContaining('bad-name @"a: "a b" cannot be the name of a tenant'),
  ]);
});

test('a mistake in what all jobs inherit is told once', () => {
  expect(problemsOf('drover: 1\nretry: { wait: long }\njobs: { a: { run: x }, b: { run: y } }')).toHaveLength(
    1,
  );
});

test('values may be parameters', () => {
  const batch = batchOf(
    'drover: 1\nparameters: { Cores: 50%, Label: fast, Time: 2 h }\njobs: { a: { run: x, timeout: "{{Time}}", resources: { cpu: "{{Cores}}" }, needs: { all: ["{{Label}}"] } } }',
    [small],
  );
  expect(batch.jobs[0]?.steps[0]).toMatchObject({
    timeoutMs: 7_200_000,
    request: { cpu: 2 },
    needs: { ...noRequirements, allOf: ['fast'] },
  });
});

// A busy machine may be slow; nothing here is about time.
test('little text cannot make a large batch of what is inherited', { timeout: 60_000 }, () => {
  const many = Array.from({ length: 20_000 }, (_, index) => ` j${index}: { run: x }`).join();
  const locks = Array.from({ length: 20 }, (_, index) => `l${index}`).join();
  expect(problemsOf(`drover: 1\nlock: [${locks}]\njobs: {${many} }`)).toEqual([
    expect.stringContaining('too-large'),
  ]);
  const labels = Array.from({ length: 51 }, (_, index) => `l${index}`).join();
  expect(problemsOf(`drover: 1\nneeds: { any: [${labels}] }\njobs: { a: { run: x } }`)).toEqual([
    expect.stringContaining('too-many @[l0: the list has 51 elements; allowed are 50'),
  ]);
});
