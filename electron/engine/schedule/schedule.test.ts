import { beforeEach, describe, expect, test } from 'vitest';
import { noAmounts } from '../../../shared/model/amounts';
import { noRequirements } from '../../../shared/model/requirements';
import type { Holder } from '../../../shared/model/reservation';
import { defaultSettings, type FarmSettings, type TenantSettings } from '../../../shared/model/settings';
import { batch, Farm, stopped } from '../farm-for-tests';

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

const order = (changes: Partial<FarmSettings['order']>): Partial<FarmSettings> => ({
  order: { ...defaultSettings.order, ...changes },
});
const tenant = (changes: Partial<TenantSettings>): TenantSettings => ({
  ...defaultSettings.otherTenants,
  ...changes,
});
const most = (changes: Partial<TenantSettings['most']>): TenantSettings =>
  tenant({ most: { ...defaultSettings.otherTenants.most, ...changes } });

describe('order', () => {
  test('a job that has waited long enough goes before a more important one', async () => {
    await farm.configure(order({ ageing: 0.5 }));
    await farm.submit(batch({ old: { priority: 'LOW' } }));
    await farm.pass(3 * 3_600_000);
    await farm.submit(batch({ new: {} }));
    await farm.nodeUp({ cpu: 1 });
    expect(farm.running()).toEqual(['old 0']);
  });

  test('a near deadline comes first, a far one does not', async () => {
    const soon = farm.time + 600_000;
    await farm.submit(
      batch({
        plain: { priority: 'HIGH' },
        far: { deadline: farm.time + 10 ** 9 },
        near: { deadline: soon },
      }),
    );
    await farm.nodeUp({ cpu: 1 });
    await farm.runAll();
    expect(farm.started()).toEqual(['near 0', 'plain 0', 'far 0']);
  });

  test('a change of priority counts at once, and can be taken back', async () => {
    await farm.submit(batch({ a: {}, b: {}, c: {} }));
    await farm.command({
      kind: 'order',
      by: 'ann',
      jobs: [{ job: 'b1.c', priority: 'CRITICAL', deadline: null }],
    });
    await farm.nodeUp({ cpu: 1 });
    expect(farm.running()).toEqual(['c 0']);
    await farm.command({ kind: 'undo', by: 'ann', change: null });
    expect(farm.engine.state.jobs.get('b1.c')?.priority).toBe('MEDIUM');
  });

  test('a held job starts nothing; what runs goes on', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ a: { tasks: 3 }, b: {} }));
    await farm.command({ kind: 'hold', by: 'ann', why: 'wrong camera', jobs: ['b1.a'] });
    expect(farm.state('b1.a')).toBe('PAUSED');
    await farm.endTask('a 0');
    expect(farm.running()).toEqual(['b 0']);
    await farm.endTask('b 0');
    expect(farm.running()).toEqual([]);
    await farm.command({ kind: 'undo', by: 'ann', change: null });
    expect(farm.running()).toEqual(['a 1']);
  });
});

