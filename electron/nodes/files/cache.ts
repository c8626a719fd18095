import { createReadStream } from 'node:fs';
import type { SshConnection } from '../ssh/connection';
import { bytesInWords } from './amounts';
import { AtOnce, Rounds } from './at-once';
import { rootThere, type FilesThere } from './files-there';
import type { FoundInput } from './inputs';
import type { Persistence } from './persistence';
import { TransferProgress, type Tell } from './transfer-progress';

export interface Input extends FoundInput {
  readonly hash: string;
}

export interface CacheOptions {
  readonly connection: SshConnection;
  readonly there: FilesThere;
  /** Of the node, for people. */
  readonly name: string;
  readonly persistence: Persistence;
}

const mostAtOnce = 6;

/** The files that a node has been sent, by what is in them: each is sent once, whatever it is called. */
export class Cache {
  private readonly arriving = new Map<string, Promise<void>>();
  /** When each was last sent, counted in calls of `fill`. */
  private readonly sentAt = new Map<string, number>();
  private fills = 0;
  private readonly atOnce = new AtOnce(mostAtOnce);
  private readonly checks: Rounds<Input, string>;

  constructor(private readonly options: CacheOptions) {
    this.checks = new Rounds((inputs) => this.sumsOf(inputs, partOf));
  }

  /** Afterwards all of them are there, whole and as they are here. */
  async fill(inputs: readonly Input[], tell: Tell, signal: AbortSignal): Promise<void> {
    const since = ++this.fills;
    const different = [...new Map(inputs.map((input) => [input.hash, input])).values()];
    const sums = await this.sumsOf(different, placeOf);
    const missing = different.filter((input) => sums.get(input) !== input.hash);
    if (missing.length === 0) return;
    const bytes = bytesOf(missing);
    await this.checkRoom(missing);
    const progress = new TransferProgress('sending', { files: missing.length, bytes }, tell);
    await this.atOnce.all(missing, async (input) => {
      signal.throwIfAborted();
      await this.bring(input, since, progress, signal);
      progress.finish();
    });
  }

  private async checkRoom(missing: readonly Input[]): Promise<void> {
    const { connection, name, there, persistence } = this.options;
    const { freeBytes, root } = await persistence.do(() => there.room());
    let bytes = bytesOf(missing);
    if (freeBytes >= bytes) return;
    const files = connection.files();
    for (const input of missing) {
      const begun = await persistence.do(() => files.stat(`${rootThere}/${partOf(input)}`));
      bytes -= Math.min(begun?.bytes ?? 0, input.bytes);
    }
    if (freeBytes < bytes)
      throw new Error(
        `${bytesInWords(bytes)} are to be sent to ${name}, but only ${bytesInWords(freeBytes)} are free on the disk of ${root} there. Make room on it.`,
      );
  }

  /** Also when two steps want it at the same time. */
  private async bring(
    input: Input,
    since: number,
    progress: TransferProgress,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      const other = this.arriving.get(input.hash);
      if (other === undefined) break;
      await other.catch(() => {});
    }
    if ((this.sentAt.get(input.hash) ?? 0) >= since) return progress.add(input.bytes);
    const sending = this.send(input, progress, signal);
    this.arriving.set(input.hash, sending);
    try {
      await sending;
      this.sentAt.set(input.hash, this.fills);
    } finally {
      this.arriving.delete(input.hash);
    }
  }

  private async send(input: Input, progress: TransferProgress, signal: AbortSignal): Promise<void> {
    const { connection, name, persistence } = this.options;
    const files = connection.files();
    const place = `${rootThere}/${placeOf(input)}`;
    const part = `${rootThere}/${partOf(input)}`;
    await persistence.do(() => files.mkdirs(place.slice(0, place.lastIndexOf('/'))));
    for (let again = false; ; again = true) {
      await persistence.do(() => this.sendRest(input, part, progress, signal));
      if ((await this.checks.ask(input)) === input.hash) break;
      await persistence.do(() => files.remove(part));
      if (again)
        throw new Error(
          `${input.path} did not arrive on ${name} as it is here. If it is being written, try again when it is finished; otherwise check the disk of ${name}.`,
        );
    }
    await persistence.do(() => files.rename(part, place));
  }

  /** From where an earlier connection was cut. */
  private async sendRest(
    input: Input,
    part: string,
    progress: TransferProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const files = this.options.connection.files();
    const begun = (await files.stat(part))?.bytes ?? 0;
    if (begun === input.bytes && begun > 0) return;
    const from = begun < input.bytes ? begun : 0;
    progress.add(from);
    const local: { error: unknown } = { error: null };
    try {
      await files.writeOn(part, from, piecesOf(input, from, progress, signal, local), 0o444);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (local.error !== null)
        throw new Error(`${input.path} could not be read: ${messageOf(local.error)}.`, { cause: error });
      throw error;
    }
  }

  private async sumsOf(
    inputs: readonly Input[],
    nameOf: (input: Input) => string,
  ): Promise<Map<Input, string>> {
    const { there, persistence } = this.options;
    const sums = await persistence.do(() => there.sums(inputs.map(nameOf), bytesOf(inputs)));
    return new Map(inputs.map((input) => [input, sums.get(nameOf(input)) ?? '']));
  }
}

async function* piecesOf(
  input: Input,
  from: number,
  progress: TransferProgress,
  signal: AbortSignal,
  local: { error: unknown },
): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Buffer> = createReadStream(input.path, {
    start: from,
    highWaterMark: 512 * 1024,
  });
  try {
    for await (const piece of stream) {
      signal.throwIfAborted();
      yield piece;
      progress.add(piece.length);
    }
  } catch (error) {
    local.error = error;
    throw error;
  }
}

const placeOf = ({ hash }: Input): string => `cache/${hash.slice(0, 2)}/${hash}`;
const partOf = (input: Input): string => `${placeOf(input)}.part`;
const bytesOf = (inputs: readonly Input[]): number => inputs.reduce((sum, { bytes }) => sum + bytes, 0);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
