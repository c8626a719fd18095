import type { AttemptEnd } from '../../../shared/model/attempt';
import type { AttemptId } from '../../../shared/model/ids';
import type { Order } from '../../engine/effects';
import type { Clock } from '../../engine/ports';
import type { Carrier } from '../reach';
import { savingFor, type AttemptSaving } from '../saving';
import { scriptFor, type NodePlaces, type ScriptFor } from '../script';
import { Following } from './following';
import { Interrupted } from './persistence';

export type TellFiles = (attempt: AttemptId, words: string | null) => void;

/** The attempts at a node whose files are carried there and back. */
export class StagedAttempts {
  private readonly orders = new Map<AttemptId, Order>();
  /** Those that were prepared, as they are there. */
  private readonly there = new Map<AttemptId, { readonly order: Order; readonly node: ScriptFor }>();
  private readonly coming = new Set<AttemptId>();
  private readonly following: Following;

  constructor(
    private readonly carrier: Carrier,
    private readonly places: NodePlaces,
    private readonly node: ScriptFor,
    private readonly tell: TellFiles,
    clock: Clock,
  ) {
    this.following = new Following(carrier, clock);
  }

  /** Its script, as soon as it can start. */
  async prepare(order: Order, signal: AbortSignal): Promise<string> {
    const tell = (words: string | null): void => this.tell(order.attempt, words);
    const { folder, output, pathOn } = await this.carrier.prepare(order, tell, signal);
    const there: Order = { ...order, output, step: { ...order.step, folder } };
    const onNode = (path: string): string => {
      if (path === folder || path === output) return path;
      const within = pathOn(path);
      return within === path ? this.node.pathOn(path) : within;
    };
    const node: ScriptFor = { ...this.node, pathOn: onNode };
    this.there.set(order.attempt, { order: there, node });
    return scriptFor(there, this.places, node);
  }

  /** Null: it cannot be asked, or was begun through another link, which has told it. */
  savingFor({ attempt }: Order): AttemptSaving | null {
    const known = this.there.get(attempt);
    return known === undefined ? null : savingFor(known.order, this.places, known.node);
  }

  note(order: Order): void {
    this.orders.set(order.attempt, order);
    this.following.follow(order);
  }

  has(attempt: AttemptId): boolean {
    return this.orders.has(attempt);
  }

  /** How it has ended, when its results are here. Null: this will be told later. */
  async end(attempt: AttemptId, end: AttemptEnd): Promise<AttemptEnd | null> {
    const order = this.orders.get(attempt);
    if (order === undefined || this.coming.has(attempt)) return null;
    this.coming.add(attempt);
    await this.following.leave(attempt);
    const last = end.kind === 'notStarted' ? end : await this.collect(order, end);
    this.coming.delete(attempt);
    if (last !== null) this.orders.delete(attempt);
    this.there.delete(attempt);
    return last;
  }

  close(): void {
    this.following.close();
  }

  /** To be called only when all that run are known: what they use must not be taken for old. */
  clean(): void {
    void this.carrier.clean([...this.orders.values()]);
  }

  private async collect(order: Order, end: AttemptEnd): Promise<AttemptEnd | null> {
    try {
      await this.carrier.collect(order, (words) => this.tell(order.attempt, words));
      return end;
    } catch (error) {
      if (error instanceof Interrupted) return null;
      const succeeded = end.kind === 'exited' && end.code === 0;
      return succeeded ? { kind: 'notFetched', reason: wordsOf(error) } : end;
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
