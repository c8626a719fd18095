import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftStep, drafted, nothingDrafted, wishOf } from './draft';
import type { Drafting, DraftStep } from './draft';
import { edgesOf, link } from './graph-for-tests';

const farm = edgesOf('a > b', 'b > c', 'c > d');
const run = (...steps: readonly DraftStep[]): Drafting => steps.reduce(draftStep, nothingDrafted);
const edge = (drafting: Drafting, key: string) =>
  drafted(farm, drafting.present).filter((one) => one.key === key);

describe('a draft', () => {
  it('adds, removes and changes edges, and asks for it as one', () => {
    let drafting = run({ kind: 'add', specs: [link('a > c')] });
    drafting = draftStep(drafting, { kind: 'remove', edges: edge(drafting, 'e1') });
    drafting = draftStep(drafting, {
      kind: 'change',
      edges: edge(drafting, 'e2'),
      to: (spec) => ({ ...spec, onFailure: 'bypass' }),
    });
    expect(wishOf(farm, drafting.present)).toEqual({
      add: [link('a > c'), { ...link('b > c'), onFailure: 'bypass' }],
      remove: [1, 2],
    });
    expect(drafted(farm, drafting.present).map(({ key, change }) => `${key} ${change}`)).toEqual([
      'e1 removed',
      'e2 removed',
      'e3 none',
      'd1 added',
      'd2 added',
    ]);
  });

  it('asks for nothing when an edge becomes again what it was, or is gone already', () => {
    let drafting = run(
      { kind: 'remove', edges: edge(nothingDrafted, 'e1') },
      { kind: 'add', specs: [link('a > b')] },
    );
    expect(wishOf(farm, drafting.present)).toEqual({ add: [], remove: [] });
    drafting = run({ kind: 'remove', edges: edge(nothingDrafted, 'e2') });
    expect(wishOf(edgesOf('a > b'), drafting.present)).toEqual({ add: [], remove: [] });
    drafting = draftStep(drafting, { kind: 'keep', edges: edge(drafting, 'e2') });
    expect(wishOf(farm, drafting.present)).toEqual({ add: [], remove: [] });
  });

  it('is taken back and made again step by step', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const actions = fc.array(
      fc.oneof(
        fc
          .tuple(names, names)
          .map(([from, to]): DraftStep => ({ kind: 'add', specs: [link(`${from} > ${to}`)] })),
        fc.integer({ min: 1, max: 3 }).map((id): DraftStep => ({
          kind: 'remove',
          edges: edge(nothingDrafted, `e${id}`),
        })),
        fc.constant<DraftStep>({ kind: 'discard' }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(actions, (steps) => {
        const states = [nothingDrafted];
        for (const step of steps) states.push(draftStep(states.at(-1) ?? nothingDrafted, step));
        let drafting = states.at(-1) ?? nothingDrafted;
        const { present } = drafting;
        const taken = drafting.past.length;
        for (let step = 0; step < taken; step++) drafting = draftStep(drafting, { kind: 'undo' });
        expect(drafting.present).toEqual(nothingDrafted.present);
        expect(draftStep(drafting, { kind: 'undo' })).toBe(drafting);
        for (let step = 0; step < taken; step++) drafting = draftStep(drafting, { kind: 'redo' });
        expect(drafting.present).toBe(present);
      }),
    );
  });
});
