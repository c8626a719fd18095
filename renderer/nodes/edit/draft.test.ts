import { assert, constantFrom, double, integer, option, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farmSettings } from '../../../shared/ipc/settings-schema';
import { noCapacity } from '../../../shared/model/amounts';
import { defaultSettings, type NodeSettings } from '../../../shared/model/settings';
import { draftOf, problemsOf, settingsFrom } from './draft';

const capacity = { ...noCapacity, cpu: 8, memoryMiB: 32_768 };
const plain = defaultSettings.otherNodes;
const time = constantFrom('00:00', '07:30', '23:59');

describe('the settings of a node in its dialog', () => {
  it('stay as they are when nothing is changed', () => {
    const settings: NodeSettings = {
      ...plain,
      labels: ['fast-disk'],
      pools: ['night'],
      costPerHour: 2,
      most: { cpu: 3, memoryMiB: 100, gpu: 1 },
      paths: [{ from: '/mnt/a', to: 'Z:\\a' }],
      giveWay: { idleMinutes: 5, mostLoad: 0.25, hours: { from: '22:00', to: '07:00' }, running: 'stop' },
    };
    expect(settingsFrom(draftOf(settings, capacity), settings, capacity)).toEqual(settings);
    expect(settingsFrom(draftOf(plain, capacity), plain, capacity)).toEqual(plain);
  });

  it('leave memory in proportion to the cores, and all of it with all cores', () => {
    const half = settingsFrom({ ...draftOf(plain, capacity), cores: 4 }, plain, capacity);
    expect(half.most).toEqual({ cpu: 4, memoryMiB: 16_384 });
    expect(settingsFrom({ ...draftOf(half, capacity), cores: 8 }, half, capacity).most).toBeNull();
    const withGpu = { ...half, most: { ...half.most, gpu: 1 } };
    expect(settingsFrom({ ...draftOf(withGpu, capacity), cores: 8 }, withGpu, capacity).most).toEqual({
      gpu: 1,
    });
  });

  it('drop empty rows of paths, and complain about half ones', () => {
    const draft = { ...draftOf(plain, capacity), paths: [{ key: 1, from: ' ', to: '' }] };
    expect([problemsOf(draft), settingsFrom(draft, plain, capacity)]).toEqual([{}, plain]);
    expect(problemsOf({ ...draft, paths: [{ key: 1, from: '/mnt', to: '' }] }).paths).toMatch(/needs both/);
  });

  it('complain about half hours, and about giving way to nothing', () => {
    const draft = { ...draftOf(plain, capacity), givesWay: true };
    const { giveWay } = draft;
    expect(problemsOf(draft)).toEqual({});
    expect(problemsOf({ ...draft, giveWay: { ...giveWay, from: '22:00' } }).hours).toMatch(/both/);
    expect(problemsOf({ ...draft, giveWay: { ...giveWay, idleMinutes: null } }).giveWay).toMatch(
      /at least one/,
    );
    expect(problemsOf({ ...draft, givesWay: false, giveWay: { ...giveWay, idleMinutes: null } })).toEqual({});
  });

  it('are what the Host takes', () => {
    const drafts = record({
      idleMinutes: option(integer({ min: 0, max: 1000 })),
      mostLoadPercent: option(integer({ min: 0, max: 100 })),
      from: time,
      to: time,
      running: constantFrom('finish' as const, 'stop' as const),
    });
    assert(
      property(
        drafts,
        double({ min: 0.5, max: 8, noNaN: true }),
        string({ minLength: 1 }),
        (giveWay, cores, path) => {
          const draft = {
            ...draftOf(plain, capacity),
            cores,
            givesWay: true,
            giveWay,
            paths: [{ key: 0, from: path, to: '/mnt' }],
          };
          const nodes = { render1: settingsFrom(draft, plain, capacity) };
          expect(farmSettings.safeParse({ ...defaultSettings, nodes }).success).toBe(true);
        },
      ),
    );
  });
});
