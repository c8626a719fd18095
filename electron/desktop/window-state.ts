import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) }).nullable(),
  maximized: z.boolean(),
  /** It has been said that Drover goes on in the tray. */
  toldOfTray: z.boolean(),
});
export type WindowState = z.infer<typeof schema>;

const fresh: WindowState = { bounds: null, maximized: false, toldOfTray: false };

/** What the desktop remembers from one start to the next. */
export class WindowStateFile {
  private state: WindowState;

  constructor(private readonly file: string) {
    this.state = read(file);
  }

  get(): WindowState {
    return this.state;
  }

  set(change: Partial<WindowState>): void {
    this.state = { ...this.state, ...change };
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, JSON.stringify(this.state));
    } catch (error) {
      // Only comfort is lost.
      console.error(`Drover could not remember its window in ${this.file}:`, error);
    }
  }
}

function read(file: string): WindowState {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return fresh;
  }
}
