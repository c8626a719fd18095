/** The block DNA1: which fields the structures have in this very file. So any version of Blender can be read. */
import type { Layout } from './layout';

export interface Field {
  readonly offset: number;
  /** Of one element. */
  readonly size: number;
  /** How many there are, in an array. */
  readonly count: number;
  readonly type: string;
  readonly isPointer: boolean;
}

export interface Dna {
  /** `field('Scene', 'r', 'sfra')`: from the start of a scene. Null: this version has none. */
  field(structure: string, ...path: readonly string[]): Field | null;
}

const mostEntries = 100_000;

/** Null: it is damaged. */
export function readDna(data: Buffer, layout: Layout): Dna | null {
  const cursor = new Cursor(data, layout.isLittle);
  if (!cursor.expect('SDNA') || !cursor.expect('NAME')) return null;
  const names = cursor.texts();
  cursor.align();
  if (names === null || !cursor.expect('TYPE')) return null;
  const types = cursor.texts();
  cursor.align();
  if (types === null || !cursor.expect('TLEN')) return null;
  const sizes = types.map(() => cursor.short());
  cursor.align();
  if (!cursor.expect('STRC')) return null;
  const count = cursor.count();
  const structures = new Map<string, ReadonlyMap<string, Field>>();
  for (let at = 0; at < count; at++) {
    const type = types[cursor.short()];
    const fields = new Map<string, Field>();
    let offset = 0;
    const fieldCount = cursor.short();
    for (let index = 0; index < fieldCount; index++) {
      const typeIndex = cursor.short();
      const name = names[cursor.short()];
      const fieldType = types[typeIndex];
      if (name === undefined || fieldType === undefined) return null;
      const field = fieldOf(name, fieldType, sizes[typeIndex] ?? 0, offset, layout.pointer);
      fields.set(plainName(name), field);
      offset += field.size * field.count;
    }
    if (type === undefined || cursor.isPast) return null;
    structures.set(type, fields);
  }
  return {
    field(structure, ...path) {
      return path.reduce<Field | null>(
        (outer, name) => (outer === null ? null : within(outer, structures.get(outer.type)?.get(name))),
        { offset: 0, size: 0, count: 1, type: structure, isPointer: false },
      );
    },
  };
}

/** As it is from the start of the outer one. */
const within = (outer: Field, inner: Field | undefined): Field | null =>
  outer.isPointer || inner === undefined ? null : { ...inner, offset: outer.offset + inner.offset };

/** `*next`, `(*call)()`, `name[66]`, `*mtex[18]`, `matrix[4][4]` */
function fieldOf(name: string, type: string, size: number, offset: number, pointer: number): Field {
  const isPointer = name.startsWith('*') || name.startsWith('(');
  const count = [...name.matchAll(/\[(\d{1,7})\]/g)].reduce((product, [, many]) => product * Number(many), 1);
  return { offset, size: isPointer ? pointer : size, count, type, isPointer };
}

const plainName = (name: string): string => /\w+/.exec(name)?.[0] ?? name;

class Cursor {
  private place = 0;

  constructor(
    private readonly data: Buffer,
    private readonly isLittle: boolean,
  ) {}

  get isPast(): boolean {
    return this.place > this.data.length;
  }

  expect(word: string): boolean {
    const isThere = this.data.toString('latin1', this.place, this.place + 4) === word;
    this.place += 4;
    return isThere;
  }

  align(): void {
    this.place = Math.ceil(this.place / 4) * 4;
  }

  short(): number {
    const { data, place } = this;
    this.place += 2;
    if (place + 2 > data.length) return -1;
    return this.isLittle ? data.readUInt16LE(place) : data.readUInt16BE(place);
  }

  count(): number {
    const { data, place } = this;
    this.place += 4;
    if (place + 4 > data.length) return 0;
    return Math.min(mostEntries, this.isLittle ? data.readUInt32LE(place) : data.readUInt32BE(place));
  }

  /** So many as stand before them, each ended by a NUL. */
  texts(): readonly string[] | null {
    const texts: string[] = [];
    for (let left = this.count(); left > 0; left--) {
      const end = this.data.indexOf(0, this.place);
      if (end === -1) return null;
      texts.push(this.data.toString('latin1', this.place, end));
      this.place = end + 1;
    }
    return texts;
  }
}
