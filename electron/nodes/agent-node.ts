import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { AttemptId, NodeId } from '../../shared/model/ids';
import { endingGrace } from '../../shared/model/making';
import type { PathMapping } from '../../shared/model/settings';
import type { NodeKind } from '../../shared/model/states';
import type { Order } from '../engine/effects';
import type { Clock } from '../engine/ports';
import type { Report } from '../engine/reports';
import { AgentLink, type AttemptWork } from './agent-link';
import { agentVersion } from './agent-protocol';
import { Backoff } from './health/backoff';
import { StagedAttempts, type TellFiles } from './files/staged-attempts';
import { Feeling } from './health/feeling';
import { Suspicion } from './health/suspicion';
import { searchLog, type LogFound, type LogQuery } from './logs/search';
import type { LogBytes } from './readings';
import { Places } from './places';
import { linesOf, readAnswers, type Answer, type Question } from './preflight/question';
import { Unreachable, type AgentFiles, type AgentOwner, type Reach, type Reached } from './reach';
import { isForAnyShell, scriptFor } from './script';
import { savingFor } from './saving';

export interface AgentNodeOptions {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: NodeKind;
  readonly reach: Reach;
  readonly owner: Pick<AgentOwner, 'host' | 'name'>;
  /** As it is set for the node now. */
  readonly manners: () => { readonly nice: number; readonly umask: string | null };
  readonly clock: Clock;
  /** Of time during which this machine was awake. */
  readonly awake: Pick<Clock, 'now'>;
  readonly random: () => number;
  readonly report: (report: Report) => void;
  /** Told when what is known of how it feels has changed. */
  readonly onFeeling: () => void;
  /** Whether its work gives way to the person who sits there. */
  readonly watchesPerson: () => boolean;
  /** Told of each session that is there when it is connected. */
  readonly onSession: (session: string) => void;
  /** Paths as they are there. */
  readonly pathOn: (path: string) => string;
  readonly mappings: () => readonly PathMapping[];
  /** Sees to it that what an order goes on from is there; null: it begins anew, and nothing has to be done. */
  readonly goOn: (order: Order) => (() => Promise<Order>) | null;
  /** How far it is with bringing an attempt's files there or back; null: nothing is brought. */
  readonly tellFiles: TellFiles;
}

/** In milliseconds. */
const heartbeat = 5_000;
/** Each message costs, with a hundred nodes: how it feels is asked in place of each second heartbeat. */
const beatsBetweenLooks = 2;
const beatsBetweenRooms = 6;
const secondLook = 1_000;
const longestGreeting = 15_000;
/** One that works for another Host is asked so often whether it still does. */
const betweenClaims = 60_000;
/** With less than this on its disk a node takes no work, until there is more again. */
const leastRoomMiB = 100;
const enoughRoomMiB = 150;
/** What ended attempts have left is removed so often, and when it is older or more than this. */
const betweenPrunings = 6 * 3_600_000;
const longestFarewell = 5000;
const mostDays = 14;
const mostMebibytes = 20_000;

/**
 * A machine with an agent, however it is reached. Connects, stays connected, and tells the engine by
 * reports; what it does not know, it says.
 */
export class AgentNode {
  readonly node: NodeId;
  readonly feeling: Feeling;
  private reached: Reached | null = null;
  private link: AgentLink | null = null;
  private staged: StagedAttempts | null = null;
  private readonly places = new Places();
  private readonly backoff: Backoff;
  private suspicion: Suspicion | null = null;
  private suspected = false;
  private isFull = false;
  private greetedAt: number | null = null;
  private trying: AbortController | null = null;
  private timers: (() => void)[] = [];
  private closed = false;
  private take = false;
  /** As it was connected; null: it is not. */
  nice: number | null = null;
  private beats = 0;
  /** The answer to the last heartbeat is how it feels. */
  private beatsByLook = false;

  constructor(private readonly options: AgentNodeOptions) {
    this.node = options.node;
    this.backoff = new Backoff(options.random);
    this.feeling = new Feeling(options.clock);
  }

  /** Connects, stays connected, and tells the engine by reports. */
  open(): void {
    void this.connect();
  }

  /** Tries again now; with `take`, also when the node works for another Host. */
  reconnect(take: boolean): void {
    if (this.closed) return;
    this.take = take;
    this.letGo();
    void this.connect();
  }

  start(order: Order): void {
    if (this.reached !== null) this.link?.start(order.attempt, this.work(order, this.reached));
  }

  /** So that it may be stopped without loss. */
  save(attempt: AttemptId): void {
    this.link?.save(attempt);
  }

  stop(attempt: AttemptId): void {
    this.link?.stop(attempt);
  }

  /** Ends a session as soon as nothing is in it. */
  leave(session: string): void {
    this.link?.leave(session);
  }

  reconcile(orders: readonly Order[]): void {
    const { reached } = this;
    if (reached === null) return;
    this.link?.adopt(orders.map((order) => ({ attempt: order.attempt, work: this.work(order, reached) })));
    this.staged?.clean();
  }

