import { beforeEach, describe, expect, test } from 'vitest';
import { commandedChange } from '../../../shared/ipc/change-schema';
import { jobIdSchema } from '../../../shared/ipc/schemas';
import { changeInWords, isCommanded, wayBack, type Cheapest } from '../../../shared/model/farm-change';
import { noRequirements } from '../../../shared/model/requirements';
import { defaultSettings, type FarmSettings } from '../../../shared/model/settings';
import type { JobId } from '../../../shared/model/ids';
import { batch, dependency, Farm, stopped } from '../farm-for-tests';
import { atOnce } from '../slices';
import { encodeState } from '../snapshot';
import { cheapestChange, mostJobsToTry } from './cheapest';
import { commandFor } from './cheapest-command';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 2, memoryMiB: 4096 });
});

function find(job: JobId): Cheapest | null {
  const before = encodeState(farm.engine.state);
  const found = atOnce(cheapestChange(farm.engine.state, job, 0, farm.time));
  expect(encodeState(farm.engine.state)).toEqual(before);
  return found;
}

function words(job: JobId): string {
  const found = find(job);
  if (found?.kind !== 'change') return found?.kind ?? 'nothing';
  return changeInWords(found.change) + (found.startsNow ? '' : ', and wait for room');
}

/** Makes what is found; undone again where it says that it can be. */
async function make(job: JobId): Promise<void> {
  const found = find(job);
  if (found?.kind !== 'change' || !isCommanded(found.change)) throw new Error(`nothing to make for ${job}`);
  expect(commandedChange(jobIdSchema).parse(found.change)).toEqual(found.change);
  const { undoable } = farm.engine.state;
  const before = undoable.length;
  expect(await farm.command(commandFor(farm.engine.state, found.change, 'ann'))).toMatchObject({
    kind: 'done',
  });
  expect(undoable.length > before).toBe(wayBack(found.change) === 'undo');
}

const { otherTenants, otherNodes } = defaultSettings;
const quota = (most: Partial<FarmSettings['otherTenants']['most']>): Partial<FarmSettings> => ({
  otherTenants: { ...otherTenants, most: { ...otherTenants.most, ...most } },
});

describe('the cheapest change', () => {
  test('a job that is held is released', async () => {
    await farm.submit(batch({ first: { tasks: 2 }, render: {} }));
    await farm.command({ kind: 'hold', by: 'ann', jobs: ['b1.render'] });
    await farm.endTask('first 0');
    expect(words('b1.render')).toBe('release render (b1.render)');
  });

  test('the only node takes work again, also when others on it have to end first', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ first: {}, later: {} }));
    await farm.command({ kind: 'setAside', by: 'ann', node: 'local' });
    const found = atOnce(cheapestChange(farm.engine.state, 'b1.later', 0, farm.time));
    expect(found).toMatchObject({ change: { kind: 'takeBack', node: 'local' }, startsNow: false });
  });

  test('a node that was set aside takes work again', async () => {
    await farm.command({ kind: 'setAside', by: 'ann', node: 'local' });
    await farm.submit(batch({ render: {} }));
    expect(words('b1.render')).toBe('let node local take work again');
  });

  test('a node that is away comes back', async () => {
    await farm.nodeDown();
    await farm.submit(batch({ render: {} }));
    expect(words('b1.render')).toBe('get node local back');
  });

  test('a dependency is bypassed', async () => {
    await farm.submit(batch({ melt: {}, beauty: { after: ['melt'] } }));
    expect(words('b1.beauty')).toBe('do not wait for melt');
    const window = { opens: '22:00', closes: '06:00', timeZone: 'UTC' };
    const night = dependency(null, 'render', { type: 'TEMPORAL', rule: { kind: 'window', window } });
    await farm.submit(batch({ render: {} }, { dependencies: [night] }));
    expect(words('b2.render')).toBe('do not wait for its window, 22:00 to 06:00');
  });

  test('the quota of a tenant, the limit of a user or the number of licences is raised', async () => {
    await farm.submit(batch({ render: { tasks: 2 } }));
    await farm.configure(quota({ running: 1 }));
    await farm.endTask('render 0');
    await farm.submit(batch({ render: {} }));
    expect(words('b2.render')).toBe('raise the quota of tenant default from 1 to 2 tasks at once');
    await farm.configure(quota({ amounts: { cpu: 1 } }));
    expect(words('b2.render')).toBe('raise the quota of tenant default from 1 to 2 cores');
    await farm.configure({ perUser: 1 });
    expect(words('b2.render')).toBe('raise the limit of user ann from 1 to 2 tasks at once');
  });

  test('a licence, but never a lock', async () => {
    await farm.configure({ shared: { houdini: 1 } });
    await farm.submit(batch({ sim: { tasks: 2, request: { special: { houdini: 1 } } } }));
    expect(words('b1.sim')).toBe('raise the amount of houdini from 1 to 2');
    await farm.submit(batch({ bake: { tasks: 2, request: { special: { database: 1 } } } }));
    expect(words('b2.bake')).toBe('nothing');
  });

  test('a name that is no lock, since more than one is asked for', async () => {
    await farm.submit(batch({ two: { request: { special: { nuke: 2 } } } }));
    expect(words('b1.two')).toBe('raise the amount of nuke from 1 to 2');
  });

  test('what is enough where others of the tenant come first', async () => {
    await farm.nodeUp({ cpu: 8 }, 'large');
    await farm.configure(quota({ running: 2 }));
    await farm.submit(batch({ first: { tasks: 4 } }));
    await farm.submit(batch({ render: {} }));
    expect(words('b2.render')).toBe('raise the quota of tenant default from 2 to 6 tasks at once');
  });

  test('a reservation is given up', async () => {
    const amounts = { ...otherNodes.kept, cpu: 2 };
    const holder = { kind: 'tenant', tenant: 'film' } as const;
    const [from, until] = [farm.time, farm.time + 3_600_000];
    await farm.command({ kind: 'reserve', by: 'ann', node: 'local', amounts, holder, from, until });
    await farm.submit(batch({ render: {} }));
    expect(words('b1.render')).toBe('give up reservation 1 on node local');
  });

  test('the priority is raised where that stops less urgent work', async () => {
    await farm.submit(batch({ long: { tasks: 2, preemptible: true } }));
    await farm.submit(batch({ render: {} }));
    expect(words('b2.render')).toBe('raise the priority of render (b2.render) to CRITICAL');
  });

  test('it asks for what is free, or for what the largest node has', async () => {
    await farm.submit(batch({ long: { request: { cpu: 1, memoryMiB: 3072 } } }));
    await farm.submit(batch({ render: { request: { cpu: 1, memoryMiB: 2048 } } }));
    expect(words('b2.render')).toBe('ask for 1 GiB instead of 2 GiB');
    await farm.submit(batch({ wide: { request: { cpu: 16 } } }));
    expect(words('b3.wide')).toBe('ask for 2 cores instead of 16 cores, and wait for room');
  });

  test('a node is given a label, or a place in a pool', async () => {
    await farm.submit(batch({ render: { needs: { ...noRequirements, allOf: ['gpu'] } } }));
    expect(words('b1.render')).toBe('give the label gpu to node local');
    await farm.submit(batch({ render: { needs: { ...noRequirements, pools: ['night'] } } }));
    expect(words('b2.render')).toBe('give a place in pool night to node local');
    await farm.configure({ nodes: { local: { ...otherNodes, labels: ['laptop'] } } });
    await farm.submit(batch({ render: { needs: { ...noRequirements, noneOf: ['laptop'] } } }));
    expect(words('b3.render')).toBe('take the label laptop from node local');
  });

  test('less urgent work is cancelled', async () => {
    await farm.submit(batch({ low: { priority: 'LOW' }, normal: {} }));
    await farm.submit(batch({ render: { request: { cpu: 1 } } }));
    expect(words('b2.render')).toBe('cancel low of Test (b1.low), of which 1 task runs');
  });

  test('a node is added', async () => {
    await farm.submit(batch({ long: { tasks: 2 } }));
    await farm.submit(batch({ render: {} }));
    expect(words('b2.render')).toBe('add a node like local');
  });
});

