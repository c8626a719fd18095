import { beforeEach, describe, expect, test } from 'vitest';
import { noCapacity } from '../../../shared/model/amounts';
import type { Batch } from '../../../shared/model/batch';
import type { Found } from '../../../shared/model/finding';
import { noRequirements } from '../../../shared/model/requirements';
import { defaultSettings, type FarmSettings } from '../../../shared/model/settings';
import { batch, dependency, Farm, step } from '../farm-for-tests';
import { atOnce } from '../slices';
import { encodeState } from '../snapshot';
import { foretell } from './deadlines';
import { preflight, type Preflight } from './preflight';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 2, memoryMiB: 4096 });
});

function tried(spec: Batch): Preflight {
  const before = encodeState(farm.engine.state);
  const outcome = atOnce(preflight(farm.engine.state, spec, 'ann', farm.time));
  expect(encodeState(farm.engine.state)).toEqual(before);
  return outcome;
}

const placeOf = ({ about: { job, step: name, field } }: Found): string =>
  [job, name, field.join('.')].filter((part) => part !== null && part !== '').join(' ');
const words = ({ severity, code, message, fix, ...found }: Found): string =>
  `${severity} ${code} at ${placeOf({ severity, code, message, fix, ...found })}: ${message}${fix === null ? '' : ` -> ${fix}`}`;
const found = (spec: Batch): readonly string[] => tried(spec).found.map(words);

const { otherTenants, otherNodes } = defaultSettings;
const quota = (most: Partial<FarmSettings['otherTenants']['most']>): Partial<FarmSettings> => ({
  otherTenants: { ...otherTenants, most: { ...otherTenants.most, ...most } },
});
const needs = (label: string) => ({ ...noRequirements, allOf: [label] });
const hours = (count: number): number => count * 3_600_000;

describe('a batch that runs', () => {
  test('has no findings, and it is told what would start where', async () => {
    await farm.nodeUp({ cpu: 4 }, 'large');
    const { found: none, able, starts } = tried(batch({ melt: { tasks: 9 }, beauty: { after: ['melt'] } }));
    expect(none).toEqual([]);
    expect(able.get('beauty')).toEqual([['local', 'large']]);
    expect(Object.fromEntries(starts)).toEqual({ local: 2, large: 4 });
  });

  test('also when all room is taken now', async () => {
    await farm.submit(batch({ long: { tasks: 2 } }));
    const outcome = tried(batch({ melt: {} }));
    expect([outcome.found, outcome.starts.size]).toEqual([[], 0]);
  });
});

