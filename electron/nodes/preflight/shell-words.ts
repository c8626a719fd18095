/**
 * The plain commands at the beginning of a shell script, as far as they can be told for sure without running
 * it. Reading ends at whatever makes the rest depend on more than the text: a condition, a loop, a function,
 * another folder, another PATH. To read too little only finds less; to read wrongly would be a false alarm.
 */
export interface Word {
  /** Null: only the shell knows it, as for `$scene` and `*.png`. `{{Name}}`s are still in it. */
  readonly text: string | null;
  /** As it stands in the script, and where it begins there. */
  readonly written: string;
  readonly index: number;
}

export interface PlainCommand {
  /** The program first. */
  readonly words: readonly Word[];
  /** Files that it reads by `<`. */
  readonly reads: readonly Word[];
  /** When it fails, so does the script. */
  readonly mustWork: boolean;
}

interface Read {
  readonly words: readonly Word[];
  readonly reads: readonly Word[];
  /** What stands after it; empty: nothing more. */
  readonly sign: string;
}

/** What follows them is no plain command, or one in other surroundings. */
const ends = new Set(
  `if then elif else fi for while until do done case esac select function { } ! [[ coproc
  cd pushd popd . source eval alias unalias module ml conda mamba spack hash command builtin env sudo su`.split(
    /\s+/,
  ),
);
/** They run what stands after them. */
const prefixes = new Set(['exec', 'nohup', 'time']);
const namesOfPlaces = /^(PATH|CDPATH|ENV|BASH_ENV)=/;

export function plainCommands(script: string): readonly PlainCommand[] {
  const all = readAll(script);
  const errexit = all.findIndex(
    ({ words: [first, ...rest] }) => first?.text === 'set' && rest.some(endsAtErrors),
  );
  const found: PlainCommand[] = [];
  let isNeeded = false;
  for (const [index, { words, reads, sign }] of [...all.entries()].toReversed()) {
    const afterErrexit = errexit >= 0 && index > errexit && !/^(&&?|\|)$/.test(sign);
    isNeeded = sign === '' || sign === '||' || afterErrexit || (sign === '&&' && isNeeded);
    found.unshift({ words, reads, mustWork: isNeeded });
  }
  return found;
}

const endsAtErrors = ({ text }: Word): boolean => text !== null && /^(-[a-z]*e[a-z]*|errexit)$/.test(text);

/** What stands further down says little of how it begins. */
const mostRead = 16_384;

function readAll(script: string): readonly Read[] {
  const found: Read[] = [];
  // The sign ends the reading: what is cut off may be anything.
  const reader = new Reader(script.length > mostRead ? `${script.slice(0, mostRead)}(` : script);
  for (;;) {
    const command = reader.command();
    if (command === null) return found;
    if (command.words.length > 0 || command.reads.length > 0) found.push(command);
    if (reader.isOver) return found;
  }
}

class Reader {
  isOver = false;
  private at = 0;

  constructor(private readonly script: string) {}

