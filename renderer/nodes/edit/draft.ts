/** What people set for a node, as the fields of its dialog hold it. */
import type { Capacity } from '../../../shared/model/amounts';
import type { GiveWay, NodeSettings, PathMapping } from '../../../shared/model/settings';

export interface PathRow extends PathMapping {
  /** Tells rows apart while they are typed. */
  readonly key: number;
}

export interface Draft {
  readonly labels: readonly string[];
  readonly pools: readonly string[];
  readonly paths: readonly PathRow[];
  readonly givesWay: boolean;
  readonly giveWay: GiveWayDraft;
  /** Work may use so many of its cores. */
  readonly cores: number;
}

/** Empty fields and null ask for nothing. */
export interface GiveWayDraft {
  readonly idleMinutes: number | null;
  readonly mostLoadPercent: number | null;
  readonly from: string;
  readonly to: string;
  readonly running: GiveWay['running'];
}

const politely: GiveWayDraft = {
  idleMinutes: 10,
  mostLoadPercent: null,
  from: '',
  to: '',
  running: 'finish',
};

export function draftOf(settings: NodeSettings, capacity: Pick<Capacity, 'cpu'>): Draft {
  const { labels, pools, paths = [], giveWay, most } = settings;
  return {
    labels,
    pools,
    paths: paths.map((path, key) => ({ ...path, key })),
    givesWay: giveWay !== undefined,
    giveWay: giveWay === undefined ? politely : giveWayDraft(giveWay),
    cores: coresOf(most, capacity),
  };
}

function giveWayDraft({ idleMinutes, mostLoad, hours, running }: GiveWay): GiveWayDraft {
  const mostLoadPercent = mostLoad === null ? null : Math.round(mostLoad * 100);
  return { idleMinutes, mostLoadPercent, from: hours?.from ?? '', to: hours?.to ?? '', running };
}

/** What is wrong with it, by its place; empty: it can be saved. */
export interface Problems {
  readonly paths?: string;
  readonly giveWay?: string;
  readonly hours?: string;
}

export function problemsOf({ paths, givesWay, giveWay }: Draft): Problems {
  const isHalf = paths.some(({ from, to }) => (from.trim() === '') !== (to.trim() === ''));
  const { idleMinutes, mostLoadPercent, from, to } = giveWay;
  const asksNothing = idleMinutes === null && mostLoadPercent === null && from === '' && to === '';
  return {
    ...(isHalf ? { paths: 'Each row needs both: the folder here, and the same folder there.' } : {}),
    ...(givesWay && asksNothing
      ? { giveWay: 'Fill in at least one of these, or turn it off: as it is, its work would never give way.' }
      : {}),
    ...(givesWay && (from === '') !== (to === '')
      ? { hours: 'Say both when it begins and when it ends, or leave both empty.' }
      : {}),
  };
}

/** The settings with what the draft says; what it has no fields for stays. */
export function settingsFrom(draft: Draft, before: NodeSettings, capacity: Capacity): NodeSettings {
  const { paths: _paths, giveWay: _giveWay, ...rest } = before;
  const paths = draft.paths
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
    .filter(({ from, to }) => from !== '' && to !== '');
  return {
    ...rest,
    labels: draft.labels,
    pools: draft.pools,
    most: mostWith(before.most, draft.cores, capacity),
    ...(paths.length === 0 ? {} : { paths }),
    ...(draft.givesWay ? { giveWay: giveWayFrom(draft.giveWay) } : {}),
  };
}

function giveWayFrom({ idleMinutes, mostLoadPercent, from, to, running }: GiveWayDraft): GiveWay {
  return {
    idleMinutes,
    mostLoad: mostLoadPercent === null ? null : mostLoadPercent / 100,
    hours: from === '' || to === '' ? null : { from, to },
    running,
  };
}

/** Memory goes with the cores: who leaves half of them to other things leaves half of it too. */
function mostWith(before: NodeSettings['most'], cores: number, capacity: Capacity): NodeSettings['most'] {
  if (cores === coresOf(before, capacity)) return before;
  const { cpu: _cpu, memoryMiB: _memoryMiB, ...rest } = before ?? {};
  if (cores >= capacity.cpu) return Object.keys(rest).length === 0 ? null : rest;
  const memoryMiB = Math.floor((capacity.memoryMiB * cores) / capacity.cpu);
  return { ...rest, cpu: cores, memoryMiB };
}

const coresOf = (most: NodeSettings['most'], capacity: Pick<Capacity, 'cpu'>): number =>
  Math.min(most?.cpu ?? capacity.cpu, capacity.cpu);
