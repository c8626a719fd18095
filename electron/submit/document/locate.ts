import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { ParsedNode, Scalar, YAMLMap } from 'yaml';
import { pathInWords } from './document';
import type { Located, LocatedEntry, LocatedScalar, Path } from './document';
import type { Place, Problems } from './problems';
import { didYouMean } from './suggest';
import { quote } from './words';

/** Null when a part of it is of no use; what is wrong with it is among the problems then. */
export function locate(
  contents: ParsedNode,
  length: number,
  placeOf: (offset: number) => Place,
  problems: Problems,
): Located | null {
  const anchors = new Map<string, Located>();
  const open = new Set<string>();
  const add = (code: string, offset: number, path: Path, message: string | (() => string)): null => {
    problems.add({ code, place: placeOf(offset), path: pathInWords(path), message });
    return null;
  };

  const visit = (node: ParsedNode, path: Path): Located | null => {
    if (isAlias(node)) {
      const named = anchors.get(node.source);
      if (named !== undefined) return named;
      return open.has(node.source)
        ? add('bad-alias', node.range[0], path, `*${node.source} stands inside of what it names`)
        : add(
            'bad-alias',
            node.range[0],
            path,
            () =>
              `nothing before this place is named &${node.source}${didYouMean(node.source, anchors.keys())}`,
          );
    }
    if (node.anchor !== undefined) open.add(node.anchor);
    const located = isScalar(node)
      ? scalar(node, path)
      : isMap(node)
        ? map(node, path)
        : isSeq(node)
          ? list(node.items, node.range[0], path)
          : null;
    if (node.anchor !== undefined) {
      open.delete(node.anchor);
      if (located !== null) anchors.set(node.anchor, located);
    }
    return located;
  };

  const scalar = (node: Scalar.Parsed, path: Path): Located | null => {
    const [offset, end] = node.range;
    const { value } = node;
    if (typeof value === 'string') {
      if (!isPassable(value)) return add('bad-character', offset, path, unpassable);
      return { kind: 'scalar', offset, end, value, text: value, size: 1 };
    }
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return { kind: 'scalar', offset, end, value, text: node.source, size: 1 };
    }
    return add(
      'bad-value',
      offset,
      path,
      'found a value that is neither text, number, truth value, list nor map',
    );
  };

  const list = (items: readonly ParsedNode[], offset: number, path: Path): Located | null => {
    const located = items.map((item, index) => visit(item, [...path, index]));
    const whole = located.filter((item) => item !== null);
    if (whole.length < located.length) return null;
    return { kind: 'list', offset, items: whole, size: whole.reduce((sum, item) => sum + item.size, 1) };
  };

  const map = (node: YAMLMap.Parsed, path: Path): Located | null => {
    const entries = new Map<string, LocatedEntry>();
    let whole = true;
    let size = 1;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? nameOf(key) : null;
      if (name === null || !isScalar(key)) {
        const braces = isMap(key) && node.flow === true;
        add(
          'bad-name',
          (key ?? node).range[0],
          path,
          braces
            ? 'found a map where a name should stand; a text that starts with {{ needs quotes around all of it'
            : 'a name should stand here: text or a number before the colon',
        );
        whole = false;
        continue;
      }
      const here = [...path, name];
      if (entries.has(name)) {
        add(
          'duplicate-name',
          key.range[0],
          here,
          `${quote(name)} stands here for the second time; each name is allowed once`,
        );
        whole = false;
        continue;
      }
      if (name === '__proto__' || !isPassable(name)) {
        add('bad-name', key.range[0], path, `${quote(name)} cannot be a name`);
        whole = false;
        continue;
      }
      const nothing = nothingAt(Math.min(key.range[1], length));
      const located = value === null ? nothing : visit(value, here);
      if (located === null) whole = false;
      size += (located?.size ?? 0) + 1;
      // Also without a value it is remembered, so that a second one of the same name is noticed.
      entries.set(name, { keyOffset: key.range[0], value: located ?? nothing });
    }
    return whole ? { kind: 'map', offset: node.range[0], entries, size } : null;
  };

  return visit(contents, []);
}

function nothingAt(offset: number): LocatedScalar {
  return { kind: 'scalar', offset, end: offset, value: null, text: '', size: 1 };
}

function nameOf(key: Scalar.Parsed): string | null {
  if (typeof key.value === 'string') return key.value;
  // `1:` and `true:` are names as well, as they are written.
  return key.value === null ? null : key.source;
}

/** Can be handed to a program: no system call takes NUL, and half a character is not UTF-8. */
export function isPassable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

export const unpassable =
  'holds a NUL character or half of a Unicode character; no program can be given those';
