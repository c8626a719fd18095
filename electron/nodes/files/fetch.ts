import { open, rename, rm } from 'node:fs/promises';
import type { SshConnection } from '../ssh/connection';
import { AtOnce, Rounds } from './at-once';
import { rootThere, type FilesThere } from './files-there';
import { hashOf } from '../../file-hash';
import { OutputHere, sizeOf } from './output-here';
import { findOutputs, type FoundOutput } from './outputs';
import { Interrupted, type Persistence } from './persistence';
import type { Settled } from './settled';
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
    const place = await OutputHere.open(to, attempt);
    try {
      const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
      await place.checkRoom(outputs, name);
      const progress = new TransferProgress('fetching', { files: outputs.length, bytes }, tell);
      await this.atOnce.all(outputs, async (output) => {
        await this.bringOne(output, place, progress);
        progress.finish();
      });
      await place.dropEarly(new Set(outputs.map((output) => output.name)));
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

  /** Of an attempt that goes on: what it seems to have finished. What cannot be brought now waits for the end. */
  async bringSettled({ from, to, patterns, attempt }: Fetched, settled: Settled, now: number): Promise<void> {
    const found = await findOutputs(this.options.connection.files(), `${rootThere}/${from}`, patterns);
    const outputs = settled.take(found?.outputs ?? [], now);
    if (outputs.length === 0) return;
    const place = await OutputHere.open(to, attempt);
    for (const output of outputs) {
      try {
        await place.checkRoom([output], this.options.name);
        const bytes = { files: 1, bytes: output.bytes };
        await this.bringOne(output, place, new TransferProgress('fetching', bytes, () => {}), 'early');
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        await rm(place.partOf(output.name), { force: true });
      }
    }
  }

  private async bringOne(
    output: FoundOutput,
    place: OutputHere,
    progress: TransferProgress,
    when: 'early' | 'atEnd' = 'atEnd',
  ): Promise<void> {
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
    if (when === 'early') await place.noteEarly(output.name);
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
