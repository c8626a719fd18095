import type { PathMapping } from '../../shared/model/settings';

/**
 * What a path is called on a node, where shared folders have other names. Whole components match,
 * the longest first; a text that is no path of these is left as it is.
 */
export function pathMapper(mappings: readonly PathMapping[]): (path: string) => string {
  const longestFirst = mappings
    .map(({ from, to }) => ({ from: withoutEnd(from), to: withoutEnd(to) }))
    .toSorted((a, b) => b.from.length - a.from.length);
  if (longestFirst.length === 0) return (path) => path;
  return (path) => {
    for (const { from, to } of longestFirst) {
      if (path === from) return to === '' ? '/' : to;
      if (path.startsWith(from) && isSeparator(path[from.length]))
        return to + path.slice(from.length).replaceAll('\\', '/');
    }
    return path;
  };
}

const isSeparator = (character: string | undefined): boolean => character === '/' || character === '\\';
const withoutEnd = (path: string): string => path.replace(/[/\\]+$/, '');
