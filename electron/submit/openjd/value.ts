/** Values of a template while it is read: each knows its place, and tells what is wrong with it. */
import type { Located, Path, TextDocument } from '../document/document';
import { pathInWords } from '../document/document';
import type { Finding, Place, Problems } from '../document/problems';
import { didYouMean } from '../document/suggest';
import { describe } from '../document/words';
import type { Limits } from './limits';
import type { ExtensionName } from './model';
import type { NumberRule } from './numbers';
import { anInteger, aNumber, numberBy, parseFloat64, parseInteger, ruleInWords } from './numbers';
import type { Float } from './model';

/** One template that is being read. */
export interface Reading {
  readonly document: TextDocument;
  readonly problems: Problems;
  readonly extensions: ReadonlySet<ExtensionName>;
  readonly limits: Limits;
}

type Message = Finding['message'];

/** Extensions of the specification that this library does not know yet are here as well. */
export type Gate = ExtensionName | 'EXPR' | 'WRAP_ACTIONS';

export class Value {
  constructor(
    readonly reading: Reading,
    readonly located: Located,
    readonly path: Path,
  ) {}

  /** Null, so that one can return it for what is of no use. */
  problem(code: string, message: Message, place = this.reading.document.placeOf(this.located.offset)): null {
    return addProblem(this.reading, code, this.path, message, place);
  }

  /** About a piece of a text, which starts at `index` of it. */
  problemIn(code: string, piece: string, index: number, message: Message): null {
    return this.problem(code, message, this.reading.document.placeWithin(this.path, piece, index));
  }

  wrong(allowed: string): null {
    return this.problem('wrong-type', () => `found ${this.found()}; allowed is ${allowed}`);
  }

  found(): string {
    const { located } = this;
    if (located.kind === 'map') return 'a map of names to values';
    if (located.kind === 'list') return 'a list';
    return typeof located.value === 'number' ? `the number ${located.text}` : describe(located.value);
  }

  text(): string | null {
    const { located } = this;
    if (located.kind === 'scalar' && typeof located.value === 'string') return located.value;
    const quotable = located.kind === 'scalar' && located.value !== null;
    return this.wrong(quotable ? 'a text; put it in quotes' : 'a text');
  }

  /** True for texts and false for numbers and the rest. */
  isText(): boolean {
    return this.located.kind === 'scalar' && typeof this.located.value === 'string';
  }

  /** As the number was written. Null: this is none. */
  numberText(): string | null {
    const { located } = this;
    if (located.kind !== 'scalar' || typeof located.value !== 'number') return null;
    // `0x1F` is a number in YAML, and in few other places.
    return /^[+-]?0[xo]/.test(located.text) ? BigInt(located.text).toString() : located.text;
  }

  /** A number, or a text that is one. */
  integer(): bigint | null {
    const text = this.numberText() ?? (this.isText() ? this.text() : null);
    return (text === null ? null : parseInteger(text)) ?? this.wrong(anInteger);
  }

  float(): Float | null {
    const text = this.numberText() ?? (this.isText() ? this.text() : null);
    return (text === null ? null : parseFloat64(text)) ?? this.wrong(aNumber);
  }

  /** A number that is not in quotes. */
  number(rule: NumberRule): number | null {
    const text = this.numberText();
    return (text === null ? null : numberBy(rule, text)) ?? this.wrong(ruleInWords(rule));
  }

  truth(): boolean | null {
    const { located } = this;
    return located.kind === 'scalar' && typeof located.value === 'boolean'
      ? located.value
      : this.wrong('true or false');
  }

  oneOf<Word extends string>(words: readonly Word[]): Word | null {
    if (!this.isText()) return this.wrong(words.join(', '));
    const text = this.text() ?? '';
    return (
      words.find((word) => word === text) ??
      this.problem(
        'unknown-value',
        () => `found ${this.found()}; allowed is ${words.join(', ')}${didYouMean(text, words)}`,
      )
    );
  }

  /** The elements, as many as there may be. Null: it is no list, or has too few. */
  list({ least = 1, most = Infinity, of }: { least?: number; most?: number; of: string }): Value[] | null {
    const { located } = this;
    if (located.kind !== 'list') return this.wrong(`a list of ${of}`);
    if (located.items.length < least)
      return this.problem('too-few', `found an empty list; it needs at least ${least} of its ${of}`);
    if (located.items.length > most)
      this.problem('too-many', `found ${located.items.length} ${of}; at most ${most} are allowed`);
    return located.items
      .slice(0, most)
      .map((item, index) => new Value(this.reading, item, [...this.path, index]));
  }

  /** `gated`: fields that only an extension brings. */
  fields(allowed: readonly string[], gated: Readonly<Record<string, Gate>> = {}): Fields | null {
    const { located, reading } = this;
    if (located.kind !== 'map') return this.wrong('a map of names to values');
    const opened = Object.keys(gated).filter((name) => isDeclared(reading, gated[name]));
    const names = opened.length === 0 ? allowed : [...allowed, ...opened];
    for (const [name] of located.entries) {
      if (names.includes(name)) continue;
      const gate = Object.hasOwn(gated, name) ? gated[name] : undefined;
      const path = [...this.path, name];
      if (gate === undefined)
        addProblem(
          reading,
          'unknown-field',
          path,
          () => `unknown field${didYouMean(name, names)}; allowed here: ${names.join(', ')}`,
        );
      else addProblem(reading, 'needs-extension', path, `${name} ${needsInWords(gate)}`);
    }
    return new Fields(this);
  }

  /** Without a word when it is missing: whoever reads all fields tells that. */
  fieldNamed(name: string): Value | null {
    const entry = this.located.kind === 'map' ? this.located.entries.get(name) : undefined;
    return entry === undefined ? null : new Value(this.reading, entry.value, [...this.path, name]);
  }

  /** Names to values, where the template chooses the names. */
  entries(): readonly { readonly name: string; readonly value: Value; readonly place: Place }[] | null {
    const { located, reading } = this;
    if (located.kind !== 'map') return this.wrong('a map of names to values');
    return [...located.entries].map(([name, entry]) => ({
      name,
      value: new Value(reading, entry.value, [...this.path, name]),
      place: reading.document.placeOf(entry.keyOffset),
    }));
  }

  /** Reports what may be used only with the extension, if that is not declared. */
  needs(gate: Gate, what: string): boolean {
    if (isDeclared(this.reading, gate)) return true;
    this.problem('needs-extension', `${what} ${needsInWords(gate)}`);
    return false;
  }
}

export class Fields {
  constructor(readonly value: Value) {}

  has(name: string): boolean {
    return this.value.fieldNamed(name) !== null;
  }

  optional(name: string): Value | null {
    return this.value.fieldNamed(name);
  }

  required(name: string): Value | null {
    const value = this.optional(name);
    if (value === null) this.value.problem('missing-field', `the field ${name} is missing`);
    return value;
  }
}

export function addProblem(
  { document, problems }: Reading,
  code: string,
  path: Path,
  message: Message,
  place = document.namePlace(path),
): null {
  problems.add({ code, place, path: pathInWords(path), message });
  return null;
}

function isDeclared({ extensions }: Reading, gate: Gate | undefined): boolean {
  return [...extensions].some((extension) => extension === gate);
}

function needsInWords(gate: Gate): string {
  return gate === 'EXPR' || gate === 'WRAP_ACTIONS'
    ? `needs the extension ${gate}, which is not supported yet`
    : `needs the extension ${gate}: add it to the template's extensions`;
}
