import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farmSettings } from '../../../shared/ipc/settings-schema';
import { noAmounts } from '../../../shared/model/amounts';
import { defaultSettings } from '../../../shared/model/settings';
import type { FarmSettings } from '../../../shared/model/settings';
import { draftOf, isChanged, nextKey, readDraft, rebased } from './draft';
import { readNumber } from './numbers';
import { newTenant } from './tenant-draft';

const studio: FarmSettings = {
  ...defaultSettings,
  tenants: {
    film: {
      weight: 2.5,
      guaranteed: { ...noAmounts, cpu: 16, memoryMiB: 65_536, storageMiB: 7 },
      most: { running: 40, queued: null, amounts: { gpu: 2, storageMiB: 99 }, submissions: 10 },
    },
  },
  perUser: 12,
  shared: { arnold: 4 },
};

describe('the draft of the settings', () => {
  it.each([defaultSettings, studio])('that is not touched gives the settings as they are', (settings) => {
    const { settings: read, mistakes } = readDraft(draftOf(settings), settings);
    expect(read).toEqual(settings);
    expect([...mistakes]).toEqual([]);
  });

  it('says what is wrong at its place', () => {
    const draft = draftOf(studio);
    const [film] = draft.tenants;
    const { mistakes } = readDraft(
      {
        ...draft,
        order: { ...draft.order, ageing: 'much', reserveMinutes: '' },
        rules: { ...draft.rules, losses: '1.5' },
        tenants: [
          ...(film === undefined ? [] : [{ ...film, fields: { ...film.fields, weight: '0' } }]),
          newTenant(7),
        ],
        shared: [...draft.shared, { key: 5, name: ' arnold ', amount: '' }],
      },
      studio,
    );
    expect(Object.fromEntries(mistakes)).toEqual({
      'order.ageing': '“much” is no number.',
      'rules.losses': 'Only whole numbers.',
      'tenants.0.weight': 'At least 0.001.',
      'tenants.7.name': 'It needs a name.',
      'shared.5.name': 'arnold is there already.',
      'shared.5.amount': 'It needs a number.',
    });
  });

  it('keeps what there are no fields for, and takes limits away where a field is empty', () => {
    const draft = draftOf(studio);
    const tenants = draft.tenants.map((one) => ({
      ...one,
      fields: { ...one.fields, gpu: '', running: '', memory: '1,5' },
    }));
    const film = readDraft({ ...draft, tenants }, studio).settings.tenants['film'];
    expect(film?.most).toEqual({
      running: null,
      queued: null,
      amounts: { memoryMiB: 1536, storageMiB: 99 },
      submissions: 10,
    });
    expect(film?.guaranteed.storageMiB).toBe(7);
  });

  it('follows what was changed elsewhere, but for what the person touched', () => {
    const base = draftOf(studio);
    const draft = { ...base, perUser: '3' };
    const next = draftOf({ ...studio, perUser: 99, rules: { ...studio.rules, losses: 9 } });
    const now = rebased(draft, base, next);
    expect([now.perUser, now.rules.losses]).toEqual(['3', '9']);
    expect(isChanged(now, next)).toBe(true);
    expect(isChanged(base, base)).toBe(false);
  });

  it('gives new rows keys of their own', () => {
    expect([nextKey([]), nextKey([{ key: 4 }, { key: 2 }])]).toEqual([0, 5]);
  });

  it('without mistakes is always what the Host accepts', () => {
    const typed = fc.oneof(fc.string(), fc.float({ noNaN: true }).map(String), fc.integer().map(String));
    fc.assert(
      fc.property(typed, typed, typed, typed, (one, two, three, four) => {
        const draft = draftOf(studio);
        const { settings, mistakes } = readDraft(
          {
            ...draft,
            order: { ...draft.order, priority: one, reserveMinutes: two },
            perUser: three,
            others: {
              ...draft.others,
              fields: { ...draft.others.fields, weight: two, submissions: four, memory: one },
            },
            shared: [{ key: 0, name: four, amount: three }],
          },
          studio,
        );
        expect(mistakes.size > 0 || farmSettings.safeParse(settings).success).toBe(true);
      }),
    );
  });
});

describe('a number that is typed', () => {
  const rule = { least: 1, most: 10, isWhole: false, mayBeEmpty: true };
  it.each([
    ['', null],
    [' 2 ', 2],
    ['2,5', 2.5],
    ['.5e', '“.5e” is no number.'],
    ['0', 'At least 1.'],
    ['11', 'At most 10.'],
    ['Infinity', '“Infinity” is no number.'],
    ['0x5', '“0x5” is no number.'],
  ])('%j', (typed, expected) => {
    const read = readNumber(typed, rule);
    expect(read.ok ? read.value : read.mistake).toBe(expected);
  });
});