describe('tenants', () => {
  test('share the farm by their weights', async () => {
    await farm.configure({ tenants: { big: tenant({ weight: 3 }) } });
    await farm.submit(batch({ small: { tasks: 50 } }, { tenant: 'small' }));
    await farm.submit(batch({ big: { tasks: 50 } }, { tenant: 'big' }));
    await farm.nodeUp({ cpu: 8 });
    const of = (name: string): number => farm.running().filter((task) => task.startsWith(name)).length;
    expect([of('small'), of('big')]).toEqual([2, 6]);
  });

  test('nobody gets more than the quota, in tasks or amounts', async () => {
    await farm.nodeUp({ cpu: 16 });
    await farm.configure({ tenants: { acme: most({ amounts: { cpu: 8 } }), lab: most({ running: 3 }) } });
    await farm.submit(batch({ a: { tasks: 9, request: { cpu: 2 } } }, { tenant: 'acme' }));
    await farm.submit(batch({ b: { tasks: 9 } }, { tenant: 'lab' }));
    expect(farm.running().filter((task) => task.startsWith('a'))).toHaveLength(4);
    expect(farm.running().filter((task) => task.startsWith('b'))).toHaveLength(3);
    expect(farm.why('b1.a')).toEqual(['quota of tenant acme: 8 of 8 cores, 2 more are needed']);
    expect(farm.why('b2.b')).toEqual(['quota of tenant lab: 3 of 3 tasks at once']);
  });

  test('what is promised is given back by those who borrowed it', async () => {
    await farm.configure({ tenants: { owner: tenant({ guaranteed: { ...noAmounts, cpu: 2 } }) } });
    await farm.nodeUp({ cpu: 4 });
    await farm.submit(batch({ lent: { tasks: 10, preemptible: true } }, { tenant: 'borrower' }));
    await farm.pass(1000);
    await farm.submit(batch({ mine: { tasks: 2 } }, { tenant: 'owner' }));
    const stops = farm.effects.flatMap((effect) => (effect.kind === 'stopAttempt' ? [effect] : []));
    expect(stops).toMatchObject([{ reason: 'preempted' }]);
    for (const { attempt } of stops) await farm.end(attempt, stopped);
    expect(farm.running()).toContain('mine 0');
    for (const effect of farm.effects.slice())
      if (effect.kind === 'stopAttempt') await farm.end(effect.attempt, stopped);
    expect(farm.running().filter((task) => task.startsWith('mine'))).toHaveLength(2);
    await farm.runAll();
    expect([farm.state('b1.lent'), farm.state('b2.mine')]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('too many submissions or waiting tasks are refused, and it is said why', async () => {
    await farm.configure({ otherTenants: most({ submissions: 2, queued: 10 }) });
    expect(await farm.submit(batch({ a: { tasks: 11 } }))).toMatchObject({
      kind: 'refused',
      refusal: { message: expect.stringContaining('may have 10 tasks waiting') },
    });
    await farm.submit(batch({ a: {} }));
    await farm.submit(batch({ a: {} }));
    expect(await farm.submit(batch({ a: {} }))).toMatchObject({
      kind: 'refused',
      refusal: { message: expect.stringContaining('2 batches a minute') },
    });
    await farm.pass(61_000);
    expect(await farm.submit(batch({ a: {} }))).toMatchObject({ kind: 'done' });
  });
});

describe('limits', () => {
  test('of a job and of a user', async () => {
    await farm.nodeUp({ cpu: 16 });
    await farm.submit(batch({ a: { tasks: 9, most: 4 } }));
    expect(farm.running()).toHaveLength(4);
    expect(farm.why('b1.a')).toEqual(['limit of the job: 4 of 4 tasks at once']);
    await farm.endTask('a 0');
    expect(farm.running()).toHaveLength(4);
    await farm.configure({ perUser: 6 });
    await farm.submit(batch({ b: { tasks: 9 } }));
    expect(farm.running()).toHaveLength(6);
    expect(farm.why('b2.b')).toEqual(['limit of user ann: 6 of 6 tasks at once']);
  });

  test('licences are counted over the whole farm', async () => {
    await farm.configure({ shared: { houdini: 3 } });
    await farm.nodeUp({ cpu: 4 }, 'one');
    await farm.nodeUp({ cpu: 4 }, 'two');
    await farm.submit(batch({ a: { tasks: 9, request: { special: { houdini: 1 } } }, b: { tasks: 9 } }));
    expect(farm.running().filter((task) => task.startsWith('a'))).toHaveLength(3);
    expect(farm.running()).toHaveLength(8);
  });
});

describe('nodes', () => {
  test('only those with the labels and pools that are asked for', async () => {
    await farm.configure({ nodes: { two: { ...defaultSettings.otherNodes, pools: ['night'] } } });
    await farm.nodeUp({}, 'one', ['blender']);
    await farm.nodeUp({}, 'two', ['blender', 'slow']);
    await farm.submit(
      batch({
        a: { needs: { ...noRequirements, allOf: ['blender'], noneOf: ['slow'] } },
        b: { needs: { ...noRequirements, pools: ['night'] } },
        c: { needs: { ...noRequirements, anyOf: ['maya', 'nuke'] } },
      }),
    );
    expect(farm.where()).toEqual({ one: ['a 0'], two: ['b 0'] });
    expect(farm.why('b1.c')).toEqual([
      'a task needs 1 core, which no node could give; one, two: has none of the labels maya, nuke',
    ]);
  });

  test('packed fills one node first, spread all alike', async () => {
    for (const name of ['one', 'two']) await farm.nodeUp({ cpu: 4 }, name);
    await farm.submit(batch({ a: { tasks: 4 } }));
    expect(Object.keys(farm.where())).toEqual(['one']);
    await farm.runAll();
    await farm.configure(order({ choice: 'spread' }));
    await farm.submit(batch({ b: { tasks: 4 } }));
    expect(farm.where()).toEqual({ one: ['b 0', 'b 2'], two: ['b 1', 'b 3'] });
  });

  test('cheap nodes and those that are best at the kind of work come first', async () => {
    for (const name of ['dear', 'cheap']) await farm.nodeUp({ cpu: 1 }, name);
    const node = (changes: Partial<FarmSettings['otherNodes']>): FarmSettings['otherNodes'] => ({
      ...defaultSettings.otherNodes,
      ...changes,
    });
    await farm.configure({
      ...order({ choice: 'cheap' }),
      nodes: { dear: node({ costPerHour: 2 }), cheap: node({ costPerHour: 1 }) },
    });
    await farm.submit(batch({ a: {} }));
    expect(farm.where()).toEqual({ cheap: ['a 0'] });
    await farm.runAll();
    await farm.configure({
      nodes: { dear: node({ bestAt: ['simulation'] }), cheap: node({ bestAt: ['render'] }) },
    });
    await farm.submit(batch({ a: { kind: 'render' } }));
    expect(farm.where()).toEqual({ cheap: ['a 0'] });
  });

  test('what is kept for the system is not given away; overcommit gives more', async () => {
    const plain = defaultSettings.otherNodes;
    await farm.configure({ otherNodes: { ...plain, kept: { ...noAmounts, cpu: 2 } } });
    await farm.nodeUp({ cpu: 8 });
    await farm.submit(batch({ a: { tasks: 20 } }));
    expect(farm.running()).toHaveLength(6);
    await farm.configure({ otherNodes: { ...plain, overcommit: { ...plain.overcommit, cpu: 1.5 } } });
    expect(farm.running()).toHaveLength(12);
  });

  test('parts of GPUs share a device, whole ones have their own', async () => {
    await farm.nodeUp({ cpu: 16, gpu: 2, gpuMemoryMiB: 24_000 });
    await farm.submit(
      batch({
        half: { tasks: 3, request: { gpu: 0.5 } },
        big: { request: { gpu: 0.5, gpuMemoryMiB: 20_000 } },
        whole: { request: { gpu: 1 } },
      }),
    );
    const placed = farm.facts.flatMap((fact) =>
      fact.kind === 'taskAssigned' ? (fact.special?.placement?.gpus ?? []) : [],
    );
    expect(placed.map(({ device }) => device)).toEqual([0, 0, 1, 1]);
    expect(farm.why('b1.whole')).toEqual(['local: needs 1 GPU, most that is free is 0 GPU']);
  });

  test('pinned tasks get cores of their own, next to each other; an exclusive one the node', async () => {
    await farm.nodeUp({ cpu: 4 });
    await farm.submit(
      batch({
        pinned: { tasks: 2, request: { cpu: 2, cores: 'pinned' } },
        alone: { request: { cores: 'exclusive' } },
      }),
    );
    const cores = farm.facts.flatMap((fact) =>
      fact.kind === 'taskAssigned' ? [fact.special?.placement?.cores] : [],
    );
    expect(cores).toEqual([
      [0, 1],
      [2, 3],
    ]);
    await farm.endTask('pinned 0');
    expect(farm.why('b1.alone')).toEqual(['local: needs a node of its own, and others run here']);
    await farm.endTask('pinned 1');
    expect(farm.running()).toEqual(['alone 0']);
    await farm.submit(batch({ small: {} }));
    expect(farm.running()).toEqual(['alone 0']);
  });
});

describe('wide tasks', () => {
  test('are not starved by narrow ones: a node is kept for them', async () => {
    await farm.nodeUp({ cpu: 4 });
    await farm.submit(batch({ narrow: { tasks: 200 } }));
    await farm.submit(batch({ wide: { request: { cpu: 4 }, priority: 'HIGH' } }));
    for (let i = 0; i < 60 && !farm.running().includes('wide 0'); i++) {
      await farm.endTask(farm.running()[0] ?? '');
      await farm.pass(4_000);
    }
    expect(farm.running()).toEqual(['wide 0']);
    expect(farm.engine.state.reservations.size).toBe(0);
  });

  test.each(['cancel', 'hold'] as const)('a node is kept no longer when they %s', async (kind) => {
    await farm.nodeUp({ cpu: 4 });
    await farm.submit(batch({ narrow: { tasks: 200 } }));
    await farm.submit(batch({ wide: { request: { cpu: 4 }, priority: 'HIGH' } }));
    for (let i = 0; i < 60 && farm.engine.state.reservations.size === 0; i++) {
      await farm.endTask(farm.running()[0] ?? '');
      await farm.pass(4_000);
    }
    await farm.endTask(farm.running()[0] ?? '');
    expect(farm.running()).toHaveLength(3);
    await farm.command({ kind, by: 'ann', jobs: ['b2.wide'] });
    expect(farm.engine.state.reservations.size).toBe(0);
    expect(farm.running()).toHaveLength(4);
  });

  test('what a person keeps for a job is given up when the job has ended', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ sim: { tasks: 2 }, other: { tasks: 2 } }));
    const result = await farm.command({
      kind: 'reserve',
      by: 'ann',
      node: 'local',
      amounts: { ...noAmounts, cpu: 2 },
      holder: { kind: 'step', job: 'b1.sim', step: 0 },
      from: farm.time,
      until: farm.time + 3_600_000,
    });
    expect(result).toMatchObject({ kind: 'done', outcome: { reservation: 1 } });
    await farm.endTask('sim 0');
    expect(farm.why('b1.other')).toEqual(['local: reserved for job b1.sim']);
    await farm.endTask('sim 1');
    expect(farm.running()).toEqual(['other 0', 'other 1']);
    expect(farm.engine.state.reservations.size).toBe(0);
  });

  test('what cannot be kept is refused', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ sim: {} }));
    await farm.runAll();
    const reserve = (cpu: number, holder: Holder) => {
      const [amounts, from, until] = [{ ...noAmounts, cpu }, farm.time, farm.time + 1000];
      return farm.command({ kind: 'reserve', by: 'ann', node: 'local', amounts, holder, from, until });
    };
    const refusal = (message: string) => ({ refusal: { message: expect.stringContaining(message) } });
    const tenant = { kind: 'tenant', tenant: 'film' } as const;
    expect(await reserve(0, tenant)).toMatchObject(refusal('keeps something'));
    expect(await reserve(3, tenant)).toMatchObject(refusal('it has 2 cores and 4 GiB for work'));
    expect(await reserve(1, { kind: 'step', job: 'b1.sim', step: 0 })).toMatchObject(refusal('has ended'));
    expect(await reserve(1, { kind: 'step', job: 'b1.sim', step: 7 })).toMatchObject(refusal('no step 7'));
  });

  test('a person can reserve a node for a tenant', async () => {
    await farm.nodeUp({ cpu: 4 });
    const result = await farm.command({
      kind: 'reserve',
      by: 'ann',
      node: 'local',
      amounts: { ...noAmounts, cpu: 3 },
      holder: { kind: 'tenant', tenant: 'film' },
      from: farm.time,
      until: farm.time + 3_600_000,
    });
    expect(result.kind).toBe('done');
    await farm.submit(batch({ other: { tasks: 4 } }));
    expect(farm.running()).toEqual(['other 0']);
    expect(farm.why('b1.other')).toEqual(['local: reserved for tenant film']);
    await farm.submit(batch({ film: { tasks: 4 } }, { tenant: 'film' }));
    expect(farm.running()).toHaveLength(4);
    await farm.pass(3_600_000);
    await farm.endTask('film 0');
    expect(farm.engine.state.reservations.size).toBe(0);
  });
});