describe('what can never run', () => {
  test('is told for each step, also for those that wait for others, with the least that would help', async () => {
    await farm.nodeUp({ cpu: 4 }, 'large');
    const sim = { steps: [step({ name: 'melt' }), step({ name: 'bake', request: { cpu: 16 } })] };
    expect(found(batch({ sim, paint: { after: ['sim'], needs: needs('gpu') } }))).toEqual([
      'error never-runs at sim bake resources.cpu: a task needs 16 cores, which no node could give; local, large: needs 16 cores, the largest has 4 cores -> ask for 4 cores instead of 16 cores',
      'error never-runs at paint main needs: a task needs 1 core, which no node could give; local, large: has no label gpu -> give the label gpu to node local',
    ]);
  });

  test('by the memory of a card, by cores to be bound to, and by what nodes have of their own', async () => {
    await farm.nodeUp({ cpu: 4, gpu: 2, gpuMemoryMiB: 8192, special: { dongle: 1 } });
    expect(
      found(
        batch({
          card: { request: { gpu: 1, gpuMemoryMiB: 16_384 } },
          dongles: { request: { special: { dongle: 2 } } },
        }),
      ),
    ).toEqual([
      expect.stringContaining(
        'at card main resources.gpuMemory: a task needs 1 core, 1 GPU and 16 GiB of GPU memory, which no node could give; local: needs 16 GiB of GPU memory, the largest has 8 GiB of GPU memory',
      ),
      expect.stringContaining(
        'at dongles main resources.uses.dongle: a task needs 1 core and 2 dongle, which no node could give; local: needs 2 dongle, and has 1',
      ),
    ]);
    await farm.configure({
      otherNodes: { ...otherNodes, overcommit: { ...otherNodes.overcommit, cpu: 4, gpu: 4 } },
    });
    expect(
      found(batch({ pinned: { request: { cpu: 6, cores: 'pinned' } }, cards: { request: { gpu: 3 } } })),
    ).toEqual([
      expect.stringContaining('local: needs 6 cores, the largest has 4 cores'),
      expect.stringContaining('local: needs 3 GPU, the largest has 2 GPU'),
    ]);
    expect(found(batch({ shared: { request: { cpu: 6 } } }))).toEqual([]);
  });

  test('is a warning as long as a node has not told what it has', async () => {
    await farm.nodeDown('new');
    expect(found(batch({ wide: { request: { cpu: 16 } } }))).toEqual([
      expect.stringMatching(/^warning never-runs .*; what new could give is not known yet/),
    ]);
  });

  test('by a quota, a limit or too few licences', async () => {
    await farm.configure({ ...quota({ amounts: { memoryMiB: 1024 } }), shared: { nuke: 1 } });
    expect(
      found(batch({ heavy: { request: { memoryMiB: 2048 } }, comp: { request: { special: { nuke: 2 } } } })),
    ).toEqual([
      'error quota at heavy main resources.memory: a task needs 2 GiB, and the quota of tenant default is 1 GiB -> raise the quota of tenant default from 1024 to 2048 memoryMiB',
      'error too-few at comp main resources.uses.nuke: a task needs 2 nuke, and the farm has 1 -> raise the amount of nuke from 1 to 2',
    ]);
    await farm.configure({ perUser: 0 });
    expect(found(batch({ any: {} }))).toEqual([
      'error quota at any main: the limit of user ann lets no task run -> raise the limit of user ann from 0 to 1 tasks at once',
    ]);
  });

  test('a batch that the farm would refuse, and what else is wrong with it', async () => {
    await farm.configure(quota({ queued: 3 }));
    expect(found(batch({ many: { tasks: 4 }, wide: { request: { cpu: 16 } } }))).toEqual([
      'error quota at tenant: Tenant default may have 3 tasks waiting; 0 wait already and this batch has 5. Submit it when less waits, or raise the quota',
      expect.stringContaining('error never-runs at wide main'),
    ]);
  });

  test('a farm without a node', () => {
    farm = new Farm();
    expect(found(batch({ any: {} }))).toEqual([
      'warning no-nodes at : there is no node to run on -> add one: drover nodes add ADDRESS',
    ]);
  });
});

describe('what waits for somebody', () => {
  test('nodes that were set aside, or are away', async () => {
    await farm.command({ kind: 'setAside', by: 'ann', node: 'local', why: 'lunch' });
    expect(found(batch({ any: {} }))).toEqual([
      'warning nodes-away at any main: no node that could do it takes work now; local: MAINTENANCE, set aside by ann: lunch -> let node local take work again',
    ]);
    await farm.nodeUp({ cpu: 8 }, 'other');
    expect(found(batch({ any: {} }))).toEqual([]);
    await farm.nodeDown('other');
    expect(found(batch({ wide: { request: { cpu: 8 } } }))).toEqual([
      'warning nodes-away at wide main: no node that could do it takes work now; other: OFFLINE, gone -> get node other back',
    ]);
  });

  test('a licence that others have, and a quota that is used up', async () => {
    await farm.configure({ shared: { nuke: 1 } });
    await farm.submit(batch({ first: { request: { special: { nuke: 1 } } } }));
    expect(found(batch({ comp: { request: { special: { nuke: 1 } } } }))).toEqual([
      'note licence at comp main resources.uses.nuke: nuke: 1 of 1 in use, 1 more is needed: tasks wait for that',
    ]);
    await farm.configure(quota({ running: 1 }));
    expect(found(batch({ more: { tasks: 3 } }))).toEqual([
      'note quota at more main: quota of tenant default: 1 of 1 tasks at once: tasks wait for that',
    ]);
  });

  test('a name that nobody has given an amount, but not a lock that was asked for', async () => {
    await farm.configure({ shared: { arnold: 4 } });
    expect(found(batch({ comp: { tasks: 2, request: { special: { arnoldd: 1 } } } }))).toEqual([
      expect.stringContaining(
        'note lock at comp main resources.uses.arnoldd: arnoldd is neither a licence of the farm nor something that a node has; known are arnold',
      ),
    ]);
    const lock = dependency(null, 'comp', { type: 'RESOURCE', resource: 'disk', amount: 1 });
    expect(found(batch({ comp: { tasks: 2 } }, { dependencies: [lock] }))).toEqual([]);
  });
});

