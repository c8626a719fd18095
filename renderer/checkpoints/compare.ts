/** How two checkpoints differ. */
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf, type CheckpointFile } from '../../shared/model/checkpoint';
import { durationInWords } from '../../shared/model/durations-in-words';
import { countInWords, momentInWords } from '../ui/words';

/** Something that both have, or one of them. */
export interface Compared {
  readonly name: string;
  /** Null: it has nothing of that kind. */
  readonly one: string | null;
  readonly other: string | null;
  /** From the one to the other, where that is a number; null: it is none, or the same. */
  readonly change: string | null;
}

const signed = new Intl.NumberFormat('en', { maximumSignificantDigits: 5, signDisplay: 'exceptZero' });
const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 8 });

export function comparedParts(one: CheckpointRow, other: CheckpointRow, now: number): readonly Compared[] {
  const words = (name: string, of: (row: CheckpointRow) => string | null, change: string | null = null) => ({
    ...{ name, change },
    one: of(one),
    other: of(other),
  });
  const numbers = (name: string, of: (row: CheckpointRow) => number | null): Compared => {
    const [from, to] = [of(one), of(other)];
    const difference = from === null || to === null || from === to ? null : signed.format(to - from);
    const text = (value: number | null): string | null => (value === null ? null : plain.format(value));
    return { name, one: text(from), other: text(to), change: difference };
  };
  const values = new Set([one, other].flatMap((row) => Object.keys(row.values ?? {})));
  const rows = [
    words('Job', ({ jobName, job }) => `${jobName} (${job})`),
    words('Task', ({ label }) => label || null),
    numbers('How far', ({ at }) => at),
    ...[...values].toSorted().map((name) => numbers(name, (row) => row.values?.[name] ?? null)),
    words('Size', (row) => bytesInWords(bytesOf(row)), sizeChange(bytesOf(other) - bytesOf(one))),
    words('Files', ({ files }) => countInWords(files.length, 'file')),
    words('Saved', ({ madeAt }) => momentInWords(madeAt, now), timeChange(other.madeAt - one.madeAt)),
    words('Node', ({ nodeName }) => nodeName),
    words('Attempt', ({ attempt }) => attempt),
    words('Programs', ({ programs = [] }) => programs.join(', ') || null),
    words('Type', ({ type }) => type),
    words('Tag', ({ tag }) => tag),
  ];
  return rows.filter((row) => row.one !== null || row.other !== null);
}

function sizeChange(bytes: number): string | null {
  return bytes === 0 ? null : `${bytes > 0 ? '+' : '−'}${bytesInWords(Math.abs(bytes))}`;
}

function timeChange(ms: number): string | null {
  return ms === 0 ? null : `${durationInWords(Math.abs(ms))} ${ms > 0 ? 'later' : 'earlier'}`;
}

export interface ComparedFile {
  /** Null: it has no such file. */
  readonly one: FileThere | null;
  readonly other: FileThere | null;
  readonly isSame: boolean;
}

interface FileThere extends CheckpointFile {
  /** Among the files of its checkpoint. */
  readonly place: number;
}

/**
 * By their paths, or by what these are without their numbers: these tell how far each was. What differs comes first.
 */
export function comparedFiles(one: CheckpointRow, other: CheckpointRow): readonly ComparedFile[] {
  const there = ({ files }: CheckpointRow): readonly FileThere[] =>
    files.map((file, place) => ({ ...file, place }));
  const its = there(other);
  const byPath = new Map(its.map((file) => [file.path, file]));
  const mine = new Set(one.files.map(({ path }) => path));
  const byKind = new Map<string, FileThere[]>();
  for (const file of its) {
    if (mine.has(file.path)) continue;
    const kind = withoutNumbers(file.path);
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [file]);
    else known.push(file);
  }
  const compared = there(one).map((file): ComparedFile => {
    const found = byPath.get(file.path) ?? byKind.get(withoutNumbers(file.path))?.shift() ?? null;
    return { one: file, other: found, isSame: found?.hash === file.hash };
  });
  const only = [...byKind.values()].flat();
  const all = [...compared, ...only.map((file) => ({ one: null, other: file, isSame: false }))];
  return [...all.filter(({ isSame }) => !isSame), ...all.filter(({ isSame }) => isSame)];
}

const withoutNumbers = (path: string): string => path.replaceAll(/\d+/g, '0');
