import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spaced } from './heights';
import { layOut } from './layout';
import type { LayoutEdge, LayoutNode } from './layout';

const node = (id: string, parent: string | null = null): LayoutNode => ({
  id,
  parent,
  width: 200,
  height: 60,
});
const edge = (from: string, to: string): LayoutEdge => ({ id: `${from}>${to}`, from, to });
const xOf = (layout: ReturnType<typeof layOut>, id: string): number => layout.places.get(id)?.x ?? NaN;

/** Any graph, also with loops: jobs may wait for steps of each other. */
const graphs = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 80 }),
  }),
);

describe('the layout of a graph', () => {
  it('sets what comes later further to the right', () => {
    const layout = layOut({
      nodes: ['c', 'a', 'b'].map((id) => node(id)),
      edges: [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')],
    });
    expect(['a', 'b', 'c'].map((id) => xOf(layout, id)).toSorted((a, b) => a - b)).toEqual(
      ['a', 'b', 'c'].map((id) => xOf(layout, id)),
    );
  });

  it('leads a long edge around what stands between', () => {
    const layout = layOut({
      nodes: ['a', 'b', 'c'].map((id) => node(id)),
      edges: [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')],
    });
    const [bend] = layout.bends.get('a>c') ?? [];
    const between = layout.places.get('b');
    if (bend === undefined || between === undefined) throw new Error('the long edge has no bend');
    expect(bend.y < between.y || bend.y > between.y + between.height).toBe(true);
  });

  it('never lays a node upon another one, and leads every edge of a graph without loops to the right', () => {
    fc.assert(
      fc.property(graphs, ({ count, edges }) => {
        const forward = edges.filter(([a, b]) => a < b).map(([a, b]) => edge(`n${a}`, `n${b}`));
        const layout = layOut({
          nodes: Array.from({ length: count }, (_, n) => node(`n${n}`)),
          edges: forward,
        });
        for (const { from, to } of forward) expect(xOf(layout, to)).toBeGreaterThan(xOf(layout, from));
        expectApart([...layout.places.values()]);
      }),
    );
  });

  it('deals with loops, and with nodes in others', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 2, max: 5 }), ({ count, edges }, size) => {
        const groups = Array.from({ length: Math.ceil(count / size) }, (_, n) => node(`g${n}`));
        const inner = Array.from({ length: count }, (_, n) => node(`n${n}`, `g${Math.floor(n / size)}`));
        const layout = layOut({
          nodes: [...groups, ...inner],
          edges: edges.map(([a, b]) => edge(`n${a}`, `n${b}`)),
        });
        expectApart(groups.flatMap(({ id }) => layout.places.get(id) ?? []));
        for (const { id, parent } of inner) {
          const place = layout.places.get(id);
          const around = layout.places.get(parent ?? '');
          if (place === undefined || around === undefined) throw new Error('a node has no place');
          expect(place.x >= 0 && place.x + place.width <= around.width).toBe(true);
          expect(place.y >= 0 && place.y + place.height <= around.height).toBe(true);
        }
      }),
    );
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function expectApart(boxes: readonly Box[]): void {
  const close = 0.001;
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const isApart =
        a.x + a.width <= b.x + close ||
        b.x + b.width <= a.x + close ||
        a.y + a.height <= b.y + close ||
        b.y + b.height <= a.y + close;
      expect(isApart).toBe(true);
    }
  }
}

describe('places with space between', () => {
  const wishes = fc.array(
    fc.record({ at: fc.integer({ min: -500, max: 500 }), weight: fc.integer({ min: 1, max: 9 }) }),
    { minLength: 1, maxLength: 30 },
  );

  it('keep the order and the space', () => {
    fc.assert(
      fc.property(wishes, fc.nat(50), (all, space) => {
        const places = spaced(
          all,
          all.map(() => space),
        );
        for (const [index, place] of places.entries()) {
          const last = places[index - 1];
          if (last !== undefined) expect(place - last).toBeGreaterThanOrEqual(space - 1e-6);
        }
      }),
    );
  });

  it('are the wishes where these have space enough', () => {
    const wishesApart = [0, 100, 250].map((at) => ({ at, weight: 1 }));
    expect(spaced(wishesApart, [0, 50, 50])).toEqual([0, 100, 250]);
    expect(
      spaced(
        [
          { at: 10, weight: 1 },
          { at: 10, weight: 1 },
        ],
        [0, 20],
      ),
    ).toEqual([0, 20]);
  });
});
