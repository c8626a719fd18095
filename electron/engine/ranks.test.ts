import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../shared/model/ids';
import type { CommandResult } from './engine';
import { batch, Farm, stopped } from './farm-for-tests';
import { FarmState } from './state';
import { atOnce } from './slices';
import { addBatch } from './reduce/batches';
import { ranksBeside } from './ranks';
import { decodeState, encodeState } from './snapshot';

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

const move = (jobs: readonly JobId[], side: 'before' | 'after', beside: JobId): Promise<CommandResult> =>
  farm.command({ kind: 'move', by: 'ann', jobs, side, beside });
const refusal = (result: CommandResult): string =>
  result.kind === 'refused' ? `${result.refusal.code}: ${result.refusal.message}` : 'done';

/** In which order one core takes them. */
async function order(): Promise<readonly string[]> {
  await farm.nodeUp({ cpu: 1 });
  await farm.runAll();
  return farm.started().map((name) => name.split(' ')[0] ?? '');
}

describe('a move', () => {
  test('brings a job before an older one of another batch, and the rest stays in its order', async () => {
    await farm.submit(batch({ a: {}, b: {} }));
    await farm.pass(3_600_000);
    await farm.submit(batch({ c: {} }));
    expect(await move(['b2.c'], 'before', 'b1.b')).toMatchObject({ outcome: { jobs: ['b2.c'], change: 1 } });
    await farm.submit(batch({ d: {} }));
    expect(await order()).toEqual(['a', 'c', 'b', 'd']);
  });

  test('of several keeps their order, is told in words, and is taken back', async () => {
    await farm.submit(batch({ a: {}, b: {}, c: {}, d: {} }));
    await move(['b1.d', 'b1.c'], 'before', 'b1.a');
    const state = (): readonly string[] =>
      [...farm.engine.state.jobs.values()]
        .toSorted((one, other) => one.rank.place - other.rank.place)
        .map(({ job }) => job.name);
    expect(state()).toEqual(['c', 'd', 'a', 'b']);
    expect(farm.engine.state.undoable.at(-1)?.what).toBe('moved b1.d, b1.c before b1.a');
    await farm.command({ kind: 'undo', by: 'ann', change: 1 });
    expect(state()).toEqual(['a', 'b', 'c', 'd']);
    expect(farm.engine.state.undoable).toEqual([]);
  });

  test('counts for what is queued already', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ a: { tasks: 2 }, b: {} }));
    await move(['b1.b'], 'before', 'b1.a');
    await farm.endTask('a 0');
    expect(farm.running()).toEqual(['b 0']);
  });

  test('stays within a priority, and is of what still has a turn', async () => {
    await farm.submit(batch({ a: {}, high: { priority: 'HIGH' }, gone: {} }));
    await farm.cancel('b1.gone');
    expect(refusal(await move(['b1.high'], 'after', 'b1.a'))).toMatch(/^conflict: .*priority first\.$/);
    expect(refusal(await move(['b1.gone'], 'before', 'b1.a'))).toMatch(/^conflict: .*CANCELLED/);
    expect(refusal(await move(['b1.a'], 'before', 'b1.a'))).toMatch(/^conflict: .*itself/);
    expect(refusal(await move(['b1.a'], 'before', 'b9.x'))).toMatch(/^notFound: /);
    expect(await move(['b1.gone', 'b1.a'], 'before', 'b1.gone')).toMatchObject({
      outcome: { jobs: ['b1.a'] },
    });
  });

  test('is in a snapshot, and a snapshot of before knows of none', async () => {
    await farm.submit(batch({ a: {}, b: {} }));
    await move(['b1.b'], 'before', 'b1.a');
    const { state } = farm.engine;
    const ranks = (of: FarmState): unknown => [...of.jobs.values()].map(({ rank }) => rank);
    expect(ranks(decodeState(encodeState(state)))).toEqual(ranks(state));
  });
});

test('however often jobs are moved, they stand as in a list from which they are taken and put back', () => {
  const names = Array.from({ length: 6 }, (_, index) => `j${index}`);
  const moves = fc.array(
    fc.tuple(
      fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('before' as const, 'after' as const),
      fc.nat(5),
    ),
    // More than a double could take at one place.
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(moves, (each) => {
      const state = new FarmState();
      const jobs = Object.fromEntries(names.map((name) => [name, {}]));
      atOnce(
        addBatch(state, {
          kind: 'batchSubmitted',
          at: 5,
          by: 'ann',
          why: null,
          id: 'b1',
          output: '/',
          batch: batch(jobs),
          schedule: null,
        }),
      );
      let list = [...state.jobs.values()];
      const all = list;
      for (const [which, side, at] of each) {
        const beside = all[at];
        const moved = new Set(which.flatMap((index) => (index === at ? [] : (all[index] ?? []))));
        if (beside === undefined || moved.size === 0) continue;
        for (const { job, rank } of ranksBeside(state, moved, side, beside)) {
          const record = state.jobs.get(job);
          if (record !== undefined) record.rank = rank;
        }
        const others = list.filter((job) => !moved.has(job));
        const to = others.indexOf(beside) + (side === 'after' ? 1 : 0);
        list = others.toSpliced(to, 0, ...list.filter((job) => moved.has(job)));
      }
      const places = [...state.jobs.values()].toSorted((a, b) => a.rank.place - b.rank.place);
      expect(places.map(({ id }) => id)).toEqual(list.map(({ id }) => id));
      expect(Math.max(...places.map(({ rank }) => rank.place))).toBeLessThan(state.nextBatch);
    }),
  );
});

test('what was stopped for others comes back at its place', async () => {
  await farm.nodeUp({ cpu: 1 });
  await farm.submit(batch({ a: {}, b: {} }));
  await move(['b1.b'], 'before', 'b1.a');
  await farm.command({ kind: 'vacate', by: 'ann', node: 'local' });
  await farm.endTask('a 0', stopped);
  expect(farm.running()).toEqual(['b 0']);
});
