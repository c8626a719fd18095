import { describe, expect, it } from 'vitest';
import { nameInCommon } from './alike';
import { drafted, nothingDrafted } from './draft';
import { drawn, stacksOf } from './drawn';
import type { Folding } from './drawn';
import { edgesOf, jobsNamed } from './graph-for-tests';

const unfolded: Folding = { openJobs: new Set(), stacks: false, openStacks: new Set() };
const draw = (jobs: readonly string[], edges: readonly string[], folding: Folding) => {
  const known = jobsNamed(...jobs);
  const all = drafted(edgesOf(...edges), nothingDrafted.present);
  return drawn(known, all, stacksOf(known, all), folding);
};
const nodesOf = ({ nodes }: ReturnType<typeof draw>): readonly string[] => nodes.map(({ id }) => id);
const edgesIn = ({ edges }: ReturnType<typeof draw>): readonly string[] =>
  edges.map(({ id, edges: own }) => `${id} x${own.length}`);

describe('what is drawn of a graph', () => {
  const jobs = ['film(draw grade)', 'send'];
  const edges = ['film/0 > film/1', 'film/1 > send', 'film > send'];

  it('has a job with its steps as one node, or the steps in it', () => {
    const folded = draw(jobs, edges, unfolded);
    expect(nodesOf(folded)).toEqual(['b1.film', 'b1.send']);
    expect(edgesIn(folded)).toEqual(['b1.film > b1.send x2']);
    const open = draw(jobs, edges, { ...unfolded, openJobs: new Set(['b1.film']) });
    expect(nodesOf(open)).toEqual(['b1.film', 'b1.film 0', 'b1.film 1', 'b1.send']);
    expect(edgesIn(open)).toEqual([
      'b1.film 0 > b1.film 1 x1',
      'b1.film 1 > b1.send x1',
      'b1.film > b1.send x1',
    ]);
  });

  it('has chains that are alike as one chain of stacks', () => {
    const shots = [1, 2, 3, 4, 5, 6, 7];
    const chains = ['prepare', 'join', 'rest', ...shots.flatMap((shot) => [`sim${shot}`, `film${shot}`])];
    const links = [
      ...shots.flatMap((shot) => [`prepare > sim${shot}`, `sim${shot} > film${shot}`, `film${shot} > join`]),
      'join > rest',
    ];
    const stacked = draw(chains, links, { ...unfolded, stacks: true });
    expect(nodesOf(stacked)).toEqual(['stack b1.sim1', 'stack b1.film1', 'b1.prepare', 'b1.join', 'b1.rest']);
    expect(edgesIn(stacked)).toEqual([
      'b1.prepare > stack b1.sim1 x7',
      'stack b1.sim1 > stack b1.film1 x7',
      'stack b1.film1 > b1.join x7',
      'b1.join > b1.rest x1',
    ]);
    const open = draw(chains, links, { ...unfolded, stacks: true, openStacks: new Set(['stack b1.sim1']) });
    expect(open.nodes).toHaveLength(11);
    // One that has something more to wait for is not alike.
    const other = draw(chains, [...links, 'sim1 > film3'], { ...unfolded, stacks: true });
    expect(nodesOf(other)).toContain('b1.film3');
  });

  it('names a stack by what its names have in common', () => {
    expect(nameInCommon(['shot_010 fx', 'shot_020 fx'])).toBe('shot_… fx');
    expect(nameInCommon(['sim1', 'sim11'])).toBe('sim…');
    expect(nameInCommon(['a', 'b'])).toBe('…');
  });
});
