import { beforeEach, describe, expect, test } from 'vitest';
import type { Dependency, Mapping } from '../../../shared/model/dependency';
import { sameIndex } from '../../../shared/model/dependency';
import type { EdgeSpec } from '../facts';
import { batch, dependency, done, failed, Farm, step } from '../farm-for-tests';
import { previewLink } from './preview';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 100 });
});

const sequential = (mapping: Mapping): Dependency['relation'] => ({ type: 'SEQUENTIAL', mapping });
const link = (from: `b${number}.${string}` | null, to: `b${number}.${string}`): EdgeSpec => ({
  from: from === null ? null : { job: from, step: null },
  to: { job: to, step: null },
  relation: sequential({ kind: 'all' }),
  onFailure: 'hold',
});
const pair = (
  relation: Dependency['relation'],
  onFailure: Dependency['onFailure'] = 'hold',
  tasks = { a: 3, b: 3 },
): Promise<unknown> =>
  farm.submit(
    batch(
      { a: { tasks: tasks.a }, b: { tasks: tasks.b } },
      { dependencies: [dependency('a', 'b', relation, onFailure)] },
    ),
  );

describe('SEQUENTIAL', () => {
  test('same index: each task goes when its own has completed', async () => {
    await pair(sequential(sameIndex));
    await farm.endTask('a 1');
    expect(farm.running()).toEqual(['a 0', 'a 2', 'b 1']);
  });

  test('frames to chunks, with a last chunk that is not full', async () => {
    await pair(sequential({ kind: 'groups', from: 2, to: 1 }), 'hold', { a: 5, b: 3 });
    await farm.endTask('a 0');
    expect(farm.running()).not.toContain('b 0');
    await farm.endTask('a 1');
    await farm.endTask('a 4');
    expect(farm.running()).toEqual(['a 2', 'a 3', 'b 0', 'b 2']);
  });

  test('chunks to frames', async () => {
    await pair(sequential({ kind: 'groups', from: 1, to: 2 }), 'hold', { a: 2, b: 4 });
    await farm.endTask('a 1');
    expect(farm.running()).toEqual(['a 0', 'b 2', 'b 3']);
  });

  test('what has no earlier task waits for nothing', async () => {
    await pair(sequential(sameIndex), 'hold', { a: 2, b: 4 });
    expect(farm.running()).toEqual(['a 0', 'a 1', 'b 2', 'b 3']);
  });

  test('of two, the one that has not begun holds all, and the other each of its own', async () => {
    const each = sequential(sameIndex);
    const dependencies = [dependency('a', 'c', each), dependency('b', 'c', each), dependency('c', 'd', each)];
    const two = { tasks: 2 };
    await farm.submit(batch({ a: two, b: { ...two, after: ['a'] }, c: two, d: two }, { dependencies }));
    await farm.endTask('a 0');
    expect(farm.running()).toEqual(['a 1']);
    await farm.endTask('a 1');
    await farm.endTask('b 1');
    expect(farm.running()).toEqual(['b 0', 'c 1']);
    await farm.endTask('c 1');
    expect(farm.running()).toEqual(['b 0', 'd 1']);
  });

  test('single tasks for single tasks', async () => {
    const pairs = [
      [0, 1],
      [2, 1],
    ] as const;
    await pair(sequential({ kind: 'pairs', pairs }));
    expect(farm.running()).toEqual(['a 0', 'a 1', 'a 2', 'b 0', 'b 2']);
    await farm.endTask('a 0');
    expect(farm.running()).not.toContain('b 1');
    await farm.endTask('a 2');
    expect(farm.running()).toContain('b 1');
  });

  test('between steps of one job', async () => {
    const inJob: Dependency = {
      ...dependency('a', 'a'),
      from: { job: 'a', step: 'first' },
      to: { job: 'a', step: 'second' },
    };
    await farm.submit(
      batch(
        { a: { steps: [step({ name: 'first' }), step({ name: 'second', tasks: 2 })] } },
        { dependencies: [inJob] },
      ),
    );
    expect(farm.running()).toEqual(['a 0']);
    await farm.endTask('a 0');
    expect(farm.running()).toEqual(['a 0', 'a 1']);
  });
});

