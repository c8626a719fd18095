import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualKeep, type Checkpoint, type CheckpointId } from '../../shared/model/checkpoint';
import { whatJobHas } from './prune';

const made = (number: number, more: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ id: `c${number}`, job: 'b1.melt', step: 0, task: 0, attempt: 'a-1', node: 'local', type: 'FULL' },
  ...{ name: `${number}`, folder: '/out', files: [{ path: `${number}`, bytes: 10, hash: 'ab' }] },
  ...{ madeAt: number * 1000, foundAt: number * 1000, at: null, parent: null },
  ...{ broken: null, tag: null, dropped: false, ...more },
});
const never = (): boolean => false;
const givenUp = (
  all: readonly Checkpoint[],
  last: number,
  isNext: (one: Checkpoint) => boolean = never,
): readonly CheckpointId[] =>
  whatJobHas('b1.melt', all, { ...usualKeep, last }, isNext).givenUp.map(({ id }) => id);

describe('another rule for what is kept', () => {
  it('counts what is there, and gives up nothing without one', () => {
    expect(whatJobHas('b1.melt', [made(1), made(2, { dropped: true })], null, never)).toEqual({
      ...{ job: 'b1.melt', checkpoints: 1, bytes: 10, givenUp: [] },
    });
  });

  it('keeps the newest of each task, and what has a tag', () => {
    const all = [made(1), made(2), made(3, { tag: 'calm' }), made(4), made(5), made(6, { task: 1 })];
    expect(givenUp(all, 1)).toEqual(['c1', 'c2', 'c4']);
    expect(givenUp(all, 2)).toEqual(['c1', 'c2']);
  });

  it('keeps what a task would go on from, and what the kept ones build on', () => {
    expect(givenUp([made(1), made(2), made(3)], 1, ({ id }) => id === 'c1')).toEqual(['c2']);
    const delta = { type: 'DELTA' } as const;
    const chain = [
      made(1),
      made(2),
      made(3, { ...delta, parent: 'c2' }),
      made(4, { ...delta, parent: 'c3' }),
    ];
    expect(givenUp(chain, 1)).toEqual(['c1']);
  });

  it('never gives up what is needed, whatever there is', () => {
    const any = fc
      .array(
        fc.record({
          task: fc.nat(2),
          type: fc.constantFrom('FULL', 'INCREMENTAL', 'DELTA'),
          broken: fc.constantFrom(null, 'cut short'),
          tag: fc.constantFrom(null, null, 'calm'),
          dropped: fc.boolean(),
          back: fc.nat(3),
        }),
        { maxLength: 30 },
      )
      .map((parts) =>
        parts.map(({ back, ...part }, index) =>
          made(index + 1, { ...part, parent: back === 0 || index < back ? null : `c${index + 1 - back}` }),
        ),
      );
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 4 }), fc.nat(30), (all, last, next) => {
        const gone = new Set(givenUp(all, last, ({ id }) => id === `c${next}`));
        const present = all.filter(({ dropped }) => !dropped);
        expect(gone.has(`c${next}`)).toBe(false);
        for (const one of present) {
          if (one.tag !== null) expect(gone.has(one.id)).toBe(false);
          if (gone.has(one.id) || one.type === 'FULL' || one.parent === null) continue;
          expect(gone.has(one.parent)).toBe(false);
        }
        for (const task of [0, 1, 2]) {
          const newest = present.findLast((one) => one.task === task && one.broken === null);
          if (newest !== undefined) expect(gone.has(newest.id)).toBe(false);
        }
      }),
    );
  });
});
