/** Files with a `Key=Value` on each line. */
import type { Place } from '../document/problems';
import { quote } from '../document/words';
import type { Notes } from './notes';

export interface KeyValue {
  /** As it is written. */
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/** Gives each key once, whatever its case; what nobody has asked for is left. */
export class KeyValues {
  private readonly byKey = new Map<string, KeyValue>();
  private readonly taken = new Set<string>();

  constructor(entries: readonly KeyValue[]) {
    // The last one counts.
    for (const entry of entries) this.byKey.set(entry.key.toLowerCase(), entry);
  }

  has(key: string): boolean {
    return this.byKey.has(key.toLowerCase());
  }

  /** Null where it is not there, or has no value. */
  take(key: string): KeyValue | null {
    this.taken.add(key.toLowerCase());
    const found = this.byKey.get(key.toLowerCase());
    return found === undefined || found.value === '' ? null : found;
  }

  /** `Environment0`, `Environment1` and so on, as long as there is one. */
  takeAll(key: string): readonly KeyValue[] {
    const form = new RegExp(`^${key}\\d{1,4}$`, 'i');
    const found = [...this.byKey.values()].filter((entry) => form.test(entry.key));
    for (const entry of found) this.taken.add(entry.key.toLowerCase());
    return found.filter(({ value }) => value !== '');
  }

  left(): readonly KeyValue[] {
    return [...this.byKey]
      .filter(([key, { value }]) => !this.taken.has(key) && value !== '')
      .map(([, entry]) => entry);
  }
}

/** `file`: where it is another one than the notes are for. */
export function readKeyValues(text: string, notes: Notes, file?: string): KeyValues {
  const entries: KeyValue[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(0, at)).trim();
    const place = { line: index + 1, column: 1, ...(file === undefined ? {} : { file }) };
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    if (key === '') notes.refuse(place, 'bad-syntax', `found ${quote(line)}; a line is Key=Value`);
    else entries.push({ key, value: line.slice(at + 1).trim(), place });
  }
  return new KeyValues(entries);
}
