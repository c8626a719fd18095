/** Numbers in a text: rows of them, such as the step and the energy that simulations write. */
export interface Series {
  /** What the columns are called, or their numbers. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

const leastRows = 4;
const mostRows = 5000;
const mostColumns = 24;
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

/** Null: there are none that could be drawn. The longest run of rows with as many columns counts. */
export function seriesIn(text: string): Series | null {
  let best: { readonly names: readonly string[]; readonly rows: number[][] } | null = null;
  let run: { readonly names: readonly string[]; readonly rows: number[][] } | null = null;
  let before: readonly string[] = [];
  for (const line of text.split('\n')) {
    const words = wordsIn(line);
    const values = words.length >= 2 && words.length <= mostColumns ? words.map(valueOf) : [];
    const isRow = values.length > 0 && values.every((value) => value !== null);
    if (isRow && run?.rows[0]?.length === values.length) run.rows.push(values);
    else if (isRow) run = { names: namesFor(before, values.length), rows: [values] };
    else run = null;
    if (run !== null && run.rows.length > (best?.rows.length ?? 0)) best = run;
    if (!isRow && words.length > 0) before = words;
    if ((best?.rows.length ?? 0) >= mostRows) break;
  }
  return best === null || best.rows.length < leastRows ? null : best;
}

const wordsIn = (line: string): readonly string[] =>
  line
    .trim()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word !== '#');

/** FORTRAN writes `1.5D+03`. */
function valueOf(word: string): number | null {
  return number.test(word) ? Number(word.replace(/[dD]/, 'e')) : null;
}

function namesFor(words: readonly string[], count: number): readonly string[] {
  if (words.length === count) return words.map((word) => word.replaceAll(/^["#]+|"$/g, ''));
  return Array.from({ length: count }, (_, index) => `column ${index + 1}`);
}

/** In a box of 1 by 1, as the points of a line, with what is at its edges. */
export interface Curve {
  readonly points: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export function curveOf({ rows }: Series, column: number, width: number, height: number): Curve {
  const pairs = rows.map((row) => [row[0] ?? 0, row[column] ?? 0] as const);
  const xs = pairs.map(([x]) => x);
  const ys = pairs.map(([, y]) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const part = (value: number, from: number, to: number): number =>
    to === from ? 0.5 : (value - from) / (to - from);
  const points = pairs
    .map(
      ([x, y]) =>
        `${(part(x, left, right) * width).toFixed(1)},${((1 - part(y, low, high)) * height).toFixed(1)}`,
    )
    .join(' ');
  return { points, from: [left, low], to: [right, high] };
}