describe('what a failure before means', () => {
  test('hold: the rest waits for a person', async () => {
    await pair(sequential(sameIndex));
    await farm.endTask('a 1', failed);
    await farm.runAll();
    expect(farm.tasks('b1.b')).toEqual(['COMPLETED', 'PENDING', 'COMPLETED']);
    expect(farm.why('b1.b')).toEqual(['held: 1 task of a did not complete; retry a to go on']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'FAILED' });
    await farm.retry('b1.a');
    await farm.runAll();
    expect(farm.state('b1.b')).toBe('COMPLETED');
  });

  test.each([
    { how: 'failed', relation: sequential({ kind: 'all' }), end: failed },
    {
      how: 'did not fail as was asked for',
      relation: { type: 'CONDITIONAL', condition: { kind: 'failed' } },
      end: done,
    },
  ] as const)(
    'hold: a batch ends when what it waits for in another one waits for what $how, although that one goes on',
    async ({ relation, end }) => {
      const dependencies = [dependency('a', 'later', relation)];
      await farm.submit(batch({ a: {}, long: {}, later: {} }, { dependencies }));
      await farm.submit(batch({ first: {}, b: {} }, { dependencies: [dependency('first', 'b')] }));
      await farm.command({ kind: 'link', by: 'ann', remove: [], add: [link('b1.later', 'b2.b')] });
      await farm.endTask('first 0');
      await farm.endTask('a 0', end);
      expect(farm.running()).toEqual(['long 0']);
      expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', id: 'b2', state: 'FAILED' });
    },
  );

  test('hold: a batch ends when single tasks that it waits for in another one have failed', async () => {
    await farm.submit(batch({ a: {}, long: {} }));
    await farm.submit(batch({ first: {}, b: {} }, { dependencies: [dependency('first', 'b')] }));
    const byIndex = { ...link('b1.a', 'b2.b'), relation: sequential(sameIndex) };
    await farm.command({ kind: 'link', by: 'ann', remove: [], add: [byIndex] });
    await farm.endTask('first 0');
    await farm.endTask('a 0', failed);
    expect(farm.running()).toEqual(['long 0']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', id: 'b2', state: 'FAILED' });
  });

  test('fail: what needs it fails with it, and what needs that', async () => {
    const dependencies = [
      dependency('a', 'b', sequential(sameIndex), 'fail'),
      dependency('b', 'c', sequential({ kind: 'all' }), 'fail'),
    ];
    await farm.submit(batch({ a: { tasks: 2 }, b: { tasks: 2 }, c: {} }, { dependencies }));
    await farm.endTask('a 0', failed);
    expect(farm.tasks('b1.b')).toEqual(['FAILED', 'PENDING']);
    await farm.runAll();
    expect([farm.state('b1.b'), farm.state('b1.c')]).toEqual(['FAILED', 'FAILED']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'FAILED' });
  });

  test('fail: what was retried waits, whatever else happens to others before it', async () => {
    await farm.nodeUp({ cpu: 1 });
    await pair(sequential(sameIndex), 'fail', { a: 3, b: 3 });
    await farm.endTask('a 0', failed);
    await farm.retry('b1.b');
    await farm.cancel('b1.a');
    expect(farm.tasks('b1.b')).toEqual(['PENDING', 'PENDING', 'FAILED']);
  });

  test('bypass: what needs it goes on without', async () => {
    await pair(sequential({ kind: 'all' }), 'bypass');
    await farm.endTask('a 0', failed);
    expect(farm.running()).toEqual(['a 1', 'a 2']);
    await farm.runAll();
    expect(farm.state('b1.b')).toBe('COMPLETED');
  });

  test('a chain of ten thousand jobs fails as one', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `j${i}`);
    const dependencies = names.slice(1).map((name, i) => dependency(`j${i}`, name, undefined, 'fail'));
    await farm.submit(batch(Object.fromEntries(names.map((name) => [name, {}])), { dependencies }));
    await farm.endTask('j0 0', failed);
    expect(farm.state('b1.j9999')).toBe('FAILED');
  });
});

