/** Files that a batch has made, as people think of them: runs of frames, and single files. */
import type { ResultFile } from '../../../../shared/ipc/results';
import { pictureType } from '../../../../shared/ipc/result-address';

export interface Sequence {
  /** Stays the same while frames are added. */
  readonly id: string;
  /** `beauty/film.####.png`, or the path of a single file. */
  readonly name: string;
  readonly isPicture: boolean;
  /** In their order. */
  readonly files: readonly ResultFile[];
  readonly bytes: number;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Those with pictures first. */
export function sequencesOf(files: readonly ResultFile[]): readonly Sequence[] {
  const found = new Map<string, ResultFile[]>();
  for (const file of files) {
    const pattern = patternOf(file.path);
    const others = found.get(pattern);
    if (others === undefined) found.set(pattern, [file]);
    else others.push(file);
  }
  return [...found]
    .map(([pattern, of]): Sequence => {
      const inOrder = of.toSorted((a, b) => byName.compare(a.path, b.path));
      const first = inOrder[0]?.path ?? pattern;
      return {
        id: pattern,
        name: inOrder.length === 1 ? first : first.replace(number, (digits) => '#'.repeat(digits.length)),
        isPicture: pictureType(pattern) !== null,
        files: inOrder,
        bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    })
    .toSorted((a, b) => Number(b.isPicture) - Number(a.isPicture) || byName.compare(a.name, b.name));
}

/** The last number of the name is that of the frame: `film.0012.png` is one of `film.####.png`. */
const number = /\d+(?=[^\d/]*\.[^./]+$)/;

const patternOf = (path: string): string => path.replace(number, '#');

/** The number of a frame as its file has it; the name of a file without one. */
export function frameOf({ path }: ResultFile): string {
  return number.exec(path)?.[0] ?? path.slice(path.lastIndexOf('/') + 1);
}
