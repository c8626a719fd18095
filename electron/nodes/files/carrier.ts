import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { posix, relative, sep } from 'node:path';
import { isWithin, type FileRule } from '../../../shared/model/files';
import type { AttemptId } from '../../../shared/model/ids';
import type { Order } from '../../engine/effects';
import { pathMapper } from '../path-mapping';
import type { Carrier, StagedPlaces } from '../reach';
import type { SshConnection } from '../ssh/connection';
import { Rounds } from './at-once';
import { Cache, type Input } from './cache';
import { Fetch, type Fetched } from './fetch';
import { FilesThere, rootThere } from './files-there';
import type { Hashes } from './hashes';
import { findInputs } from './inputs';
import { Persistence } from './persistence';
import type { Settled } from './settled';
import { Shared } from './shared';
import type { Tell } from './transfer-progress';

export interface CarrierOptions {
  readonly connection: SshConnection;
  /** Of the node, for people. */
  readonly name: string;
  /** Where the agent's files are there. */
  readonly agentFolder: string;
  /** Two Hosts number their batches alike. */
  readonly host: string;
  readonly hashes: Hashes;
}

/** What nobody has used for so long is removed there, and sooner when there is more than so much. */
const mostDays = 14;
const mostMebibytes = 200 * 1024;

/** Carries the files of staged steps over one connection. See shared/model/files.ts and resources/agent/files.sh. */
export class FileCarrier implements Carrier {
  private readonly there: FilesThere;
  private readonly persistence: Persistence;
  private readonly cache: Cache;
  private readonly fetch: Fetch;
  private readonly preparing = new Shared<string>();
  /** The folders there with what steps need, absolute. */
  private readonly laid = new Map<string, string>();
  private readonly releases = new Rounds<{ work: string; attempt: AttemptId }, true>(async (attempts) => {
    await this.persistence.do(() => this.there.release(attempts));
    return new Map();
  });
  private cleaning: Promise<void> = Promise.resolve();

  constructor(private readonly options: CarrierOptions) {
    const { connection, name, agentFolder } = options;
    this.there = new FilesThere(connection, name, agentFolder);
    this.persistence = new Persistence(connection.closed);
    const parts = { connection, name, there: this.there, persistence: this.persistence };
    this.cache = new Cache(parts);
    this.fetch = new Fetch(parts);
  }

  async prepare(order: Order, tell: Tell, signal: AbortSignal): Promise<StagedPlaces> {
    const work = this.workOf(order);
    await this.cleaning;
    const folder = await this.preparing.join(work, tell, signal, (tellAll, given) =>
      this.lay(order, work, tellAll, given),
    );
    const output = posix.join(posix.dirname(folder), `out-${order.attempt}`);
    await this.laySaved(order, work, tell, signal);
    const pathOn = pathMapper([
      { from: order.output, to: output },
      { from: order.step.folder, to: folder },
    ]);
    return { folder, output, pathOn };
  }

  async collect(order: Order, tell: Tell): Promise<void> {
    const { files } = order.step;
    if (files.kind !== 'staged') return;
    const { connection } = this.options;
    const work = this.workOf(order);
    const fetched = `${rootThere}/work/${work}/fetched-${order.attempt}`;
    if ((await this.persistence.do(() => connection.files().stat(fetched))) !== null) return;
    try {
      await this.fetch.bring(this.fetched(order, files), tell);
    } finally {
      tell(null);
    }
    await this.releases.ask({ work, attempt: order.attempt });
  }

  async bringSettled(order: Order, settled: Settled, now: number): Promise<void> {
    const { files } = order.step;
    if (files.kind === 'staged') await this.fetch.bringSettled(this.fetched(order, files), settled, now);
  }

  /** Not while something is being laid: it might take for old what is about to be used. */
  async clean(inUse: readonly Order[]): Promise<void> {
    if (this.preparing.isBusy) return;
    this.laid.clear();
    const works = [...new Set(inUse.map((order) => this.workOf(order)))];
    this.cleaning = this.there.clean(mostDays, mostMebibytes, works).catch(() => {});
    await this.cleaning;
  }

  /** The folder in there with what the step needs. Other inputs get another one: what runs keeps its own. */
  private async lay(order: Order, work: string, tell: Tell, signal: AbortSignal): Promise<string> {
    const { step, output } = order;
    if (step.files.kind !== 'staged') throw new Error('the files of this step are shared');
    tell('checking what is to be sent');
    const found = await findInputs(step.folder, step.files.send, output);
    const inputs = await Promise.all(
      found.map(async (input): Promise<Input> => ({
        ...input,
        hash: await this.options.hashes.of(input.path),
      })),
    );
    const listed = inputs.map(({ name, hash, executable }) => `${hash} ${executable} ${name}\0`).join('');
    const place = `in-${shortHash(listed)}`;
    const key = `${work}/${place}`;
    const known = this.laid.get(key);
    if (known !== undefined) return known;
    await this.cache.fill(inputs, tell, signal);
    signal.throwIfAborted();
    const bytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
    const folder = await this.persistence.do(() => this.there.lay(key, inputs, bytes));
    this.laid.set(key, folder);
    return folder;
  }

  /** What it goes on from is in its output there, byte for byte, before it starts. The rest of the output is not. */
  private async laySaved(order: Order, work: string, tell: Tell, signal: AbortSignal): Promise<void> {
    const { attempt, output, saved = [] } = order;
    const named = saved.map((path) => ({ path, name: relative(output, path).replaceAll(sep, '/') }));
    const inputs = await Promise.all(
      named
        .filter(({ name }) => isWithin(name))
        .map(async ({ path, name }): Promise<Input> => ({
          ...{ name, path, executable: false },
          hash: await this.options.hashes.of(path),
          bytes: (await stat(path)).size,
        })),
    );
    if (inputs.length === 0) return;
    try {
      tell('bringing what it goes on from');
      await this.cache.fill(inputs, tell, signal);
      signal.throwIfAborted();
      const bytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
      const files = inputs.map((input) => ({ ...input, isWritable: true }));
      await this.persistence.do(() => this.there.lay(`${work}/out-${attempt}`, files, 2 * bytes));
    } finally {
      tell(null);
    }
  }

  private fetched(order: Order, { fetch }: Extract<FileRule, { kind: 'staged' }>): Fetched {
    const { attempt, output } = order;
    return { from: `work/${this.workOf(order)}/out-${attempt}`, to: output, patterns: fetch, attempt };
  }

  /** A name of letters, digits and `-`. */
  private workOf({ batch, job, step }: Order): string {
    return `${batch}-${shortHash([this.options.host, batch, job, step.name].join('\0'))}`;
  }
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