describe('CONDITIONAL', () => {
  const when = (condition: Extract<Dependency['relation'], { type: 'CONDITIONAL' }>['condition']) =>
    ({ type: 'CONDITIONAL', condition }) as const;

  test('failed: runs only if something failed, otherwise it is left out', async () => {
    await pair(when({ kind: 'failed' }), 'fail');
    await farm.runAll(({ job, task }) => (job === 'a' && task === 2 ? failed : done));
    expect(farm.state('b1.b')).toBe('COMPLETED');
    await pair(when({ kind: 'failed' }), 'fail');
    await farm.runAll();
    expect([farm.state('b2.a'), farm.state('b2.b')]).toEqual(['COMPLETED', 'CANCELLED']);
  });

  test('ended: however it ended, also when it was cancelled', async () => {
    await pair(when({ kind: 'ended' }));
    await farm.cancel('b1.a');
    expect(farm.tasks('b1.b')).toEqual(['PENDING', 'PENDING', 'PENDING']);
    await farm.runAll(({ job }) => (job === 'a' ? { kind: 'stopped' } : done));
    expect(farm.state('b1.b')).toBe('COMPLETED');
  });

  test('exit code: only with one of these', async () => {
    await pair(when({ kind: 'exitCode', codes: [0, 3] }), 'hold', { a: 2, b: 1 });
    await farm.runAll(({ job, task }) => (job === 'a' && task === 0 ? failed : done));
    expect(farm.state('b1.b')).toBe('COMPLETED');
    await pair(when({ kind: 'exitCode', codes: [0] }), 'hold', { a: 2, b: 1 });
    await farm.runAll(({ job, task }) => (job === 'a' && task === 0 ? failed : done));
    expect(farm.state('b2.b')).toBe('PENDING');
    expect(farm.why('b2.b')).toEqual(['held: a has ended, but its tasks did not end with 0']);
  });

  test('a value: as soon as it is reported', async () => {
    await pair(when({ kind: 'value', name: 'loss', is: '<', than: 0.1 }), 'hold', { a: 1, b: 1 });
    const [live] = farm.engine.state.attempts.values();
    const report = (value: number): void =>
      live === undefined
        ? undefined
        : farm.engine.report({ kind: 'valueReported', attempt: live.id, name: 'loss', value });
    report(0.5);
    await farm.settle();
    expect(farm.why('b1.b')).toEqual(['waits until loss < 0.1 has been reported in a']);
    report(0.05);
    await farm.settle();
    expect(farm.running()).toEqual(['a 0', 'b 0']);
  });
});

describe('TEMPORAL', () => {
  const at = (rule: Extract<Dependency['relation'], { type: 'TEMPORAL' }>['rule']) =>
    ({ type: 'TEMPORAL', rule }) as const;
  const alone = (rule: Parameters<typeof at>[0], from: string | null = null): Promise<unknown> =>
    farm.submit(batch({ a: {}, b: {} }, { dependencies: [dependency(from, 'b', at(rule))] }));

  test('not before a time', async () => {
    await alone({ kind: 'notBefore', at: farm.time + 3_600_000 });
    await farm.pass(3_500_000);
    expect(farm.running()).toEqual(['a 0']);
    await farm.pass(200_000);
    expect(farm.running()).toEqual(['a 0', 'b 0']);
  });

  test('a while after what came before', async () => {
    await alone({ kind: 'delay', milliseconds: 60_000 }, 'a');
    await farm.endTask('a 0');
    await farm.pass(50_000);
    expect(farm.running()).toEqual([]);
    expect(farm.facts.some(({ kind }) => kind === 'batchEnded')).toBe(false);
    await farm.pass(10_000);
    expect(farm.running()).toEqual(['b 0']);
  });

  test('only in a part of the day: what has begun goes on after it', async () => {
    const window = { opens: '22:00', closes: '06:00', timeZone: 'Europe/Berlin' };
    await farm.submit(
      batch({ b: { tasks: 150 } }, { dependencies: [dependency(null, 'b', at({ kind: 'window', window }))] }),
    );
    expect(farm.why('b1.b')).toEqual(['window opens 22:00 Europe/Berlin']);
    await farm.pass(Date.parse('2026-03-02T21:00:00Z') - farm.time + 1000);
    expect(farm.running()).toHaveLength(100);
    await farm.pass(Date.parse('2026-03-03T05:00:00Z') - farm.time + 1000);
    await farm.endTask('b 0');
    expect(farm.running()).toHaveLength(99);
  });
});