  /** A piece of an attempt's log, from a byte offset (negative: from the end), and its whole size. */
  async readLog(attempt: AttemptId, from: number, bytes: number): Promise<LogBytes> {
    const { files, path } = await this.logOf(attempt);
    const piece = path === null ? null : await files.read(path, from, bytes);
    return piece ?? { from: 0, bytes: Buffer.alloc(0), size: 0 };
  }

  /** Where a text stands in an attempt's log. When aborted, it ends soon and says how far it came. */
  async searchLog(attempt: AttemptId, query: LogQuery, signal: AbortSignal): Promise<LogFound> {
    const { files, path } = await this.logOf(attempt);
    if (path === null) return { matches: [], to: 0, toEnd: true, size: 0 };
    return searchLog(files, path, query, signal);
  }

  /** What programs and files are there; null: it cannot be asked now. When aborted, the rest is not answered. */
  async ask(questions: readonly Question[], signal: AbortSignal): Promise<readonly Answer[] | null> {
    const ask = this.reached?.ask ?? this.options.reach.ask;
    if (ask === null) return null;
    const text = await ask(linesOf(questions), signal).catch(() => null);
    return text === null ? null : readAnswers(text, questions.length);
  }

  private async logOf(attempt: AttemptId): Promise<{ files: AgentFiles; path: readonly string[] | null }> {
    const files = this.reached?.files ?? this.options.reach.files;
    if (files === null) throw new Error(`${this.options.name} is not connected`);
    const place = await this.places.of(attempt, files);
    return { files, path: place === null ? null : ['run', place, 'log'] };
  }

  /** Lets go for good: another Host may have it. Its agent reads that before the connection is closed. */
  async release(): Promise<void> {
    const { reached } = this;
    this.link?.release();
    this.reached = null;
    this.close();
    if (reached === null) return;
    let callOff = (): void => {};
    const longEnough = new Promise<void>((done) => {
      callOff = this.options.clock.after(longestFarewell, done);
    });
    await Promise.race([reached.ended, longEnough]);
    callOff();
    reached.close();
  }

  /** Lets go. What runs on the node goes on. */
  close(): void {
    this.closed = true;
    this.letGo();
  }

  private async connect(): Promise<void> {
    const { reach, owner, manners, clock } = this.options;
    const trying = new AbortController();
    this.trying = trying;
    try {
      const { nice } = manners();
      const reached = await reach.connect({ ...owner, take: this.take, nice }, trying.signal);
      if (trying.signal.aborted) return reached.close();
      this.take = false;
      this.nice = nice;
      this.reached = reached;
      const { carrier, places } = reached;
      const staged =
        carrier && new StagedAttempts(carrier, places, this.options, this.options.tellFiles, clock);
      this.staged = staged;
      const lost = (reason: string): void => {
        if (this.reached === reached) this.lost('OFFLINE', reason);
      };
      void reached.ended.then(lost);
      const hush = clock.after(longestGreeting, () => lost('its agent does not answer'));
      this.timers.push(hush);
      this.link = new AgentLink(reached.input, reached.output, clock, {
        hello: (version) => {
          hush();
          if (version === agentVersion)
            void this.greet(reached).catch((error: unknown) => lost(wordsOf(error)));
          else lost(`its agent speaks version ${version}, not ${agentVersion}`);
        },
        claimed: (name) =>
          this.lost(
            'ERROR',
            `it works for another Drover, that of ${name}. Remove it there first, or take it over: what runs there for the other one goes on`,
            'rarely',
          ),
        placed: (attempt, place) => this.places.note(attempt, place),
        ended: (attempt, end, usage) => void this.ended(staged, attempt, end, usage),
        reconciled: () => this.options.report({ kind: 'reconciled', node: this.node }),
        pong: () => this.heard(),
        session: (session) => this.options.onSession(session),
        vitals: (text) => {
          if (!this.feeling.take(text)) return this.mindRoom();
          this.options.onFeeling();
          if (this.beatsByLook) this.heard();
          this.beatsByLook = false;
        },
      });
    } catch (error) {
      if (trying.signal.aborted) return;
      const needsPerson = error instanceof Unreachable && error.helps === 'person';
      this.lost(needsPerson ? 'ERROR' : 'OFFLINE', wordsOf(error), needsPerson ? 'never' : 'soon');
    }
  }

