/** What really ran: each attempt writes a file of its own on its node, named by its id. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For a recipe: writes down that it has begun and, after what it does, that it has come to its end. */
export const written = (task: string, work: string): string =>
  `book="$HOME/ledger/$DROVER_ATTEMPT"; echo begun ${task} >>"$book"; ${work}; echo completed ${task} >>"$book"`;

export class Ledger {
  private readonly folders: readonly string[];

  /** @param homes of all nodes */
  constructor(homes: readonly string[]) {
    this.folders = homes.map((home) => join(home, 'ledger'));
    for (const folder of this.folders) mkdirSync(folder, { recursive: true });
  }

  /** How many attempts have begun. */
  get begun(): number {
    return this.folders.reduce((sum, folder) => sum + readdirSync(folder).length, 0);
  }

  /** How many did on each node. */
  get shares(): readonly number[] {
    return this.folders.map((folder) => readdirSync(folder).length);
  }

  /** What is wrong with it when tasks `1` to `count` should each have run once: nothing, one hopes. */
  complaints(count: number): readonly string[] {
    const complaints: string[] = [];
    const seen = new Map<string, string>();
    for (const folder of this.folders) {
      for (const attempt of readdirSync(folder)) {
        const lines = readFileSync(join(folder, attempt), 'utf8').trimEnd().split('\n');
        const task = lines[0]?.split(' ')[1] ?? '?';
        if (lines.join() !== `begun ${task},completed ${task}`)
          complaints.push(`attempt ${attempt} at task ${task} wrote: ${lines.join(', ')}`);
        const other = seen.get(task);
        if (other !== undefined) complaints.push(`task ${task} ran twice: as ${other} and as ${attempt}`);
        seen.set(task, attempt);
      }
    }
    for (let task = 1; task <= count; task++)
      if (!seen.has(`${task}`)) complaints.push(`task ${task} never ran`);
    if (seen.size > count) complaints.push(`${seen.size} tasks ran, of ${count}`);
    return complaints;
  }
}
