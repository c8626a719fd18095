import { shellQuote } from '../quote';
import type { Keep, Stretch } from './search';

/** Such a line would be more than one pattern to grep, and no argument can hold a NUL. */
const cannotBeAsked = /[\n\0]/;

/** Runs a script of `sh` on a node; answers what it wrote. */
export type RunScript = (script: string) => Promise<string>;

/**
 * Has grep search a stretch of a file on its node; only the places of the matches come back. Null: its
 * grep cannot tell places (that of busybox), or not of this file (a line larger than it may hold).
 */
export async function findThere(
  run: RunScript,
  file: string,
  text: string,
  stretch: Stretch,
  most: number,
  keep: Keep,
): Promise<readonly number[] | null> {
  if (cannotBeAsked.test(text)) return null;
  const lines = (await run(scriptOf(file, text, stretch, most, keep))).trimEnd().split('\n');
  const places = lines.filter((line) => /^\d{1,16}$/.test(line)).map(Number);
  const isWhole = /^end [01]$/.test(lines.at(-1) ?? '');
  const isCut = keep === 'first' && places.length >= most;
  if (!isWhole && !isCut) return null;
  return places.map((place) => stretch.from + place);
}

/** Bytes are compared, whatever the language there; grep may take half a gibibyte for a line without an end. */
function scriptOf(file: string, text: string, { from, bytes }: Stretch, most: number, keep: Keep): string {
  const kept = keep === 'first' ? `head -n ${most}` : `tail -n ${most + 1}`;
  return `LC_ALL=C; export LC_ALL
[ "$(printf 'aXb\\nx' | grep -aboiF -e x 2>/dev/null)" = "1:X
4:x" ] || { echo unable; exit; }
ulimit -v 524288 2>/dev/null
tail -c +${from + 1} ${shellQuote(file)} 2>/dev/null | head -c ${bytes} |
  { grep -aboiF -e ${shellQuote(text)}; echo "end $?"; } 2>/dev/null | cut -d: -f1 | ${kept}
`;
}
