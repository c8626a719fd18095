/**
 * TOML as far as job files use it: tables, arrays of tables, text, numbers, truth values, lists and inline tables.
 * Dates and dotted keys are refused: nothing that is read here has them.
 */
import { placesIn } from '../document/places';
import type { Place } from '../document/problems';

export type Toml = TomlScalar | TomlList | TomlTable;

export interface TomlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
  /** As it was written, without quotes. */
  readonly text: string;
  readonly place: Place;
}
export interface TomlList {
  readonly kind: 'list';
  readonly items: Toml[];
  readonly place: Place;
}
export interface TomlTable {
  readonly kind: 'table';
  readonly entries: Map<string, Toml>;
  readonly place: Place;
}

export class TomlMistake extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

const deepest = 32;

/** Throws a TomlMistake at the first thing that is none. */
export function parseToml(text: string): TomlTable {
  return new TomlReader(text).document();
}

class TomlReader {
  private at = 0;
  private readonly placeOf: (offset: number) => Place;

  constructor(private readonly text: string) {
    this.placeOf = placesIn(text);
  }

  document(): TomlTable {
    const root: TomlTable = { kind: 'table', entries: new Map(), place: this.place() };
    let table = root;
    for (this.blank(); this.at < this.text.length; this.blank()) {
      if (this.text[this.at] === '[') table = this.header(root);
      else this.entry(table);
      this.lineEnd();
    }
    return root;
  }

  private place(): Place {
    return this.placeOf(this.at);
  }

  private wrong(message: string): never {
    throw new TomlMistake(message, this.place());
  }

  private take(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) this.wrong(`${JSON.stringify(sign)} should stand here`);
  }

  /** What the form matches here; null: it does not. */
  private match(form: RegExp): string | null {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private spaces(): void {
    this.match(/[ \t]*/y);
  }

  /** Empty lines and comments as well. */
  private blank(): void {
    while (this.match(/[ \t\r\n]+|#[^\n]*/y) !== null);
  }

  private lineEnd(): void {
    if (this.match(/[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y) === null) this.wrong('the line should end here');
  }

  private header(root: TomlTable): TomlTable {
    const place = this.place();
    const isList = this.take('[[');
    if (!isList) this.expect('[');
    const names = [this.key()];
    while (this.take('.')) names.push(this.key());
    this.expect(isList ? ']]' : ']');
    let table = root;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const found = table.entries.get(name);
      const made: TomlTable = { kind: 'table', entries: new Map(), place };
      if (isLast && isList) {
        if (found === undefined) table.entries.set(name, { kind: 'list', items: [made], place });
        else if (found.kind === 'list') found.items.push(made);
        else this.wrong(`${name} is no list of tables`);
        table = made;
      } else if (found === undefined) {
        table.entries.set(name, made);
        table = made;
      } else {
        const inner = found.kind === 'list' ? found.items.at(-1) : found;
        if (inner?.kind !== 'table' || (isLast && found.kind === 'list'))
          return this.wrong(`${name} is no table`);
        if (isLast && inner.entries.size > 0) this.wrong(`${name} stands here for the second time`);
        table = inner;
      }
    }
    return table;
  }

  private key(): string {
    this.spaces();
    const sign = this.text[this.at];
    const name = sign === '"' || sign === "'" ? this.string() : this.match(/[A-Za-z0-9_-]+/y);
    if (name === null) return this.wrong('a name should stand here');
    this.spaces();
    return name;
  }

  private entry(table: TomlTable, depth = 0): void {
    const start = this.at;
    const name = this.key();
    if (this.text[this.at] === '.') this.wrong('names with dots are not read; write a table');
    this.expect('=');
    this.spaces();
    const value = this.value(depth);
    if (table.entries.has(name))
      throw new TomlMistake(`${name} stands here for the second time`, this.placeOf(start));
    table.entries.set(name, value);
  }

  private value(depth: number): Toml {
    if (depth > deepest) this.wrong(`values are nested more than ${deepest} deep`);
    const place = this.place();
    const sign = this.text[this.at];
    if (sign === '"' || sign === "'") {
      const text = this.string();
      return { kind: 'scalar', value: text, text, place };
    }
    if (sign === '[') return this.list(place, depth);
    if (sign === '{') return this.inlineTable(place, depth);
    const word = this.match(/[^\s,\]}#=]+/y) ?? '';
    if (word === 'true' || word === 'false')
      return { kind: 'scalar', value: word === 'true', text: word, place };
    if (/^[+-]?\d[\d_]{0,30}(?:\.\d[\d_]{0,30})?(?:[eE][+-]?\d{1,3})?$/.test(word)) {
      const text = word.replaceAll('_', '').replace(/^\+/, '');
      return { kind: 'scalar', value: Number(text), text, place };
    }
    throw new TomlMistake(
      word === ''
        ? 'a value should stand here'
        : `${JSON.stringify(word.slice(0, 40))} is no value; text needs quotes`,
      place,
    );
  }

  private list(place: Place, depth: number): TomlList {
    this.expect('[');
    const items: Toml[] = [];
    for (this.blank(); !this.take(']'); this.blank()) {
      items.push(this.value(depth + 1));
      this.blank();
      if (this.take(',')) continue;
      this.expect(']');
      break;
    }
    return { kind: 'list', items, place };
  }

  private inlineTable(place: Place, depth: number): TomlTable {
    this.expect('{');
    const table: TomlTable = { kind: 'table', entries: new Map(), place };
    this.blank();
    if (this.take('}')) return table;
    for (;;) {
      this.blank();
      this.entry(table, depth + 1);
      this.blank();
      if (this.take('}')) return table;
      this.expect(',');
    }
  }

  private string(): string {
    for (const quotes of ['"""', "'''"]) if (this.take(quotes)) return this.long(quotes);
    const quote = this.text[this.at] ?? '';
    const written = this.match(quote === '"' ? /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"/y : /'[^'\r\n]*'/y);
    if (written === null) return this.wrong('the quotes that open here are not closed');
    const inside = written.slice(1, -1);
    return quote === '"' ? this.unescaped(inside) : inside;
  }

  private long(quotes: string): string {
    const start = this.at;
    const isEscaping = quotes === '"""';
    let end = this.text.indexOf(quotes, start);
    if (isEscaping)
      while (end > 0 && isEscaped(this.text, end, start)) end = this.text.indexOf(quotes, end + 1);
    if (end < 0) return this.wrong('the quotes that open here are not closed');
    this.at = end + 3;
    const inside = this.text.slice(start, end).replace(/^\r?\n/, '');
    return isEscaping ? this.unescaped(inside.replaceAll(/\\[ \t]*\r?\n\s*/g, '')) : inside;
  }

  private unescaped(text: string): string {
    return text.replaceAll(
      /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
      (whole, four?: string, eight?: string, sign?: string) => {
        const code = Number.parseInt(four ?? eight ?? '', 16);
        if (!Number.isNaN(code) && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code > 0)
          return String.fromCodePoint(code);
        const found = sign === undefined ? undefined : escapes[sign];
        return found ?? this.wrong(`${JSON.stringify(whole)} is no sign that can be written so`);
      },
    );
  }
}

const escapes: Readonly<Record<string, string>> = {
  ...{ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b', '"': '"', '\\': '\\' },
};

function isEscaped(text: string, at: number, from: number): boolean {
  let slashes = 0;
  for (let before = at - 1; before >= from && text[before] === '\\'; before--) slashes++;
  return slashes % 2 === 1;
}