describe('DATA', () => {
  const files = { type: 'DATA', files: ['*.png'] } as const;

  test('the files are looked for when the work before is done; what was found is remembered', async () => {
    await pair(files, 'hold', { a: 1, b: 1 });
    expect(farm.effects.some(({ kind }) => kind === 'lookForFiles')).toBe(false);
    await farm.endTask('a 0');
    expect(farm.effects).toContainEqual({
      kind: 'lookForFiles',
      edge: 1,
      files: ['*.png'],
      folders: ['/', '/out/b1'],
    });
    const found = [{ path: '/out/b1/1.png', bytes: 10, hash: 'ab' }];
    farm.engine.report({ kind: 'filesLookedFor', edge: 1, files: found, problem: null });
    await farm.settle();
    expect(farm.running()).toEqual(['b 0']);
    expect(farm.engine.state.edges.get(1)?.files).toEqual(found);
  });

  test('missing files hold what needs them, and say so', async () => {
    await pair(files, 'hold', { a: 1, b: 1 });
    await farm.endTask('a 0');
    farm.engine.report({ kind: 'filesLookedFor', edge: 1, files: [], problem: 'no file matches *.png' });
    await farm.settle();
    expect(farm.why('b1.b')).toEqual(['held: a has ended, but no file matches *.png']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded' });
  });
});

describe('RESOURCE', () => {
  test('a lock is held by one task at a time, of whatever job', async () => {
    const lock = { type: 'RESOURCE', resource: 'scanner', amount: 1 } as const;
    const dependencies = [dependency(null, 'a', lock), dependency(null, 'b', lock)];
    await farm.submit(batch({ a: { tasks: 2 }, b: {}, free: {} }, { dependencies }));
    expect(farm.running()).toEqual(['a 0', 'free 0']);
    expect(farm.why('b1.b')).toEqual(['scanner: 1 of 1 in use, 1 more is needed']);
    await farm.endTask('a 0');
    await farm.endTask('a 1');
    expect(farm.running()).toEqual(['free 0', 'b 0']);
  });
});

describe('editing', () => {
  test('what would follow is shown before, done, and taken back', async () => {
    await farm.nodeDown();
    await farm.submit(batch({ a: { tasks: 2 }, b: { tasks: 3 } }));
    const spec = link('b1.a', 'b1.b');
    expect(previewLink(farm.engine.state, [spec], new Set())).toEqual({
      blocked: [{ job: 'b1.b', step: 0, tasks: 3 }],
      freed: [],
    });
    await farm.command({ kind: 'link', by: 'ann', add: [spec], remove: [] });
    expect(farm.tasks('b1.b')).toEqual(['PENDING', 'PENDING', 'PENDING']);
    expect(previewLink(farm.engine.state, [], new Set([1])).freed).toEqual([
      { job: 'b1.b', step: 0, tasks: 3 },
    ]);
    expect(await farm.command({ kind: 'undo', by: 'ann', change: null })).toMatchObject({ kind: 'done' });
    expect(farm.tasks('b1.b')).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    expect(await farm.command({ kind: 'undo', by: 'ann', change: null })).toMatchObject({ kind: 'refused' });
  });

  test('a cycle is refused with its whole path in names', async () => {
    await farm.submit(batch({ melt: {}, bake: { after: ['melt'] }, beauty: { after: ['bake'] } }));
    const result = await farm.command({
      kind: 'link',
      by: 'ann',
      add: [link('b1.beauty', 'b1.melt')],
      remove: [],
    });
    expect(result).toMatchObject({
      kind: 'refused',
      refusal: { message: expect.stringContaining('beauty/main -> melt/main -> bake/main -> beauty/main') },
    });
  });

  test('jobs of different batches can wait for each other', async () => {
    await farm.submit(batch({ a: {} }));
    await farm.nodeDown();
    await farm.submit(batch({ b: {} }));
    await farm.command({ kind: 'link', by: 'ann', add: [link('b1.a', 'b2.b')], remove: [] });
    await farm.nodeUp({ cpu: 100 });
    expect(farm.running()).toEqual(['a 0']);
    await farm.endTask('a 0');
    expect(farm.running()).toEqual(['b 0']);
  });

  test('bypassing lets the rest go', async () => {
    await pair(sequential({ kind: 'all' }));
    await farm.command({ kind: 'bypass', by: 'ann', why: 'the old cache will do', edge: 1 });
    expect(farm.running()).toContain('b 0');
  });
});
