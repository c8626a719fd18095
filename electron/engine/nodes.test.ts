import { beforeEach, describe, expect, test } from 'vitest';
import { batch, Farm } from './farm-for-tests';
import { notRunning, tell } from './history';
import { noChanges } from './reduce/changes';
import { Reducer } from './reduce/reduce';
import { decodeState, encodeState } from './snapshot';
import { FarmState } from './state';

const box = { kind: 'addNode', by: 'ann', node: 'box', name: 'Box', address: 'ann@box' } as const;
const noBox = { kind: 'removeNode', by: 'ann', node: 'box' } as const;
const minute = 60_000;

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

const message = (result: Awaited<ReturnType<Farm['command']>>): string =>
  result.kind === 'refused' ? result.refusal.message : 'done';
const stateOf = (node: string): string | undefined => farm.engine.state.nodes.get(node)?.state;

describe('nodes that people add and remove', () => {
  test('an added node works when it has been reached', async () => {
    expect(message(await farm.command(box))).toBe('done');
    expect(stateOf('box')).toBe('STARTING');
    await farm.submit(batch({ melt: {} }));
    expect(farm.where()).toEqual({});
    await farm.nodeUp({}, 'box');
    expect(farm.where()).toEqual({ box: ['melt 0'] });
  });

  test('an id or a name that is taken is refused', async () => {
    await farm.command(box);
    expect(message(await farm.command({ ...box, name: 'Other' }))).toContain('There is a node Box already');
    expect(message(await farm.command({ ...box, node: 'other' }))).toContain('There is a node Box already');
  });

  test('it cannot be removed while it works; then it can, and gets nothing more', async () => {
    await farm.command(box);
    await farm.nodeUp({}, 'box');
    await farm.submit(batch({ melt: { tasks: 3 } }));
    expect(message(await farm.command(noBox))).toMatch(/has 2 running task\(s\)\. Set it aside/);
    await farm.runAll();
    expect(message(await farm.command(noBox))).toBe('done');
    await farm.submit(batch({ pour: {} }));
    // What a link that is being closed still says.
    await farm.nodeUp({}, 'box');
    await farm.nodeDown('box');
    expect(farm.engine.state.nodes.has('box')).toBe(false);
    expect(farm.running()).toEqual([]);
    expect(message(await farm.command(noBox))).toBe('There is no node box.');
  });

  test('the machine that Drover runs on cannot be removed', async () => {
    await farm.nodeUp();
    expect(message(await farm.command({ ...noBox, node: 'local' }))).toContain('Set it aside instead');
  });

  test('added again it is as new: at another address, not set aside, and it works', async () => {
    await farm.command(box);
    await farm.nodeUp({ special: { scratch: 1 } }, 'box', ['fast']);
    await farm.command({ kind: 'setAside', by: 'ann', node: 'box', until: farm.time + minute });
    await farm.command(noBox);
    await farm.command({ ...box, address: 'bob@box' });
    expect(farm.engine.state.nodes.get('box')).toMatchObject({
      ...{ state: 'STARTING', address: 'bob@box', setAside: null, setAsideUntil: null },
      ...{ reconciled: false, probedLabels: [] },
    });
    await farm.nodeUp({}, 'box');
    await farm.submit(batch({ melt: {} }));
    expect(farm.where()).toEqual({ box: ['melt 0'] });
  });

  test('what was reserved on a removed node is given up', async () => {
    await farm.command(box);
    await farm.nodeUp({}, 'box');
    const amounts = { cpu: 1, memoryMiB: 0, gpu: 0, gpuMemoryMiB: 0, storageMiB: 0, networkMbps: 0 };
    const holder = { kind: 'tenant', tenant: 'film' } as const;
    const [from, until] = [farm.time, farm.time + minute];
    await farm.command({ kind: 'reserve', by: 'ann', node: 'box', amounts, holder, from, until });
    await farm.command(noBox);
    expect([...farm.engine.state.reservations.values()].map(({ state }) => state)).toEqual([]);
  });

  test('history tells who added and removed what, and why', async () => {
    await farm.command({ ...box, why: 'more cores' });
    await farm.command({ ...noBox, why: 'it is sold' });
    expect(farm.facts.flatMap((fact) => tell(fact) ?? [])).toEqual([
      { by: 'ann', why: 'more cores', what: 'added node box at ann@box', about: ['node/box'] },
      { by: 'ann', why: 'it is sold', what: 'removed node box', about: ['node/box'] },
    ]);
  });

  test('history tells when a node is lost and when it is there again', async () => {
    const about = ['node/box'];
    await farm.nodeUp({}, 'box');
    await farm.nodeDown('box');
    await farm.nodeUp({}, 'box');
    expect(farm.facts.flatMap((fact) => tell(fact) ?? [])).toEqual([
      { by: null, why: 'gone', what: 'lost node box', about },
      { by: null, why: null, what: 'node box is back', about },
    ]);
    const kind = 'nodeStateChanged';
    expect(tell({ kind, at: 1, node: 'box', state: 'OFFLINE', reason: notRunning })).toBeNull();
  });
});

