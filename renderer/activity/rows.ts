/** What happened, as rows: which are shown, with a heading for each day. */
import type { HistoryEntry } from '../../shared/model/history';
import { nodeOfAbout } from '../../shared/model/history';
import { batchEnds } from '../../shared/model/states';
import type { BatchEnd } from '../../shared/model/states';

export const kinds = ['work', 'nodes', 'farm'] as const;
/** work: batches and jobs. farm: settings, schedules and the like. */
export type Kind = (typeof kinds)[number];

export function kindOf({ about }: HistoryEntry): Kind {
  const [first] = about;
  if (first === undefined) return 'farm';
  return nodeOfAbout(first) === null ? 'work' : 'nodes';
}

export interface ActivityFilter {
  /** Words; an entry has all of them somewhere. */
  readonly text: string;
  /** Empty: every kind. */
  readonly kinds: ReadonlySet<Kind>;
  /** Null: whoever it was. */
  readonly by: string | null;
}

export const noFilter: ActivityFilter = { text: '', kinds: new Set(), by: null };

export const isFiltering = ({ text, kinds: chosen, by }: ActivityFilter): boolean =>
  text.trim() !== '' || chosen.size > 0 || by !== null;

/** Who did what came about by itself. */
export const drover = 'Drover';
export const personOf = ({ by }: HistoryEntry): string => by ?? drover;

export type ActivityRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: HistoryEntry };

/** `names`: what batches and jobs are called, for they are looked for by that too. */
export function activityRows(
  entries: readonly HistoryEntry[],
  filter: ActivityFilter,
  names: (id: string) => string | null,
): readonly ActivityRow[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows: ActivityRow[] = [];
  let day: number | null = null;
  for (const entry of entries) {
    if (!fits(entry, filter, words, names)) continue;
    const of = new Date(entry.at).setHours(0, 0, 0, 0);
    if (of !== day) {
      // A clock that was set back may begin a day again.
      rows.push({ kind: 'day', key: `day ${of} ${entry.number}`, at: of });
      day = of;
    }
    rows.push(entryRow(entry));
  }
  return rows;
}

/** Both with the newest first, as one; as far back as the history is known so far, or all of it. */
export function withFailures(
  entries: readonly HistoryEntry[],
  failures: readonly HistoryEntry[],
  isAll: boolean,
): readonly HistoryEntry[] {
  const oldest = entries.at(-1)?.at ?? -Infinity;
  const shown = isAll ? failures : failures.filter(({ at }) => at >= oldest);
  if (shown.length === 0) return entries;
  const merged: HistoryEntry[] = [];
  let next = 0;
  for (const entry of entries) {
    for (let failure = shown[next]; failure !== undefined && failure.at > entry.at; failure = shown[next]) {
      merged.push(failure);
      next++;
    }
    merged.push(entry);
  }
  return [...merged, ...shown.slice(next)];
}

const rowsKnown = new WeakMap<HistoryEntry, ActivityRow>();

/** The same object for the same entry, so that it is not drawn again. */
function entryRow(entry: HistoryEntry): ActivityRow {
  let row = rowsKnown.get(entry);
  if (row === undefined) {
    row = { kind: 'entry', key: String(entry.number), entry };
    rowsKnown.set(entry, row);
  }
  return row;
}

function fits(
  entry: HistoryEntry,
  filter: ActivityFilter,
  words: readonly string[],
  names: (id: string) => string | null,
): boolean {
  if (filter.kinds.size > 0 && !filter.kinds.has(kindOf(entry))) return false;
  if (filter.by !== null && personOf(entry) !== filter.by) return false;
  if (words.length === 0) return true;
  const named = entry.about.map((id) => names(id) ?? '').join(' ');
  const text = `${entry.what} ${wordsOf(entry)} ${entry.why ?? ''} ${personOf(entry)} ${named}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const endWords: Readonly<Record<BatchEnd, string>> = {
  COMPLETED: 'is done',
  FAILED: 'has failed',
  CANCELLED: 'was cancelled',
};

/** How a batch ended; null: the entry is of something else. */
export const endOf = ({ what }: HistoryEntry): BatchEnd | null =>
  batchEnds.find((state) => what.endsWith(` ended: ${state}`)) ?? null;

/** In which state it left what it is about; null: in none that it tells of. Failures alone have no number of the history. */
export const stateAfter = (entry: HistoryEntry): BatchEnd | null =>
  entry.number < 0 ? 'FAILED' : endOf(entry);

/** What happened, as people say it. */
export function wordsOf(entry: HistoryEntry): string {
  const end = endOf(entry);
  return end === null ? entry.what : entry.what.replace(`ended: ${end}`, endWords[end]);
}

/** A piece of what happened; of what is linked, where to. */
export interface Piece {
  readonly text: string;
  readonly about: string | null;
}

/** What happened in pieces: the ids that it is about, and the words between them. */
export function piecesOf(what: string, about: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  // b1.film before b1, which it begins with.
  const ids = about
    .toSorted((a, b) => b.length - a.length)
    .map((id) => ({ id, words: nodeOfAbout(id) ?? id }));
  let plain = '';
  for (let at = 0; at < what.length;) {
    const found = ids.find(
      ({ words }) => words !== '' && what.startsWith(words, at) && standsAlone(what, at, words),
    );
    if (found === undefined) {
      plain += what.charAt(at);
      at++;
      continue;
    }
    if (plain !== '') pieces.push({ text: plain, about: null });
    plain = '';
    pieces.push({ text: found.words, about: found.id });
    at += found.words.length;
  }
  if (plain !== '') pieces.push({ text: plain, about: null });
  return pieces;
}

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}_-]/u.test(character);

function standsAlone(what: string, at: number, words: string): boolean {
  const isBegun = at === 0 || !isWordCharacter(what.charAt(at - 1));
  return isBegun && !isWordCharacter(what.charAt(at + words.length));
}
