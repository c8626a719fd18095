/** Names that people can type after `b7.`, made of those of a template, which may be any text. */
import { isName } from '../schema/values';

const longest = 64;

function typed(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
    .slice(0, longest);
  return isName(plain) ? plain : 'job';
}

/** Each different, in the same order. */
export function typedNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = typed(name);
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = `${wanted.slice(0, longest - 6)}-${number}`;
    taken.add(free);
    return free;
  });
}
