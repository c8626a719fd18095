/** What is done with files on the node that they are on. See resources/agent/files.sh. */
import { createHash } from 'node:crypto';
import type { RunResult } from '../ssh/command';
import type { SshConnection } from '../ssh/connection';
import { plain, SshFailure } from '../ssh/failure';
import { escapeForPrintf } from '../quote';

/** In the home folder of the user there. */
export const rootThere = '.drover';

export interface RoomThere {
  readonly freeBytes: number;
  /** Drover's own folder there, absolute. */
  readonly root: string;
}

export interface LaidFile {
  /** Within the folder into which it is laid. */
  readonly name: string;
  readonly hash: string;
  readonly executable: boolean;
  /** A copy of its own, that may be written on. */
  readonly isWritable?: boolean;
}

/** In milliseconds: of each command, for each file, and for each byte that is read there. */
const [usualTime, timeForFile, timeForByte] = [120_000, 100, 1 / 5_000];
const lineBytes = 100;

/** Names are within `.drover`. */
export class FilesThere {
  constructor(
    private readonly connection: SshConnection,
    private readonly name: string,
    /** Where the agent's files are there. */
    private readonly agentFolder: string,
  ) {}

  async room(): Promise<RoomThere> {
    const { stdout, stderr } = await this.run('room', [], 0);
    const [, kibibytes, root] = /^ROOM (\d{1,15}) (\/.*)$/m.exec(stdout) ?? [];
    if (kibibytes === undefined || root === undefined)
      throw new Error(
        `${this.name} does not say how much room is on its disk: ${plain(stderr) || 'it said nothing'}.`,
      );
    return { freeBytes: Number(kibibytes) * 1024, root };
  }

  /** The SHA256 of those that are there. */
  async sums(names: readonly string[], bytes: number): Promise<Map<string, string>> {
    const sums = new Map<string, string>();
    if (names.length === 0) return sums;
    const { stdout } = await this.run('sums', [], bytes, names.map(escapeForPrintf));
    for (const [, index = '', sum = ''] of stdout.matchAll(/^SUM (\d{1,9}) ([0-9a-f]{64}|-)$/gm)) {
      const name = names[Number(index)];
      if (name === undefined) continue;
      // A machine without any of the programs for it: what is there is read back.
      const known = sum === '-' ? await this.readBack(name) : sum;
      if (known !== null) sums.set(name, known);
    }
    return sums;
  }

  /** Into a folder of `work`; what is there already as it should be stays. Tells its absolute name. */
  async lay(place: string, files: readonly LaidFile[], bytes: number): Promise<string> {
    const lines = files.map(
      ({ name, hash, executable, isWritable = false }) =>
        `${hash} ${executable ? 'x' : isWritable ? 'w' : '-'} ${escapeForPrintf(name)}`,
    );
    const { stdout, stderr } = await this.run('lay', [place], bytes, lines);
    const [, folder] = /^LAID (\/.*)$/m.exec(stdout) ?? [];
    if (folder === undefined)
      throw new Error(
        `the files could not be laid into ${rootThere}/work/${place} on ${this.name}: ${plain(stderr) || 'it said nothing'}. Check that its disk is not full.`,
      );
    return folder;
  }

  /** What these attempts have made has been fetched: it is removed there. */
  async release(attempts: readonly { readonly work: string; readonly attempt: string }[]): Promise<void> {
    const lines = attempts.map(({ work, attempt }) => `${work} ${attempt}`);
    await this.run('release', [], 0, lines);
  }

  async clean(days: number, mebibytes: number, inUse: readonly string[]): Promise<void> {
    await this.run('clean', [`${days}`, `${mebibytes}`], 0, inUse);
  }

  /** Words are plain ones: numbers, and names that Drover has made. */
  private async run(
    command: string,
    words: readonly string[],
    bytes: number,
    lines: readonly string[] = [],
  ): Promise<RunResult> {
    const result = await this.connection.run(
      `exec sh ${[`${this.agentFolder}/files.sh`, command, ...words].join(' ')}`,
      {
        input: lines.map((line) => `${line}\n`).join(''),
        mostBytes: 64 * 1024 + lines.length * lineBytes,
        timeoutMs: usualTime + lines.length * timeForFile + bytes * timeForByte,
      },
    );
    if (result.code === null) throw new SshFailure('files', `a command on ${this.name} was broken off`);
    return result;
  }

  private async readBack(name: string): Promise<string | null> {
    const hash = createHash('sha256');
    const files = this.connection.files();
    const isThere = await files.readOn(`${rootThere}/${name}`, 0, async (piece) => void hash.update(piece));
    return isThere ? hash.digest('hex') : null;
  }
}