describe('urgent work', () => {
  test('stops what may be stopped and has lost least; that runs again later', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ old: { preemptible: true }, firm: {} }));
    await farm.pass(60_000);
    await farm.submit(batch({ urgent: { priority: 'CRITICAL' } }));
    expect(farm.effects.at(-1)).toMatchObject({ kind: 'stopAttempt', attempt: 'a-1', reason: 'preempted' });
    await farm.pass(10_000);
    expect(farm.effects.filter(({ kind }) => kind === 'stopAttempt')).toHaveLength(1);
    await farm.end('a-1', stopped);
    expect(farm.running()).toEqual(['firm 0', 'urgent 0']);
    await farm.runAll();
    expect(farm.state('b1.old')).toBe('COMPLETED');
  });

  test('two for which a node is kept do not wait for each other', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ old: { tasks: 2, preemptible: true } }));
    await farm.submit(batch({ one: { priority: 'CRITICAL' } }));
    await farm.submit(batch({ two: { priority: 'CRITICAL', request: { cpu: 2 } } }));
    for (let turn = 0; turn < 3; turn++) {
      await farm.pass(1000);
      const stops = farm.effects.flatMap((effect) => (effect.kind === 'stopAttempt' ? [effect.attempt] : []));
      for (const attempt of stops) await farm.end(attempt, stopped);
    }
    expect(farm.running()).toContain('one 0');
    await farm.endTask('one 0');
    await farm.pass(1000);
    await farm.runAll();
    expect([farm.state('b1.old'), farm.state('b2.one'), farm.state('b3.two')]).toEqual([
      'COMPLETED',
      'COMPLETED',
      'COMPLETED',
    ]);
  });

  test('does not take from others what was promised to them', async () => {
    await farm.configure({ tenants: { owner: tenant({ guaranteed: { ...noAmounts, cpu: 1 } }) } });
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ mine: { tasks: 2, preemptible: true } }, { tenant: 'owner' }));
    await farm.submit(
      batch({ urgent: { tasks: 2, priority: 'CRITICAL', preemptible: true } }, { tenant: 'other' }),
    );
    const stops = () =>
      farm.effects.flatMap((effect) => (effect.kind === 'stopAttempt' ? [effect.attempt] : []));
    expect(stops()).toHaveLength(1);
    for (const attempt of stops()) await farm.end(attempt, stopped);
    await farm.pass(1000);
    expect(farm.running()).toEqual([expect.stringContaining('mine'), 'urgent 0']);
    expect(stops()).toHaveLength(1);
  });
});
