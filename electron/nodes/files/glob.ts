/**
 * Names and globs of files, read name by name along a path: `*`, `?`, `[a-z]`, `[!a-z]`, `{png,exr}`, and `**` for
 * any folders. What names a folder means all that is in it; a name that holds such characters also means itself.
 */
export class Glob {
  /** One for each way in which its braces can be read; each a list of names. */
  private readonly ways: readonly (readonly Name[])[];

  constructor(readonly text: string) {
    this.ways = [text, ...waysOf(text)].map((way, index) =>
      way
        .split('/')
        .filter((name) => name !== '' && name !== '.')
        .map((name) => (index > 0 && name === '**' ? 'any' : index === 0 ? exactly(name) : like(name))),
    );
  }

  get start(): Reading {
    return this.ways.flatMap((names, way) => past(names, { way, at: 0 }));
  }

  /** After one more name of the path; empty: nothing from there on can match. */
  next(reading: Reading, name: string): Reading {
    const further = reading.flatMap(({ way, at }): Reading => {
      const names = this.ways[way] ?? [];
      const expected = names[at];
      if (expected === undefined) return [{ way, at }];
      if (expected === 'any') return past(names, { way, at });
      return expected(name) ? past(names, { way, at: at + 1 }) : [];
    });
    return once(further);
  }

  /** Whether the path so far is meant, or lies in a folder that is. */
  isWhole(reading: Reading): boolean {
    return reading.some(({ way, at }) => at === this.ways[way]?.length);
  }

  matches(path: string): boolean {
    return this.isWhole(path.split('/').reduce((reading, name) => this.next(reading, name), this.start));
  }
}

/** How much of each way has been read. */
export type Reading = readonly { readonly way: number; readonly at: number }[];

type Name = 'any' | ((name: string) => boolean);

/** `**` may also stand for no folder at all. */
function past(names: readonly Name[], { way, at }: Reading[number]): Reading {
  const here = { way, at };
  return names[at] === 'any' ? [here, ...past(names, { way, at: at + 1 })] : [here];
}

function once(reading: Reading): Reading {
  return reading.filter(
    ({ way, at }, index) => reading.findIndex((other) => other.way === way && other.at === at) === index,
  );
}

const exactly =
  (expected: string): Name =>
  (name) =>
    name === expected;

const mostWays = 200;

/** `{a,b}` written out; left as they are when that would be too many. */
function waysOf(text: string): readonly string[] {
  let ways: readonly string[] = [text];
  for (;;) {
    const more = ways.flatMap((way) => {
      const [braces, choices = ''] = /\{([^{}]*,[^{}]*)\}/.exec(way) ?? [];
      if (braces === undefined) return [way];
      const at = way.indexOf(braces);
      return choices.split(',').map((choice) => way.slice(0, at) + choice + way.slice(at + braces.length));
    });
    if (more.length > mostWays) return [text];
    if (more.every((way, index) => way === ways[index])) return more;
    ways = more;
  }
}

type Sign = 'star' | ((character: string) => boolean);

function like(pattern: string): Name {
  const signs = [...pattern.matchAll(/\[(!?)(\]?[^\]]+)\]|[^]/gu)].map(([sign, not, set]): Sign => {
    if (set !== undefined) return (character) => isInSet(character, set) === (not === '');
    if (sign === '*') return 'star';
    return sign === '?' ? () => true : (character) => character === sign;
  });
  return (name) => fits(signs, name.match(/[^]/gu) ?? []);
}

function isInSet(character: string, set: string): boolean {
  return [...set.matchAll(/([^])-([^])|([^])/gu)].some(([, from, to, one]) =>
    from !== undefined && to !== undefined ? from <= character && character <= to : one === character,
  );
}

/** Goes back to the last star only: what earlier ones took need never be looked at again. */
function fits(signs: readonly Sign[], characters: readonly string[]): boolean {
  let [at, sign] = [0, 0];
  let back: { at: number; sign: number } | null = null;
  while (at < characters.length) {
    const expected = signs[sign];
    const character = characters[at] ?? '';
    if (expected === 'star') back = { at, sign: ++sign };
    else if (expected?.(character) === true) [at, sign] = [at + 1, sign + 1];
    else if (back === null) return false;
    else [at, sign] = [++back.at, back.sign];
  }
  return signs.slice(sign).every((rest) => rest === 'star');
}
