import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { Terminal } from './terminal';

class Keyboard extends PassThrough {
  isRaw = false;
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }
}

let keyboard: Keyboard;
let screen: PassThrough;
let terminal: Terminal;
beforeEach(() => {
  keyboard = new Keyboard();
  screen = new PassThrough();
  terminal = new Terminal(keyboard, screen);
});

const seen = (): string => String(screen.read() ?? '');

describe('questions at the terminal', () => {
  test('what is typed is seen, and can be corrected', async () => {
    const answer = terminal.ask('Name?', { hidden: false });
    expect(keyboard.isRaw).toBe(true);
    for (const key of ['n', 'o', '\x7f', '\x7f', '\x7f', 'y', '\x1b[A', 'é', '🧀', '\b', '\r'])
      keyboard.write(key);
    expect(await answer).toBe('yé');
    expect(seen()).toBe('Name? no\b \b\b \byé🧀\b \b\n');
    expect(keyboard.isRaw).toBe(false);
  });

  test('a secret is not seen, nor how long it is', async () => {
    const answer = terminal.ask('Password:', { hidden: true });
    keyboard.write('wrong\x15pä ss\x7f\r');
    expect(await answer).toBe('pä s');
    expect(seen()).toBe('Password: \n');
  });

  test('what was typed ahead answers the next question; bytes of one character may come apart', async () => {
    const first = terminal.ask('One?', { hidden: true });
    const bytes = Buffer.from('a\rß');
    keyboard.write(bytes.subarray(0, 3));
    expect(await first).toBe('a');
    const second = terminal.ask('Two?', { hidden: true });
    keyboard.write(bytes.subarray(3));
    keyboard.write('\n');
    expect(await second).toBe('ß');
  });

  test.each(['\x03', '\x04', 'half a pass\x03'])(
    'who interrupts it leaves the terminal as it was: %j',
    async (typed) => {
      const answer = terminal.ask('Password:', { hidden: true });
      keyboard.write(typed);
      await expect(answer).rejects.toThrow('Interrupted: nothing was changed.');
      expect(keyboard.isRaw).toBe(false);
      expect(seen()).toBe('Password: \n');
    },
  );

  test('a terminal that goes away is an interrupt', async () => {
    const answer = terminal.ask('Password:', { hidden: true });
    keyboard.end();
    await expect(answer).rejects.toThrow('Interrupted');
    expect(keyboard.isRaw).toBe(false);
  });
});