describe('nothing', () => {
  test('where no single change helps, or nothing waits', async () => {
    await farm.submit(batch({ melt: {}, beauty: { after: ['melt'] } }));
    await farm.command({ kind: 'hold', by: 'ann', jobs: ['b1.beauty'] });
    expect(words('b1.beauty')).toBe('nothing');
    expect(words('b1.melt')).toBe('nothing');
    expect(words('b9.none')).toBe('nothing');
  });

  test('where the job itself says that no more may run', async () => {
    await farm.submit(batch({ render: { tasks: 2, most: 1 } }));
    expect(words('b1.render')).toBe('nothing');
  });

  test('is tried in a farm that is too large to copy', async () => {
    const names = Array.from({ length: mostJobsToTry + 1 }, (_, index) => [`job${index}`, {}] as const);
    await farm.submit(batch(Object.fromEntries(names)));
    expect(words('b1.job2000')).toBe('notTried');
  });
});

describe('made by its command, the work starts', () => {
  const aside = () => farm.command({ kind: 'setAside', by: 'ann', node: 'local' });

  test('a node takes work again', async () => {
    await aside();
    await farm.submit(batch({ render: {} }));
    await make('b1.render');
    expect(farm.running()).toEqual(['render 0']);
  });

  test('a job is released', async () => {
    await aside();
    await farm.submit(batch({ render: {} }));
    await farm.command({ kind: 'hold', by: 'ann', jobs: ['b1.render'] });
    await farm.command({ kind: 'takeBack', by: 'ann', node: 'local' });
    await make('b1.render');
    expect(farm.running()).toEqual(['render 0']);
  });

  test('a dependency is bypassed', async () => {
    await farm.submit(batch({ melt: {}, beauty: { after: ['melt'] } }));
    await make('b1.beauty');
    expect(farm.running()).toEqual(['melt 0', 'beauty 0']);
  });

  test('a quota is raised, a label given', async () => {
    await farm.configure(quota({ running: 1 }));
    await farm.submit(batch({ render: { tasks: 2 } }));
    await make('b1.render');
    expect(farm.running()).toEqual(['render 0', 'render 1']);
    await farm.runAll();
    await farm.submit(batch({ bake: { needs: { ...noRequirements, allOf: ['gpu'], pools: ['night'] } } }));
    await make('b2.bake');
    expect(farm.running()).toEqual(['bake 0']);
  });

  test('less urgent work is cancelled', async () => {
    await farm.submit(batch({ low: { priority: 'LOW', request: { cpu: 2 } } }));
    await farm.submit(batch({ render: {} }));
    await make('b2.render');
    await farm.endTask('low 0', stopped);
    expect(farm.running()).toEqual(['render 0']);
  });
});
