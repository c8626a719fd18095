import { spawn } from 'node:child_process';

/** What opens a terminal in which a program runs, with its words; no shell is between them. */
type Way = (words: readonly string[]) => readonly [program: string, ...words: string[]];

const linux: readonly Way[] = [
  (words) => ['x-terminal-emulator', '-e', ...words],
  (words) => ['gnome-terminal', '--', ...words],
  (words) => ['konsole', '-e', ...words],
  (words) => ['xfce4-terminal', '-x', ...words],
  (words) => ['kitty', ...words],
  (words) => ['alacritty', '-e', ...words],
  (words) => ['foot', ...words],
  (words) => ['xterm', '-e', ...words],
];
const windows: readonly Way[] = [
  (words) => ['wt.exe', 'new-tab', '--', ...words],
  (words) => ['conhost.exe', ...words],
];

/** A terminal that could not open its window ends at once. In milliseconds. */
const trial = 700;

export interface TerminalWish {
  /** A program and its words. */
  readonly words: readonly string[];
  /** The same, as an address that macOS opens in its terminal: it takes no words. */
  readonly url: string;
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** False: no terminal is there that can be opened. */
export async function openTerminal({ words, url, platform, environment }: TerminalWish): Promise<boolean> {
  const ways: readonly Way[] =
    platform === 'darwin' ? [() => ['open', url]] : platform === 'win32' ? windows : linux;
  for (const way of ways) {
    const [program, ...its] = way(words);
    if (await opens(program, its, environment)) return true;
  }
  return false;
}

function opens(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((done) => {
    const terminal = spawn(program, words, { env, detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => done(true), trial);
    const end = (isOpen: boolean): void => {
      clearTimeout(timer);
      done(isOpen);
    };
    terminal.once('error', () => end(false));
    terminal.once('exit', (status) => end(status === 0));
    terminal.unref();
  });
}