describe('nodes that are set aside for a while', () => {
  const aside = (lasts: number): Promise<unknown> =>
    farm.command({ kind: 'setAside', by: 'ann', node: 'box', until: farm.time + lasts });

  beforeEach(async () => {
    await farm.command(box);
    await farm.nodeUp({}, 'box');
  });

  test('come back by themselves at their time, and work', async () => {
    await aside(30 * minute);
    await farm.submit(batch({ melt: {} }));
    await farm.pass(29 * minute);
    expect(stateOf('box')).toBe('MAINTENANCE');
    expect(farm.running()).toEqual([]);
    await farm.pass(minute);
    expect(stateOf('box')).toBe('ONLINE');
    expect(farm.running()).toEqual(['melt 0']);
  });

  test('stay aside when they were offline in between, but not longer than until then', async () => {
    await aside(30 * minute);
    await farm.nodeDown('box');
    expect(message(await farm.command({ kind: 'takeBack', by: 'ann', node: 'box' }))).toContain(
      'still set aside',
    );
    await farm.nodeUp({}, 'box');
    expect(stateOf('box')).toBe('MAINTENANCE');
    await farm.pass(30 * minute);
    expect(stateOf('box')).toBe('ONLINE');
  });

  test('are ONLINE at once when they are reached after that time', async () => {
    await aside(30 * minute);
    await farm.nodeDown('box');
    await farm.pass(31 * minute);
    expect(stateOf('box')).toBe('OFFLINE');
    await farm.nodeUp({}, 'box');
    expect(stateOf('box')).toBe('ONLINE');
  });

  test('stay aside for good when they are set aside anew without a time', async () => {
    await aside(30 * minute);
    await farm.command({ kind: 'takeBack', by: 'bob', node: 'box' });
    await farm.command({ kind: 'setAside', by: 'bob', node: 'box' });
    await farm.pass(60 * minute);
    expect(stateOf('box')).toBe('MAINTENANCE');
  });

  test('a time that is past is refused', async () => {
    expect(
      message(await farm.command({ kind: 'setAside', by: 'ann', node: 'box', until: farm.time })),
    ).toContain('is past');
    expect(stateOf('box')).toBe('ONLINE');
  });
});

test('a snapshot and the facts know of nodes that were removed or set aside for a while', async () => {
  await farm.nodeUp();
  for (const node of ['box', 'den']) await farm.command({ ...box, node, name: node, address: `ann@${node}` });
  await farm.nodeUp({ special: { scratch: 2 } }, 'box', ['fast']);
  await farm.nodeUp({}, 'den');
  await farm.command(noBox);
  await farm.command({ kind: 'setAside', by: 'ann', node: 'den', until: farm.time + 30 * minute });

  const { state } = farm.engine;
  const fromFacts = new FarmState();
  const reducer = new Reducer(fromFacts);
  for (const fact of farm.facts) reducer.apply(fact, noChanges());
  for (const again of [fromFacts, decodeState(encodeState(state))]) {
    expect([...again.nodes.keys()]).toEqual(['local', 'den']);
    expect(again.nodeList.map(({ id, removed }) => [id, removed])).toEqual([
      ['local', false],
      ['box', true],
      ['den', false],
    ]);
    expect([...again.ownNames.keys()]).toEqual([]);
    expect(again.nodes.get('den')?.address).toBe('ann@den');
    expect([...again.asideForAWhile].map(({ id, setAsideUntil }) => [id, setAsideUntil])).toEqual([
      ['den', state.nodes.get('den')?.setAsideUntil],
    ]);
    expect(encodeState(again)).toEqual(encodeState(state));
  }
});
