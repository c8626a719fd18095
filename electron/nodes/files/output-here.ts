import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, realpath, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../ssh/failure';
import { bytesInWords } from './amounts';
import { isInside, partsFolder, troubleWithName } from './names';
import type { FoundOutput } from './outputs';

/** Among what is half here. */
const earlyFile = 'early';
const early = z.object({ name: z.string(), size: z.number(), mtimeMs: z.number() });

/** Null: it was cut off, or is nobody's of Drover. */
function readEarly(line: string): z.infer<typeof early> | null {
  try {
    const read = early.parse(JSON.parse(line));
    return read.name.split('/').every((part) => troubleWithName(part) === null) ? read : null;
  } catch {
    return null;
  }
}

/** The output folder of a batch, here. */
export class OutputHere {
  private readonly folders = new Map<string, Promise<void>>();

  private constructor(
    private readonly folder: string,
    private readonly real: string,
    private readonly parts: string,
  ) {}

  static async open(folder: string, attempt: string): Promise<OutputHere> {
    const parts = join(folder, partsFolder, attempt);
    try {
      await mkdir(parts, { recursive: true });
      return new OutputHere(folder, await realpath(folder), parts);
    } catch (error) {
      throw explained(error, folder);
    }
  }

  async checkRoom(outputs: readonly FoundOutput[], node: string): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    const free = bavail * bsize;
    let bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
    if (free >= bytes) return;
    for (const output of outputs) bytes -= await this.begun(output);
    if (free < bytes)
      throw new Error(
        `${bytesInWords(bytes)} are to be fetched from ${node}, but only ${bytesInWords(free)} are free on the disk of ${this.folder} here. Make room on it`,
      );
  }

  partOf(name: string): string {
    return join(this.parts, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.part`);
  }

  async targetOf(name: string): Promise<string> {
    const target = join(this.folder, ...name.split('/'));
    await this.haveFolder(dirname(target));
    return target;
  }

  /** That it is about to get its name before its attempt has ended, and may not be meant to stay. */
  async noteEarly(name: string): Promise<void> {
    const { size, mtimeMs } = await stat(this.partOf(name));
    await appendFile(join(this.parts, earlyFile), `${JSON.stringify({ name, size, mtimeMs })}\n`);
  }

  /** What was brought early and is no result after all goes again, unless it is somebody else's by now. */
  async dropEarly(results: ReadonlySet<string>): Promise<void> {
    const lines = await readFile(join(this.parts, earlyFile), 'utf8').catch(() => '');
    for (const line of lines.split('\n')) {
      const brought = readEarly(line);
      if (brought === null || results.has(brought.name)) continue;
      const target = join(this.folder, brought.name);
      const found = await stat(target).catch(() => null);
      if (found?.size !== brought.size || found.mtimeMs !== brought.mtimeMs) continue;
      if (isInside(this.real, await realpath(dirname(target)))) await rm(target, { force: true });
    }
  }

  /** Nothing that is half here is left. */
  async close(): Promise<void> {
    await rm(this.parts, { recursive: true, force: true });
    // Another attempt may have its own in there.
    await rmdir(dirname(this.parts)).catch(() => {});
  }

  /** So much of it is here already. */
  private async begun({ name, bytes }: FoundOutput): Promise<number> {
    if ((await sizeOf(join(this.folder, name))) === bytes) return bytes;
    return Math.min((await sizeOf(this.partOf(name))) ?? 0, bytes);
  }

  explain(error: unknown): unknown {
    return explained(error, this.folder);
  }

  private haveFolder(folder: string): Promise<void> {
    let made = this.folders.get(folder);
    if (made === undefined) {
      made = this.makeFolder(folder);
      this.folders.set(folder, made);
    }
    return made;
  }

  /** One after the other, so that none is made behind a link that leads out. */
  private async makeFolder(folder: string): Promise<void> {
    if (folder === this.folder) return;
    await this.haveFolder(dirname(folder));
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!isInside(this.real, await realpath(folder)))
      throw new Error(`${folder} is a link that leads out of ${this.folder}; nothing is written there`);
  }
}

/** What the system said, for a person. */
function explained(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Error(`the disk of ${folder} here is full. Make room on it`);
  if (code === null || !(error instanceof Error)) return error;
  return new Error(
    `${error.message} (in ${folder} here). Check that the folder is there and who may write in it`,
  );
}

/** Null: there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
