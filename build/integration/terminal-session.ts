import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Farm } from './farm';

/** The program that gives a command a terminal, as a person has one. */
export const hasTerminals = process.platform === 'linux' && existsSync('/usr/bin/script');

/** A command at a terminal, and what a person types there. */
export class TerminalSession {
  private shown = '';
  private wake = (): void => {};
  private readonly script;
  readonly ended: Promise<number | null>;

  constructor(farm: Farm, command: string) {
    this.script = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, ...farm.environment },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.script.stdout.on('data', (text: Buffer) => {
      this.shown += String(text);
      this.wake();
    });
    this.ended = new Promise((done) => this.script.once('close', done));
  }

  get text(): string {
    return this.shown;
  }

  async types(keys: string, when: RegExp): Promise<void> {
    while (!when.test(this.shown)) await new Promise<void>((wake) => (this.wake = wake));
    this.script.stdin.write(keys);
  }
}
