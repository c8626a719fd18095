/** A data folder, the terminal's commands on it, and Hosts in processes of their own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from 'vitest';

/** The built program. */
export const cli = resolve(import.meta.dirname, '../../out/main/cli.js');

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export class Farm {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-farm-'));
  data = join(this.folder, 'data');
  /** In place of that of the tests. */
  environment: Readonly<Record<string, string>> = {};
  private readonly hosts: ChildProcess[] = [];

  /** The terminal's command. */
  drover(...argv: string[]): Promise<Run> {
    return this.droverWith('', ...argv);
  }

  /** The terminal's command, with something on its stdin. */
  droverWith(input: string, ...argv: string[]): Promise<Run> {
    return new Promise((done) => {
      const command = execFile(
        process.execPath,
        [cli, ...argv, '--data', this.data],
        { timeout: 25_000, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, ...this.environment } },
        (error, out, err) =>
          done({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : null, out, err }),
      );
      // It may end without having read it.
      command.stdin?.once('error', () => {});
      command.stdin?.end(input);
    });
  }

  recipe(text: string): string {
    const file = join(this.folder, 'recipe.yaml');
    writeFileSync(file, text);
    return file;
  }

  /** A Host in a process of its own; resolves when it serves. */
  async serve(...files: string[]): Promise<ChildProcess> {
    const host = spawn(process.execPath, [cli, 'serve', ...files, '--json', '--data', this.data], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.environment },
    });
    this.hosts.push(host);
    await new Promise<void>((serving, failed) => {
      host.stdout?.once('data', () => serving());
      host.once('exit', (status) => failed(new Error(`serve ended with ${status}`)));
    });
    return host;
  }

  async kill(host: ChildProcess): Promise<void> {
    if (host.exitCode !== null || host.signalCode !== null) return;
    const gone = new Promise((done) => host.once('exit', done));
    host.kill('SIGKILL');
    await gone;
  }

  async batch(): Promise<Counted | undefined> {
    return json((await this.drover('list', '--json')).out).batches[0];
  }

  /** Waits until a job is in a state. */
  async reaches(job: string, state: string): Promise<void> {
    for (;;) {
      const { jobs } = json((await this.drover('list', '--json')).out);
      if (jobs.some((one) => one.id === job && one.state === state)) return;
    }
  }

  /** Sets a node aside; before it has told what it has, it cannot be. */
  async aside(node: string, ...words: readonly string[]): Promise<void> {
    while ((await this.drover('aside', node, ...words)).status !== 0);
  }

  async close(): Promise<void> {
    for (const host of this.hosts) await this.kill(host);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export const test = base.extend<{ farm: Farm }>({
  // eslint-disable-next-line no-empty-pattern
  farm: async ({}, use) => {
    const farm = new Farm();
    await use(farm);
    await farm.close();
  },
});

/** The parts that these tests look at of what the commands print with --json. */
export interface Printed {
  readonly trouble: string | null;
  readonly batch: string;
  readonly batches: readonly Counted[];
  readonly jobs: readonly Counted[];
  readonly nodes: readonly { readonly capacity: { readonly cpu: number } }[];
  readonly entries: readonly { readonly by: string | null; readonly what: string }[];
}
export interface Counted {
  readonly id: string;
  readonly state: string;
  readonly tasks: Readonly<Record<string, number>>;
}

/** The last line that was printed. */
export function json(text: string): Printed {
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 20));
}
