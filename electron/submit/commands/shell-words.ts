/** A command line as the words that a shell would make of it. Nothing is ever run or looked up. */

export type CommandLine =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      /** What is set before the command: `OMP_NUM_THREADS=4 gmx ...`. */
      readonly variables: Readonly<Record<string, string>>;
    }
  /** Only a shell can tell what it means. */
  | { readonly kind: 'shell'; readonly because: string };

/** `home`: what `~` stands for. */
export function readCommandLine(text: string, home: string): CommandLine {
  const reading = new Reading(withoutPrompt(text), home);
  try {
    reading.readAll();
  } catch (error) {
    if (error instanceof NeedsShell) return { kind: 'shell', because: error.message };
    throw error;
  }
  const { words } = reading;
  const first = words.findIndex(({ text: word, plain }) => !isAssignment(word, plain));
  const set = first < 0 ? words : words.slice(0, first);
  return {
    kind: 'words',
    words: words.slice(set.length).map(({ text: word }) => word),
    variables: Object.fromEntries(set.map(({ text: word }) => splitAt(word, word.indexOf('=')))),
  };
}

/** Copied from a terminal, or from a page that shows one. */
export function withoutPrompt(text: string): string {
  const trimmed = text.trimEnd();
  // A blank that is quoted by \ belongs to the last word.
  const end = trimmed.endsWith('\\') ? trimmed.length + 1 : trimmed.length;
  return text.slice(0, end).replace(/^\s*(?:\$ +)?/, '');
}

const isAssignment = (word: string, plain: number): boolean => {
  const name = /^[A-Za-z_]\w*=/.exec(word)?.[0];
  return name !== undefined && name.length <= plain;
};

const splitAt = (word: string, at: number): [string, string] => [word.slice(0, at), word.slice(at + 1)];

/** As words that a shell reads as exactly these. */
export const shellWords = (words: readonly string[]): string =>
  words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');

class NeedsShell extends Error {}

interface Word {
  readonly text: string;
  /** So many signs at its start stand there without quotes. */
  readonly plain: number;
}

const operators: Readonly<Record<string, string>> = {
  '|': 'it pipes one program into another',
  '&': 'it has & in it',
  ';': 'it is several commands',
  '\n': 'it is several commands',
  '<': 'it reads from a file by <',
  '>': 'it writes into a file by >',
  '(': 'it has parentheses in it',
  ')': 'it has parentheses in it',
};

class Reading {
  readonly words: Word[] = [];
  private at = 0;
  private text = '';
  private isWord = false;
  /** Null: nothing of the word was quoted so far. */
  private plain: number | null = null;

  constructor(
    private readonly source: string,
    private readonly home: string,
  ) {}

  readAll(): void {
    while (this.at < this.source.length) this.readNext();
    this.endWord();
  }

  private readNext(): void {
    const sign = this.take();
    if (sign === ' ' || sign === '\t' || sign === '\r') return this.endWord();
    const operator = operators[sign];
    if (operator !== undefined) throw new NeedsShell(operator);
    if (sign === '#' && !this.isWord) return this.skipComment();
    if (sign === '\\' && this.isLineEnd()) return;
    const isFirst = !this.isWord;
    this.isWord = true;
    switch (sign) {
      case '\\':
        this.quoted();
        if (this.at === this.source.length) throw new NeedsShell('it ends with \\');
        this.text += this.take();
        return;
      case "'":
        this.quoted();
        this.text += this.takeTo("'");
        return;
      case '"':
        this.quoted();
        return this.readDoubleQuoted();
      case '~':
        this.text += isFirst ? this.homeOrTilde() : sign;
        return;
      default:
        this.expectPlain(sign);
        this.text += sign;
    }
  }

  private readDoubleQuoted(): void {
    for (;;) {
      if (this.at === this.source.length) throw new NeedsShell('a quote " is not closed');
      const sign = this.take();
      if (sign === '"') return;
      if (sign === '\\' && this.isLineEnd()) continue;
      if (sign === '\\' && /[$`"\\]/.test(this.source[this.at] ?? '')) this.text += this.take();
      else {
        this.expectNoValue(sign);
        this.text += sign;
      }
    }
  }

  private expectPlain(sign: string): void {
    this.expectNoValue(sign);
    if (sign === '*' || sign === '?' || sign === '[')
      throw new NeedsShell(`it leaves it to the shell which files ${sign} stands for`);
    if (sign === '{' && /^[^\s{}'"]*(?:,|\.\.)[^\s{}'"]*\}/.test(this.source.slice(this.at, this.at + 200)))
      throw new NeedsShell('it leaves it to the shell to write out what { } stands for');
  }

  private expectNoValue(sign: string): void {
    if (sign === '`') throw new NeedsShell('it runs another command by `');
    if (sign === '$' && /[\w({'"@*#?$!-]/.test(this.source[this.at] ?? ''))
      throw new NeedsShell('it uses variables by $');
  }

  /** `~` and `~/...` are known; another person's folder is not. */
  private homeOrTilde(): string {
    if (/^(?:[/\s]|$)/.test(this.source.slice(this.at, this.at + 1))) return this.home;
    throw new NeedsShell('it names the folder of another person by ~');
  }

  private quoted(): void {
    this.plain ??= this.text.length;
  }

  /** After `\`: the line goes on in the next one. */
  private isLineEnd(): boolean {
    const end = /^\r?\n/.exec(this.source.slice(this.at, this.at + 2))?.[0];
    this.at += end?.length ?? 0;
    return end !== undefined;
  }

  private skipComment(): void {
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end;
  }

  private takeTo(end: string): string {
    const to = this.source.indexOf(end, this.at);
    if (to < 0) throw new NeedsShell(`a quote ${end} is not closed`);
    const text = this.source.slice(this.at, to);
    this.at = to + 1;
    return text;
  }

  private take(): string {
    const sign = this.source[this.at] ?? '';
    this.at++;
    return sign;
  }

  private endWord(): void {
    if (this.isWord) this.words.push({ text: this.text, plain: this.plain ?? this.text.length });
    this.text = '';
    this.isWord = false;
    this.plain = null;
  }
}
