/** Questions to the person who sits at the terminal. */
import { refusal } from './outcome';

/** What is typed, key by key. */
export interface Keyboard extends NodeJS.ReadableStream {
  setRawMode(raw: boolean): unknown;
}

/** What keys such as arrows send. */
// eslint-disable-next-line no-control-regex
const escapes = /\x1b(?:\[[\d;]*[ -/]*[@-~]|O.|.)?/g;
const keys = { interrupt: '\x03', end: '\x04', backspace: '\b', erase: '\x7f', eraseLine: '\x15' } as const;

export class Terminal {
  /** Typed before it was asked for. */
  private ahead = '';

  constructor(
    private readonly keyboard: Keyboard,
    private readonly screen: NodeJS.WritableStream,
  ) {
    keyboard.setEncoding('utf8');
  }

  tell(text: string): void {
    this.screen.write(`${text}\n`);
  }

  /** A line; the terminal is as it was afterwards, also when the person interrupts. */
  ask(question: string, { hidden }: { readonly hidden: boolean }): Promise<string> {
    const { keyboard, screen } = this;
    return new Promise((answered, refused) => {
      let line: readonly string[] = [];
      const show = (text: string): void => void (hidden || screen.write(text));
      const end = (): void => {
        keyboard.off('data', take).off('end', giveUp);
        keyboard.setRawMode(false);
        keyboard.pause();
        screen.write('\n');
      };
      const giveUp = (): void => {
        end();
        refused(refusal('Interrupted: nothing was changed.'));
      };
      const take = (text: string | Buffer): void => {
        const typed = Array.from(String(text).replaceAll(escapes, ''));
        for (const [index, key] of typed.entries()) {
          if (key === keys.interrupt || key === keys.end) return giveUp();
          if (key === '\r' || key === '\n') {
            this.ahead = typed.slice(index + 1).join('');
            end();
            return answered(line.join(''));
          }
          if (key === keys.eraseLine || key === keys.erase || key === keys.backspace) {
            const left = key === keys.eraseLine ? 0 : Math.max(0, line.length - 1);
            show('\b \b'.repeat(line.length - left));
            line = line.slice(0, left);
          } else if (key >= ' ') {
            line = [...line, key];
            show(key);
          }
        }
      };
      // Before the question: what is typed at once must not be seen either.
      keyboard.setRawMode(true);
      screen.write(`${question} `);
      keyboard.on('data', take).on('end', giveUp);
      keyboard.resume();
      const { ahead } = this;
      this.ahead = '';
      if (ahead !== '') take(ahead);
    });
  }
}

/** Null: nobody sits there. */
export function terminalOf({ stdin, stderr }: NodeJS.Process): Terminal | null {
  return stdin.isTTY ? new Terminal(stdin, stderr) : null;
}