describe('what takes too long', () => {
  /** As often as this, a task of `Test/render` took an hour. */
  async function renderedBefore(): Promise<void> {
    await farm.submit(batch({ render: { tasks: 4 } }));
    for (let rounds = 0; rounds < 2; rounds++) {
      await farm.pass(hours(1));
      for (const live of farm.engine.state.attempts.values())
        farm.engine.report({ kind: 'attemptEnded', attempt: live.id, end: { kind: 'exited', code: 0 } });
      await farm.settle();
    }
  }

  test('a timeout that earlier tasks did not keep, and a window that is too short for one', async () => {
    await renderedBefore();
    const window = { opens: '12:00', closes: '12:30', timeZone: 'UTC' };
    const night = dependency(null, 'render', { type: 'TEMPORAL', rule: { kind: 'window', window } });
    const spec = batch({ render: { timeoutMs: 1_800_000 } }, { dependencies: [night] });
    expect(found(spec)).toEqual([
      expect.stringMatching(
        /^warning timeout at render main timeout: in earlier runs most of its tasks took longer than its timeout of 30 min: .* -> timeout: 1 h 50 min$/,
      ),
      expect.stringMatching(/^warning window at render window: .* is open for 30 min: what starts in it/),
    ]);
    expect(found(batch({ render: { timeoutMs: hours(2) } }))).toEqual([]);
    expect(found(batch({ other: { timeoutMs: 1000 } }))).toEqual([]);
  });

  test('a deadline that is past, or that the farm could not keep if it did nothing else', async () => {
    expect(found(batch({ render: { deadline: farm.time - 1000 } }))).toEqual([
      expect.stringMatching(/^warning deadline at render deadline: its deadline, 2 Mar 2026, .* is past/),
    ]);
    await renderedBefore();
    const late = batch({
      render: { tasks: 8, deadline: farm.time + hours(3) },
      later: { after: ['render'], deadline: farm.time + hours(3) },
    });
    expect(found(late)).toEqual([
      expect.stringMatching(
        /^warning deadline at render deadline: the deadline of .* cannot be met: it ends at .* even with the farm for itself at no less than 1 h( [0-9]+ min)? a task, by what earlier runs took -> a deadline after/,
      ),
      expect.stringMatching(/^warning deadline at later deadline/),
    ]);
    expect(found(batch({ render: { tasks: 8, deadline: farm.time + hours(5) } }))).toEqual([]);
  });

  test('of what nothing is known, it is no more than a note', () => {
    expect(found(batch({ new: { deadline: farm.time + 1000 } }))).toEqual([
      expect.stringMatching(/^note deadline at new deadline: .* may be missed: .*no more than a guess$/),
    ]);
  });

  test('the forecast also knows what else there is to do', async () => {
    await renderedBefore();
    await farm.submit(batch({ render: { tasks: 8 } }));
    const spec = batch({ render: { tasks: 2, deadline: farm.time + hours(1.5) } });
    expect(found(spec)).toEqual([]);
    const foretold = (of: Batch) =>
      atOnce(foretell(farm.engine.state, { batch: of, by: 'ann', at: farm.time, progress: () => null }));
    const { found: late, end } = foretold(spec);
    expect(late.map(words)).toEqual([
      expect.stringMatching(
        /^warning deadline at render deadline: it is expected to end at .*, nine times in ten by .*, after its deadline of/,
      ),
    ]);
    expect(end).toMatchObject({ isGuess: false });
    expect(end?.p50).toBeGreaterThan(farm.time + hours(1.5));
    expect(foretold(batch({ render: { tasks: 2, deadline: farm.time + hours(9) } })).found).toEqual([]);
    expect(foretold(batch({ new: {} })).end).toMatchObject({ isGuess: true });
  });
});

test('a farm with no node that is known yet', async () => {
  farm = new Farm();
  await farm.nodeDown('new');
  expect(farm.engine.state.nodes.get('new')?.capacity).toEqual(noCapacity);
  expect(found(batch({ any: {} }))).toEqual([]);
});
