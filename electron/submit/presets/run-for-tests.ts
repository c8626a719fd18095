/** Presets run as templates are, by the built program, on the real programs that they are for. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PresetCheckpoints } from './preset';
import { readPreset } from './read-preset';

const root = resolve(import.meta.dirname, '../../..');
const shipped = join(root, 'resources/presets');
export const sample = (name: string): string => join(root, 'resources/samples', name);
const cli = join(root, 'out/main/cli.js');

export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-preset-'));
  readonly output = join(this.folder, 'output');

  constructor(private readonly preset: string) {}

  /** `stopAt`: the run is interrupted as soon as this is printed, or is so. */
  run(
    parameters: Readonly<Record<string, string | number>>,
    stopAt: RegExp | (() => boolean) = () => false,
  ): Promise<Ran> {
    const words = Object.entries({ OutputDir: this.output, ...parameters }).flatMap(([name, value]) => [
      '-p',
      `${name}=${value}`,
    ]);
    const template = join(shipped, this.preset, 'template.yaml');
    const child = spawn(process.execPath, [cli, 'openjd', 'run', template, ...words], {
      cwd: this.folder,
      env: { ...process.env, TMPDIR: this.folder, DROVER_CORES: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let isStopped = false;
    const look = (): void => {
      if (isStopped || !(typeof stopAt === 'function' ? stopAt() : stopAt.test(printed))) return;
      isStopped = true;
      child.kill('SIGINT');
    };
    const looking = setInterval(look, 20);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        // The time stands before each line.
        printed += bytes.toString().replaceAll(/^\d+:\d\d:\d\d\.\d+\t/gm, '');
        look();
      });
    return new Promise((done) =>
      child.once('close', (status) => {
        clearInterval(looking);
        const [, exit] = /Process exited with code: (\d+)/.exec(printed) ?? [];
        done({ isDone: status === 0, exit: exit === undefined ? null : Number(exit), printed });
      }),
    );
  }

  /** Also those whose names start with a dot. */
  get files(): readonly string[] {
    return existsSync(this.output) ? readdirSync(this.output).toSorted() : [];
  }

  /** In bytes; 0: it is not there. */
  sizeOf(file: string): number {
    return statSync(join(this.output, file), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Prepares what it is run on. */
  sh(script: string): void {
    execFileSync('sh', ['-e', '-c', script], { cwd: this.folder, stdio: 'pipe' });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Ran {
  readonly isDone: boolean;
  /** Null: it was ended by a signal, or never started. */
  readonly exit: number | null;
  readonly printed: string;
}

/** Also says so where it is not, as what is skipped is not proved. */
export function isInstalled(program: string): boolean {
  const isThere = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  if (!isThere) console.warn(`Skipped: ${program} is not installed here, so its preset is not tried.`);
  return isThere;
}

/** Programs take the time that they take. */
export const patience = 180_000;

export async function checkpointsOf(name: string): Promise<PresetCheckpoints> {
  const read = await readPreset(join(shipped, name));
  if (!read.ok || read.preset.checkpoints === null) throw new Error(`${name} has no checkpoints`);
  return read.preset.checkpoints;
}

/** In all that was printed, as it is meant for each line. */
export const inLines = ({ source }: RegExp): RegExp => new RegExp(source, 'm');
