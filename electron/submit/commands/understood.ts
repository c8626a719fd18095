/** What was made out of a command line. */
import { basename, resolve } from 'node:path';

export interface Understood {
  readonly preset: string;
  /** Absolute: what the preset is filled in from; null: it names none. */
  readonly file: string | null;
  /** By the preset's parameters; `read` is what the file itself says. */
  readonly values: (read: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** What could not be carried over, as it was written and why. */
  readonly lost: readonly string[];
}

/** How the words of one program are understood: those after its name. Null: the preset is not for such a use of it. */
export type Program = (words: readonly string[], around: Around) => Understood | null;

export interface Around {
  /** As it was typed: `/opt/blender/blender`. */
  readonly program: string;
  /** Absolute: where the command was to run. */
  readonly folder: string;
  /** As how many it was to run at once, by mpirun; null: nothing is said. */
  readonly processes: string | null;
}

export const pathFrom = ({ folder }: Pick<Around, 'folder'>, path: string): string => resolve(folder, path);

/** Only where it is another than the one that is found by its name. */
export const programValue = (
  { program, folder }: Around,
  usual: string,
): Readonly<Record<string, string>> => {
  if (program === usual) return {};
  return { Program: program.includes('/') ? resolve(folder, program) : program };
};

/** `/opt/blender-4.2/blender` is blender, and so is `blender.exe`. */
export const programName = (word: string): string =>
  basename(word.replaceAll('\\', '/')).replace(/\.exe$/i, '');

/** Words, taken one after the other. */
export class WordReader {
  private at = 0;
  readonly lost: string[] = [];

  constructor(private readonly words: readonly string[]) {}

  next(): string | null {
    const word = this.words[this.at];
    if (word === undefined) return null;
    this.at++;
    return word;
  }

  /** What belongs to the option before it; empty when the command ends there. */
  value(): string {
    return this.next() ?? '';
  }

  get left(): number {
    return this.words.length - this.at;
  }

  peek(): string | null {
    return this.words[this.at] ?? null;
  }

  rest(): readonly string[] {
    const rest = this.words.slice(this.at);
    this.at = this.words.length;
    return rest;
  }

  lose(...words: readonly string[]): void {
    this.lost.push(words.join(' '));
  }
}

/** Options that a preset hands on as they are, with spaces between them: words that have some in them are lost. */
export function moreOptions(
  field: string,
  words: readonly string[],
  reader: WordReader,
): Readonly<Record<string, string>> {
  const plain = words.filter((word) => /^[^\s'"\\*?[]+$/.test(word));
  for (const word of words) if (!plain.includes(word)) reader.lose(word);
  return plain.length === 0 ? {} : { [field]: plain.join(' ') };
}
