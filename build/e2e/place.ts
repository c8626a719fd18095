import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout: what is started, and where results go. */
export const root = resolve(import.meta.dirname, '../..');
export const results = join(root, 'out', 'e2e');

/** A test's own folder: its data folder, its recipes, and the files by which its tasks and it tell each other things. */
export class Place {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Place> {
    const place = new Place(await mkdtemp(join(tmpdir(), 'drover-e2e-')));
    await mkdir(place.work);
    return place;
  }

  /** Drover makes it itself, as at a first start. */
  get data(): string {
    return join(this.folder, 'data');
  }

  /** Where recipes lie and tasks run. */
  get work(): string {
    return join(this.folder, 'work');
  }

  async write(name: string, text: string | Buffer): Promise<string> {
    const path = join(this.work, name);
    await writeFile(path, text);
    return path;
  }

  has(name: string): boolean {
    return existsSync(join(this.work, name));
  }

  /** The lines of a file that tasks append to; none while it is not there. */
  lines(name: string): readonly string[] {
    const path = join(this.work, name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  }

  /** Ends the attempts that a test has left, for they outlive Drover, and removes the folder. */
  async remove(): Promise<void> {
    const runs = join(this.data, 'node', 'run');
    for (const attempt of await readdir(runs).catch(() => [])) {
      if (existsSync(join(runs, attempt, 'exit'))) continue;
      const [pid] = (await readIfThere(join(runs, attempt, 'pid'))).split(' ');
      // The keeper of an attempt leads a process group of its own.
      if (pid !== undefined && pid !== '') end(-Number(pid));
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function readIfThere(path: string): Promise<string> {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A process, or with a minus its group. */
export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Whether a process is there and not merely waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat =
    process.platform === 'linux' && existsSync(`/proc/${pid}/stat`)
      ? readFileSync(`/proc/${pid}/stat`, 'utf8')
      : '';
  return !/\) [ZX] /.test(stat);
}
