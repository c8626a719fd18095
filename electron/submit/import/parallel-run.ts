/** What is run for each value: the replacement strings of GNU parallel as parameters. */
import type { JobFields } from '../schema/recipe';
import { literalText, plainValue } from './draft';
import type { Notes } from './notes';
import { groupsOf, lengthOf, type Inputs, type InputSource } from './parallel-inputs';
import type { PlacedWord } from './parallel-command';

/** `{}`, `{.}`, `{/}`, `{//}`, `{/.}`, `{2}`, `{2.}`, `{-1}`, `{#}`, `{%}` */
const replacement = /\{(-?\d{1,3})?(\.|\/\/|\/\.|\/)?\}|\{([#%])\}/g;

interface Kind {
  readonly suffix: string;
  readonly of: (value: string) => string;
}

const nameOf = (path: string): string => path.replace(/^.*\//s, '');
const withoutExtension = (path: string): string => path.replace(/(?<=[^/])\.[^./]*$/, '');

const kinds: Readonly<Record<string, Kind>> = {
  '': { suffix: '', of: (value) => value },
  '.': { suffix: 'Stem', of: withoutExtension },
  '/': { suffix: 'Name', of: nameOf },
  '/.': { suffix: 'NameStem', of: (value) => withoutExtension(nameOf(value)) },
  '//': { suffix: 'Folder', of: (value) => /^(.*)\/[^/]*$/s.exec(value)?.[1] ?? '.' },
};

const mostRows = 10_000;

/** A column of values that the command names. */
interface Used {
  readonly name: string;
  readonly source: number;
  readonly kind: Kind;
}

export function runOf({ command, sources }: Inputs, notes: Notes): JobFields | null {
  const used = new Map<string, Used>();
  const base = (source: number): string => (sources.length === 1 ? 'Value' : `Value${source + 1}`);
  const take = (source: number, form: string): string => {
    const kind = kinds[form] ?? kinds[''];
    if (kind === undefined) return '';
    const name = `${base(source)}${kind.suffix}`;
    used.set(name, { name, source, kind });
    return `{{${name}}}`;
  };
  let numbered = false;
  const all = (form: string): string => sources.map((_, source) => take(source, form)).join(' ');
  const texts = command.map(({ text, place }) => {
    let run = '';
    let from = 0;
    for (const match of text.matchAll(replacement)) {
      const [whole, digits, form = '', sign] = match;
      run += literalText(text.slice(from, match.index));
      from = match.index + whole.length;
      if (sign === '#') numbered = true;
      if (sign === '#') run += '{{Number}}';
      else if (sign === '%') {
        run += '1';
        notes.notCarried(place, '{%}', 'tasks have no numbered place here; it is 1');
      } else if (digits === undefined) run += all(form);
      else {
        const source = Number(digits) < 0 ? sources.length + Number(digits) : Number(digits) - 1;
        if (source >= 0 && source < sources.length) run += take(source, form);
        else {
          notes.refuse(
            place,
            'unknown-value',
            `${whole} is not there: there are ${sources.length} sources of values`,
          );
        }
      }
    }
    return run + literalText(text.slice(from));
  });
  const run = texts.join(' ');
  const whole = used.size === 0 && !numbered ? `${run} ${all('')}` : run;
  // Of a source that is not named, each value still makes a task.
  for (const source of sources.keys())
    if (![...used.values()].some((one) => one.source === source)) take(source, '');
  if (!notes.problems.none) return null;
  const columns = [...used.values()].toSorted((a, b) => a.source - b.source);
  const space = spaceOf(sources, columns, numbered, notes, command[0]);
  return space === null ? null : { ...space, run: `${whole}\n` };
}

type Row = Readonly<Record<string, string | number>>;

/** Lists side by side and their products; rows where tasks are numbered or a list has a value twice. */
function spaceOf(
  sources: readonly InputSource[],
  columns: readonly Used[],
  numbered: boolean,
  notes: Notes,
  first: PlacedWord | undefined,
): JobFields | null {
  const groups = groupsOf(sources);
  const total = groups.reduce((product, group) => product * lengthOf(group), 1);
  const isDistinct = sources.every(({ values }) => new Set(values).size === values.length);
  if (numbered || !isDistinct) {
    if (total <= mostRows) return { rows: rowsOf(groups, sources, columns, numbered, total) };
    return notes.refuse(
      first?.place ?? { line: 1, column: 1 },
      'too-many-tasks',
      `tasks that are numbered, or of which some are the same, are written out, and these are ${total}; up to ${mostRows} can be`,
    );
  }
  const columnsOf = (group: readonly InputSource[]): Record<string, Values> =>
    Object.fromEntries(
      columns
        .filter(({ source }) => group.includes(sources[source] ?? noSource))
        .map(({ name, source, kind }) => [name, shortened(valuesIn(sources[source], kind, lengthOf(group)))]),
    );
  const made = groups.map(columnsOf);
  const alone = made.filter((group) => Object.keys(group).length === 1);
  if (alone.length === made.length) return { sweep: Object.assign({}, ...made) };
  const [only] = made;
  return { zip: made.length === 1 && only !== undefined ? only : made };
}

const noSource: InputSource = { values: [], linked: false };

type Values = (string | number)[] | string;

/** Long rows of numbers are ranges. */
function shortened(values: (string | number)[]): Values {
  const [first, second] = values;
  if (values.length < 4 || typeof first !== 'number' || typeof second !== 'number') return values;
  const step = second - first;
  const isEven = values.every((value, index) => value === first + step * index);
  if (!isEven || step === 0) return values;
  return `${first}-${first + step * (values.length - 1)}${step === 1 ? '' : `x${step}`}`;
}

/** Values that go side by side begin anew where there are fewer of them. */
const valuesIn = (source: InputSource | undefined, kind: Kind, length: number): (string | number)[] =>
  Array.from({ length }, (_, index) => {
    const values = source?.values ?? [];
    return plainValue(kind.of(values[index % Math.max(1, values.length)] ?? ''));
  });

/** The last source changes first. */
function rowsOf(
  groups: readonly (readonly InputSource[])[],
  sources: readonly InputSource[],
  columns: readonly Used[],
  numbered: boolean,
  total: number,
): Row[] {
  const lengths = groups.map(lengthOf);
  return Array.from({ length: total }, (_, row) => {
    let rest = row;
    const at = new Map<InputSource, number>();
    for (const [index, group] of [...groups.entries()].toReversed()) {
      const length = lengths[index] ?? 1;
      for (const source of group) at.set(source, rest % length);
      rest = Math.floor(rest / length);
    }
    const values = columns.map(({ name, source, kind }) => {
      const of = sources[source] ?? noSource;
      const value = of.values[(at.get(of) ?? 0) % Math.max(1, of.values.length)] ?? '';
      return [name, plainValue(kind.of(value))] as const;
    });
    return { ...(numbered ? { Number: row + 1 } : {}), ...Object.fromEntries(values) };
  });
}