  /** Null: what stands here is not plain. */
  command(): Read | null {
    const words: Word[] = [];
    const reads: Word[] = [];
    for (;;) {
      this.skipBlanks();
      const rest = this.script.slice(this.at, this.at + 3);
      if (rest === '') return this.end(words, reads);
      const redirection = /^[<>]/.test(rest) || (/^\d[<>]/.test(rest) && this.isAtWord());
      if (redirection) {
        const target = this.redirection();
        if (target === 'none') return null;
        if (target !== null) reads.push(target);
        continue;
      }
      if (/^[\n;&|]/.test(rest)) return this.operator(words, reads);
      if (/^[()`]/.test(rest)) return null;
      const word = this.word();
      if (word === null) return null;
      const { written } = word;
      const isFirst = words.length === 0;
      if (isFirst && ends.has(written)) return null;
      if ((isFirst || words[0]?.text === 'export') && namesOfPlaces.test(written)) return null;
      if (isFirst && (/^[A-Za-z_]\w*\+?=/.test(written) || prefixes.has(written))) continue;
      words.push(word);
    }
  }

  private end(words: readonly Word[], reads: readonly Word[], sign = ''): Read {
    this.isOver = true;
    return { words, reads, sign };
  }

  /** Null: the command before it may fail, so it says nothing. */
  private operator(words: readonly Word[], reads: readonly Word[]): Read | null {
    const [sign = ''] = /^(?:\|\||&&|[\n;&|])/.exec(this.script.slice(this.at, this.at + 2)) ?? [];
    this.at += sign.length;
    // `x || exit 1` says that it must not.
    if (sign === '||')
      return /^\s*(?:exit|return|false)\b/.test(this.script.slice(this.at))
        ? this.end(words, reads, sign)
        : null;
    // What stands alone in its line, be there blank lines after it, is the last.
    const isLast = /^[\n;]$/.test(sign) && /^\s*$/.test(this.script.slice(this.at));
    return { words, reads, sign: isLast ? '' : sign };
  }

  /** What is read; null: it is written, or reads no file. none: it is not plain. */
  private redirection(): Word | null | 'none' {
    const [sign = ''] = /^\d?(?:<<|<&|<>|<|>>|>&|>\||>)/.exec(this.script.slice(this.at, this.at + 3)) ?? [];
    if (sign.endsWith('<<')) return 'none';
    this.at += sign.length;
    this.skipBlanks();
    const target = this.word();
    if (target === null) return 'none';
    return sign.endsWith('<') ? target : null;
  }

  private skipBlanks(): void {
    const [blanks = ''] = /^(?:[ \t]|\\\n)*(?:#[^\n]*)?/.exec(this.script.slice(this.at)) ?? [];
    this.at += blanks.length;
  }

  private isAtWord(): boolean {
    return /^$|[\s;&|]/.test(this.script[this.at - 1] ?? '');
  }

  /** Null: it is not plain. */
  private word(): Word | null {
    const index = this.at;
    let text: string | null = '';
    for (;;) {
      const rest = this.script.slice(this.at);
      const part = partOf(rest);
      if (part === 'none') return null;
      if (part === null)
        return this.at === index ? null : { text, written: this.script.slice(index, this.at), index };
      this.at += part.length;
      text = text === null || part.text === null ? null : text + part.text;
    }
  }
}

interface Part {
  readonly text: string | null;
  readonly length: number;
}

/** The next part of a word; null: it is over. none: what comes is not plain. */
function partOf(rest: string): Part | null | 'none' {
  const [plain = ''] = /^(?:\{\{\s*\w+\s*\}\}|[^\s;&|<>()`'"\\$*?[\]{}~#!])+/.exec(rest) ?? [];
  if (plain !== '') return { text: plain, length: plain.length };
  if (rest === '' || /^[\s;&|<>)]/.test(rest)) return null;
  const [single] = /^'[^']*'/.exec(rest) ?? [];
  if (single !== undefined) return { text: single.slice(1, -1), length: single.length };
  const [double] = /^"(?:[^"\\`]|\\[^])*"/.exec(rest) ?? [];
  if (double !== undefined) {
    if (double.includes('$(')) return 'none';
    const inside = double.slice(1, -1).replaceAll(/\\(["\\$`])/g, '$1');
    return { text: /\$|\\\n/.test(double) ? null : inside, length: double.length };
  }
  const [escaped] = /^\\[^\n]/.exec(rest) ?? [];
  if (escaped !== undefined) return { text: escaped.slice(1), length: escaped.length };
  const [value] = /^\$(?:\w+|\{[\w:%#/.+=?-]+\}|[?#@*$!-])/.exec(rest) ?? [];
  if (value !== undefined) return { text: null, length: value.length };
  // Within a word a # begins no comment; the others stand for what only the shell knows.
  const [sign] = /^[*?[\]{}~#!]/.exec(rest) ?? [];
  return sign === undefined ? 'none' : { text: sign === '#' || sign === '!' ? sign : null, length: 1 };
}
