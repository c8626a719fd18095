/** Which rows are selected, as with files in a folder. Rows are named by their keys, in their order. */

export interface Held {
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly command: boolean;
}

export interface Marks {
  readonly marked: ReadonlySet<string>;
  /** From where Shift selects. */
  readonly anchor: string | null;
}

export const noMarks: Marks = { marked: new Set(), anchor: null };

/** After a click on a row. */
export function clicked({ marked, anchor }: Marks, keys: readonly string[], key: string, held: Held): Marks {
  if (held.shift) return extended({ marked, anchor }, keys, key, held.command);
  if (!held.command) return { marked: new Set([key]), anchor: key };
  const next = new Set(marked);
  if (!next.delete(key)) next.add(key);
  return { marked: next, anchor: key };
}

/** All from the anchor to the row; with `adds` beside those that are selected. */
export function extended(
  { marked, anchor }: Marks,
  keys: readonly string[],
  key: string,
  adds = false,
): Marks {
  const to = keys.indexOf(key);
  const at = anchor === null ? -1 : keys.indexOf(anchor);
  const from = at < 0 ? to : at;
  const range = keys.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { marked: new Set(adds ? [...marked, ...range] : range), anchor: keys[from] ?? null };
}

/** The keyboard went to a row: with Shift it takes along what lies between, with Ctrl it only goes. */
export function moved(marks: Marks, keys: readonly string[], key: string, held: Held): Marks {
  if (held.shift) return extended(marks, keys, key);
  return held.command ? marks : { marked: new Set([key]), anchor: key };
}