  private async greet(reached: Reached): Promise<void> {
    const { name, kind, awake, clock } = this.options;
    let machine = await reached.describe((more) => {
      machine = more;
      if (this.reached === reached) this.up();
    });
    if (this.reached !== reached) return;
    this.greetedAt = clock.now();
    this.suspicion = new Suspicion(awake, heartbeat);
    this.suspected = false;
    this.feeling.begin(machine.capacity.gpu > 0);
    this.isFull = false;
    this.up = () => {
      if (this.isFull)
        this.down(
          'ERROR',
          `its disk is full: ${this.feeling.roomMiB ?? 0} MiB are free in ${this.options.reach.folder}. Make room: it takes work again from ${enoughRoomMiB} MiB on`,
        );
      else this.options.report({ kind: 'nodeUp', node: this.node, name, nodeKind: kind, ...machine });
    };
    this.up();
    this.every(heartbeat, () => this.beat());
    this.every(betweenPrunings, () => this.link?.prune(mostDays, mostMebibytes));
    this.every(betweenPrunings, () => this.staged?.clean());
    this.look();
    // What it does is known from two looks on.
    this.timers.push(clock.after(secondLook, () => this.look()));
    this.link?.prune(mostDays, mostMebibytes);
  }

  /** Only when its results are here. */
  private async ended(
    staged: StagedAttempts | null,
    attempt: AttemptId,
    end: AttemptEnd,
    usage: AttemptUsage | null,
  ): Promise<void> {
    const last = staged?.has(attempt) === true ? await staged.end(attempt, end) : end;
    if (last !== null) this.options.report({ kind: 'attemptEnded', attempt, end: last, usage });
  }

  private up: () => void = () => {};

  private beat(): void {
    const { suspicion } = this;
    if (suspicion === null) return;
    this.beats++;
    this.beatsByLook = this.beats % beatsBetweenLooks === 0;
    if (this.beatsByLook) this.askHowItFeels(this.beats % beatsBetweenRooms === 0);
    else this.link?.ping(this.beats);
    if (suspicion.isGone()) return this.lost('OFFLINE', 'it has not answered for too long');
    if (!suspicion.isSuspect() || this.suspected) return;
    this.suspected = true;
    this.down('STARTING', 'unknown: it has not answered for a while; what runs there may go on');
  }

  /** Asks how it feels. */
  look(): void {
    this.askHowItFeels(true);
  }

  private askHowItFeels(room: boolean): void {
    this.feeling.asked();
    this.link?.look(this.feeling.hasCards, this.options.watchesPerson(), room);
  }

  private heard(): void {
    this.suspicion?.heard();
    if (!this.suspected) return;
    this.suspected = false;
    this.up();
  }

  /** What it starts with a full disk fails: the scripts are not even written. What runs goes on. */
  private mindRoom(): void {
    const { roomMiB } = this.feeling;
    if (roomMiB === null || this.greetedAt === null) return;
    const isFull = roomMiB < (this.isFull ? enoughRoomMiB : leastRoomMiB);
    if (isFull === this.isFull) return;
    this.isFull = isFull;
    if (!this.suspected) this.up();
  }

  private lost(
    state: 'OFFLINE' | 'ERROR',
    reason: string,
    again: 'soon' | 'rarely' | 'never' = 'soon',
  ): void {
    if (this.closed) return;
    const { clock } = this.options;
    const lasted = this.greetedAt === null ? 0 : clock.now() - this.greetedAt;
    this.letGo();
    this.down(state, reason);
    if (again === 'never') return;
    const wait = again === 'soon' ? this.backoff.next(lasted) : betweenClaims;
    this.timers.push(clock.after(wait, () => void this.connect()));
  }

  private down(state: 'OFFLINE' | 'ERROR' | 'STARTING', reason: string): void {
    const { name, kind } = this.options;
    this.options.report({ kind: 'nodeDown', node: this.node, name, nodeKind: kind, state, reason });
  }

  private letGo(): void {
    this.trying?.abort();
    for (const callOff of this.timers.splice(0)) callOff();
    const { link, reached } = this;
    this.staged?.close();
    this.link = null;
    this.reached = null;
    this.nice = null;
    this.staged = null;
    this.suspicion = null;
    this.greetedAt = null;
    link?.close();
    reached?.close();
  }

  private every(milliseconds: number, call: () => void): void {
    const { clock } = this.options;
    let callOff = (): void => {};
    const plan = (): void => {
      callOff = clock.after(milliseconds, () => {
        plan();
        call();
      });
    };
    plan();
    this.timers.push(() => callOff());
  }

  private work(order: Order, { places }: Reached): AttemptWork {
    const staged = order.step.files.kind === 'staged' ? this.staged : null;
    staged?.note(order);
    const goOn = this.options.goOn(order);
    const prepare = async (signal: AbortSignal): Promise<string> => {
      const ready = goOn === null ? order : await goOn();
      return staged === null ? scriptFor(ready, places, this.options) : staged.prepare(ready, signal);
    };
    return {
      script: staged === null && goOn === null ? scriptFor(order, places, this.options) : prepare,
      anyShell: isForAnyShell(order),
      timeoutMs: order.step.timeoutMs ?? 0,
      graceMs: endingGrace(order.step),
      memoryMiB: order.request.memoryMiB,
      saving: () => (staged === null ? savingFor(order, places, this.options) : staged.savingFor(order)),
    };
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
