import { createHash } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SshConnection } from '../ssh/connection';
import { codeOf } from '../ssh/failure';
import { bytesInWords } from './amounts';
import { AtOnce, Rounds } from './at-once';
import { rootThere, type FilesThere } from './files-there';
import { hashOf } from './hashes';
import { isInside, partsFolder } from './names';
import { findOutputs, type FoundOutput } from './outputs';
import { Interrupted, type Persistence } from './persistence';
import { TransferProgress, type Tell } from './transfer-progress';

export interface FetchOptions {
  readonly connection: SshConnection;
  readonly there: FilesThere;
  /** Of the node, for people. */
  readonly name: string;
  readonly persistence: Persistence;
}

export interface Fetched {
  /** Within `.drover` there. */
  readonly from: string;
  /** Absolute. */
  readonly to: string;
  readonly patterns: readonly string[];
  /** Names what is half there. */
  readonly attempt: string;
}

const mostAtOnce = 6;

/** Brings what attempts have made here. A file gets its name only when all of it is here, and as it is there. */
export class Fetch {
  private readonly atOnce = new AtOnce(mostAtOnce);
  private readonly checks: Rounds<FoundOutput, string>;

  constructor(private readonly options: FetchOptions) {
    this.checks = new Rounds((outputs) => this.sumsOf(outputs));
  }

  /** Afterwards all of it is here, or it fails with words for a person. */
  async bring({ from, to, patterns, attempt }: Fetched, tell: Tell): Promise<void> {
    const { connection, name, persistence } = this.options;
    const found = await persistence.do(() =>
      findOutputs(connection.files(), `${rootThere}/${from}`, patterns),
    );
    if (found === null) throw new Error(`~/${rootThere}/${from} on ${name} is gone`);
    const { outputs, refused } = found;
    const place = await Place.open(to, attempt);
    try {
      const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
      await place.checkRoom(outputs, name);
      const progress = new TransferProgress('fetching', { files: outputs.length, bytes }, tell);
      await this.atOnce.all(outputs, async (output) => {
        await this.bringOne(output, place, progress);
        progress.finish();
      });
    } catch (error) {
      // The next connection goes on with what is half here.
      if (!(error instanceof Interrupted)) await place.close();
      throw place.explain(error);
    }
    await place.close();
    const [first] = refused;
    if (first !== undefined)
      throw new Error(
        `${first}, on ${name} in ~/${rootThere}/${from}; it was not fetched${refused.length > 1 ? `, nor were ${refused.length - 1} others` : ''}`,
      );
  }

  private async bringOne(output: FoundOutput, place: Place, progress: TransferProgress): Promise<void> {
    const { name, persistence } = this.options;
    const target = await place.targetOf(output.name);
    // While it is on its way, its sum is worked out there.
    const sum = this.checks.ask(output);
    sum.catch(() => {});
    if ((await sizeOf(target)) === output.bytes && (await hashOf(target)) === (await sum))
      return progress.add(output.bytes);
    const part = place.partOf(output.name);
    for (let again = false; ; again = true) {
      const isThere = await persistence.do(() => this.bringRest(output, part, progress));
      const expected = await sum;
      if (!isThere || expected === null)
        throw new Error(`${JSON.stringify(output.name)} is gone from ${name}, from ${output.path} there`);
      if ((await hashOf(part)) === expected) break;
      await rm(part);
      if (again)
        throw new Error(
          `${JSON.stringify(output.name)} did not come as it is on ${name}: something there still writes it, or a disk is broken`,
        );
    }
    await rename(part, target);
  }

  /** From where an earlier connection was cut; false: there is no such file. */
  private async bringRest(output: FoundOutput, part: string, progress: TransferProgress): Promise<boolean> {
    const begun = (await sizeOf(part)) ?? 0;
    const from = begun <= output.bytes ? begun : 0;
    progress.add(from);
    const { name } = this.options;
    const file = await open(part, from > 0 ? 'r+' : 'w', output.executable ? 0o777 : 0o666);
    let local: unknown = null;
    try {
      let at = from;
      const isThere = await this.options.connection.files().readOn(output.path, from, async (piece) => {
        try {
          if (at + piece.length > output.bytes)
            throw new Error(
              `${JSON.stringify(output.name)} still grows: something on ${name} still writes it`,
            );
          await file.write(piece, 0, piece.length, at);
        } catch (error) {
          local = error;
          throw error;
        }
        at += piece.length;
        progress.add(piece.length);
      });
      await file.sync();
      return isThere;
    } catch (error) {
      throw local ?? error;
    } finally {
      await file.close();
    }
  }

  private async sumsOf(outputs: readonly FoundOutput[]): Promise<Map<FoundOutput, string>> {
    const { there, persistence } = this.options;
    const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
    const nameOf = ({ path }: FoundOutput): string => path.slice(rootThere.length + 1);
    const sums = await persistence.do(() => there.sums(outputs.map(nameOf), bytes));
    return new Map(
      outputs.flatMap((output) => {
        const sum = sums.get(nameOf(output));
        return sum === undefined ? [] : [[output, sum]];
      }),
    );
  }
}

/** The output folder of a batch, here. */
class Place {
  private readonly folders = new Map<string, Promise<void>>();

  private constructor(
    private readonly folder: string,
    private readonly real: string,
    private readonly parts: string,
  ) {}

  static async open(folder: string, attempt: string): Promise<Place> {
    const parts = join(folder, partsFolder, attempt);
    try {
      await mkdir(parts, { recursive: true });
      return new Place(folder, await realpath(folder), parts);
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
async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
