/** What was typed or pasted on the first page: words to search for, a file, or a command line. */
import type { FormWish } from '../../../shared/ipc/forms';

/** Null: it is searched for. */
export function wishOf(typed: string): FormWish | null {
  const text = typed.trim();
  const path = filePath(text);
  if (path !== null) return { kind: 'file', path };
  return isCommand(text) ? { kind: 'command', text, folder: null } : null;
}

/** A path as it is copied from a file manager or a terminal. */
function filePath(text: string): string | null {
  if (text.includes('\n')) return null;
  const plain = text.replace(/^(['"])(.*)\1$/, '$2');
  if (plain.startsWith('file:///')) return pathOfUrl(plain);
  return (/^\/[^/]/.test(plain) && !/\s-/.test(plain)) || /^[A-Za-z]:[\\/]/.test(plain) ? plain : null;
}

function pathOfUrl(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  } catch {
    return null;
  }
}

/** People search for a word or two; a command has options, paths, assignments or the signs of a shell in it. */
const isCommand = (text: string): boolean => {
  const words = text.split(/\s+/);
  return text.includes('\n') || (words.length > 1 && words.some((word) => /^[-+]\S|[/.=|<>;&$~]/.test(word)));
};

interface Findable {
  readonly title: string;
  readonly description: string;
  readonly files?: readonly string[];
}

/** Those in which each of the words stands somewhere. */
export function search<Item extends Findable>(items: readonly Item[], typed: string): readonly Item[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return items.filter(({ title, description, files = [] }) => {
    const text = [title, description, ...files].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
