import { closeSync, mkdirSync, openSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { HostInfo } from '../shared/ipc/contract';
import type { Attempt } from '../shared/model/attempt';
import type { BacktestSummary, Forecast, JobForecast } from '../shared/model/forecast';
import type { AttemptId, JobId, NodeId } from '../shared/model/ids';
import { describeHost, FolderOwned, hostId, readHostFile, type HostFile } from './data-folder';
import type { Command } from './engine/commands';
import { orderFor, type Effect } from './engine/effects';
import { Engine, type CommandResult } from './engine/engine';
import { reportsValues } from './engine/dependencies/edges';
import type { Fact } from './engine/facts';
import type { Plan } from './engine/forecast/plan';
import { notRunning } from './engine/history';
import type { Report } from './engine/reports';
import { noChanges, type Changes } from './engine/reduce/changes';
import type { Scheduler } from './engine/schedule/scheduler';
import type { BatchRecord, FarmState } from './engine/state';
import { findFiles } from './nodes/find-files';
import type { LogFound, LogQuery } from './nodes/logs/search';
import type { AgentNode } from './nodes/agent-node';
import type { LogBytes } from './nodes/readings';
import { ProgressWatch } from './nodes/progress/watch';
import { FailureBook } from './ipc/failures';
import { Background } from './background';
import { BatchReports } from './batch-report';
import { FarmCheckpoints } from './farm-checkpoints';
import { FarmNodes, thisMachine } from './farm-nodes';
import { GivingWay } from './giving-way';
import { Forecasts } from './forecasts';
import { Forks } from './forks';
import { runFolder } from './output-folder';
import { PresetShelf } from './preset-shelf';
import { NodeVisits } from './node-visits';
import { SecretsInMemory, type Secrets } from './secrets';
import { Sessions } from './sessions';
import { lockFolder, type FolderLock } from './folder-lock';
import { newestSchema } from './store/sqlite/migrations';
import { Submissions } from './submissions';
import { SqliteStore } from './store/sqlite/store';
import { systemClock } from './system-clock';

export interface HostOptions {
  readonly dataFolder: string;
  /** The shipped `resources/` folder. */
  readonly resources: string;
  /** The built bodies of the threads of the store and of the checkpoints' bytes. */
  readonly storeWorker: string;
  readonly checkpointWorker: string;
  readonly version: string;
  /** Seconds since somebody touched this machine, where the desktop tells it. */
  readonly personIdle?: () => number;
  /** Where passwords are kept; missing: they are known until this Host is closed. */
  readonly secrets?: Secrets;
  /** False: only to look and to record wishes; no node is opened and nothing runs. */
  readonly work: boolean;
}

type WithoutBy<Wish> = Wish extends Command ? Omit<Wish, 'by'> : never;
export type HostListener = (facts: readonly Fact[], changes: Changes) => void;

/** One running farm: the engine, its store and its nodes, wired together. */
export class Host {
  readonly background = new Background();
  readonly submissions = new Submissions(this);
  readonly forks = new Forks(this);
  readonly presets: PresetShelf;
  readonly failures = new FailureBook(() => this.state);
  /** Whose wishes these are. */
  readonly user = userInfo().username;
  private readonly listeners = new Set<HostListener>();
  private readonly reports: BatchReports;
  private readonly forecasts: Forecasts;
  private readonly givingWay: GivingWay;
  private storeTrouble: string | null = null;

  private constructor(
    readonly options: HostOptions,
    readonly file: HostFile,
    private readonly lock: FolderLock,
    readonly store: SqliteStore,
    private readonly engine: Engine,
    readonly nodes: FarmNodes,
    readonly visits: NodeVisits,
    readonly progress: ProgressWatch,
    private readonly sessions: Sessions,
    readonly saved: FarmCheckpoints,
  ) {
    this.presets = new PresetShelf(options);
    this.forecasts = new Forecasts({
      state: () => this.state,
      now: () => this.now(),
      progress: (attempt) => this.progress.fractionOf(attempt),
      onForecast: (jobs) => this.tell([], { ...noChanges(), forecasts: new Set(jobs) }),
      file: join(options.dataFolder, 'forecasts.json'),
      background: this.background,
    });
    this.givingWay = new GivingWay({
      clock: systemClock,
      state: () => this.state,
      idleOf: (node) =>
        node === thisMachine && options.personIdle !== undefined
          ? options.personIdle()
          : (this.nodes.get(node)?.feeling.idle ?? null),
      cpuOf: (node) => this.nodes.get(node)?.feeling.latest?.cpu ?? null,
      command: (command) => void this.engine.command(command),
    });
    this.reports = new BatchReports(this, options.dataFolder, (batch) => {
      const changes = noChanges();
      changes.batches.add(batch.id);
      this.tell([], changes);
    });
  }

  /** Opens the farm in a data folder, picks up what was running, and throws FolderOwned if it is taken. */
  static async open(options: HostOptions): Promise<Host> {
    const { dataFolder } = options;
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const lock = lockFolder(dataFolder);
    if (lock === null) throw new FolderOwned(dataFolder, readHostFile(dataFolder));
    const file = join(dataFolder, 'drover.sqlite');
    // What is in it is for its owner alone, also in a folder that others may read.
    closeSync(openSync(file, 'a', 0o600));
    const store = new SqliteStore(file, options.storeWorker);
    const agentFolder = join(options.resources, 'agent');
    const id = hostId(dataFolder);
    const { secrets = new SecretsInMemory() } = options;
    const visits = new NodeVisits({ dataFolder, agentFolder, secrets });
    try {
      // The parts call each other, so the host is named before it is made.
      const host: Host = new Host(
        options,
        describeHost(dataFolder, options.version),
        lock,
        store,
        new Engine({
          store,
          clock: systemClock,
          ids: attemptIds(),
          effects: { perform: (effect) => host.perform(effect) },
          outputFor: (id, schedule) => runFolder(dataFolder, id, schedule.batch),
          onPass: (facts, changes) => {
            host.sessions.note(facts, changes);
            host.followNodes(facts);
            host.saved.note(facts);
            host.forecasts.note(changes);
            host.tell(facts, changes);
          },
          onTrouble: (message) => host.tellTrouble(message),
        }),
        new FarmNodes({
          dataFolder,
          agentFolder,
          hostId: id,
          user: userInfo().username,
          clock: systemClock,
          state: () => host.state,
          report: (report) => void host.takeReport(report),
          onSession: (node, session) => host.sessions.found(node, session),
          onFeeling: () => host.tell([], { ...noChanges(), nodes: true }),
          tellFiles: (attempt, words) => host.progress.say(attempt, words),
          goOn: (order) => host.saved.goOn(order),
          reachOf: (address, known) => visits.reachOf(address, known),
        }),
        visits,
        new ProgressWatch({
          now: () => host.now(),
          running: () => host.state.attempts.values(),
          readLog: (attempt, from, bytes) => host.readLog(attempt, from, bytes),
          onProgress: (attempt) => host.progressed(attempt),
          onValue: (attempt, value) => {
            host.saved.noteValue(attempt, value.name, value.value);
            host.engine.report({ kind: 'valueReported', attempt, ...value });
          },
        }),
        new Sessions({
          host: id,
          state: () => host.state,
          leave: (node, session) => host.nodes.get(node)?.leave(session),
        }),
        new FarmCheckpoints({
          dataFolder,
          workerFile: options.checkpointWorker,
          store,
          state: () => host.state,
          now: () => host.now(),
          readLog: async (attempt, from, bytes) => (await host.readLog(attempt, from, bytes)).bytes,
          report: (report) => host.engine.report(report),
          warn: (words) => console.error(words),
        }),
      );
      for (const notice of await host.engine.load()) console.error(notice);
      host.start();
      return host;
    } catch (error) {
      await store.close().catch(() => {});
      lock.release();
      throw error;
    }
  }

  get state(): FarmState {
    return this.engine.state;
  }

  get scheduler(): Scheduler {
    return this.engine.scheduler;
  }

  now(): number {
    return systemClock.now();
  }

  get info(): HostInfo {
    const { pid, version, startedAt } = this.file;
    return {
      pid,
      version,
      startedAt,
      user: this.user,
      dataFolder: this.options.dataFolder,
      schema: newestSchema,
      runtime:
        process.versions['electron'] === undefined
          ? `Node.js ${process.versions.node}`
          : `Electron ${process.versions['electron']}`,
    };
  }

  listen(listener: HostListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A wish of the person who runs this. */
  command(command: WithoutBy<Command>): Promise<CommandResult> {
    return this.engine.command({ ...command, by: this.user });
  }

  async readLog(attempt: AttemptId, from: number, bytes: number, node?: NodeId): Promise<LogBytes> {
    return this.nodeOf(attempt, node).readLog(attempt, from, bytes);
  }

  async searchLog(attempt: Attempt, query: LogQuery, signal: AbortSignal): Promise<LogFound> {
    return this.nodeOf(attempt.id, attempt.node).searchLog(attempt.id, query, signal);
  }

  private nodeOf(attempt: AttemptId, node?: NodeId): AgentNode {
    const link = this.nodes.get(node ?? this.state.attempts.get(attempt)?.node.id ?? 'local');
    if (link === undefined) throw new Error('the node of this attempt is not there any more');
    return link;
  }

  /** What is expected of a job; null: not worked out yet. */
  forecastOf(job: JobId): JobForecast | null {
    return this.forecasts.of(job);
  }

  /** Which work is expected on which node; null: not worked out yet. */
  get plan(): Plan | null {
    return this.forecasts.planned;
  }

  /** When everything will end, as things are, and how good such forecasts were. */
  async forecast(): Promise<{ forecast: Forecast | null; backtest: BacktestSummary }> {
    return { forecast: await this.forecasts.now(), backtest: this.forecasts.summary };
  }

  /** The page of a batch's execution report; null: it is not written yet. */
  reportOf(batch: BatchRecord): string | null {
    return this.reports.placeOf(batch);
  }

  /** The same, written now where it is not there or not up to date. */
  reportPage(batch: BatchRecord): Promise<string> {
    return this.reports.page(batch);
  }

  /** Writes it now: into a folder, or where it belongs. */
  makeReport(batch: BatchRecord, folder: string | null): Promise<{ html: string; json: string }> {
    return this.reports.make(batch, folder);
  }

  isReporting(batch: BatchRecord): boolean {
    return this.reports.isWriting(batch);
  }

  /** Why nothing new can be remembered, and so nothing new starts; null when all is well. */
  get trouble(): string | null {
    return this.storeTrouble;
  }

  /** Lets everything be durable, lets go of the nodes (their work goes on), and frees the folder. */
  async close(): Promise<void> {
    this.progress.close();
    this.background.close();
    this.forecasts.close();
    this.givingWay.close();
    await this.saved.close();
    await this.nodes.close();
    await this.engine.stop();
    await this.reports.close();
    await this.store.close();
    this.lock.release();
  }

  private start(): void {
    const { work } = this.options;
    // What the nodes are doing now is not known until they have reported.
    for (const { id, name, kind } of this.state.nodes.values()) {
      const down = work
        ? ({ state: 'STARTING', reason: 'it is being connected' } as const)
        : ({ state: 'OFFLINE', reason: notRunning } as const);
      this.engine.report({ kind: 'nodeDown', node: id, name, nodeKind: kind, ...down });
    }
    if (!work) return;
    this.nodes.open();
    this.givingWay.open();
    this.progress.open();
    this.saved.open();
    this.reports.catchUp([...this.state.batches.values()].slice(-20));
  }

  /** Connects nodes that were added, and lets go of those that were removed. */
  private followNodes(facts: readonly Fact[]): void {
    if (!this.options.work) return;
    for (const fact of facts) {
      const node = fact.kind === 'nodeAdded' ? this.state.nodes.get(fact.node) : undefined;
      if (node !== undefined) this.nodes.add(node);
      if (fact.kind === 'nodeRemoved') this.nodes.remove(fact.node);
      if (fact.kind === 'settingsChanged') this.nodes.follow(fact.settings);
    }
  }

  private async takeReport(report: Report): Promise<void> {
    if (report.kind === 'attemptEnded') {
      const live = this.state.attempts.get(report.attempt);
      // A value that something waits for, or by which is kept, counts also when it is the last that was printed.
      const isValued = live?.step.step.checkpoints?.keep.best !== undefined;
      if (live !== undefined && (isValued || reportsValues(live.step))) await this.progress.readToEnd(live);
      if (live?.step.step.checkpoints !== undefined) await this.saved.ended(live, report.end);
      this.progress.forget(report.attempt);
    }
    this.engine.report(report);
  }

  private async lookForFiles({
    edge,
    files,
    folders,
  }: Extract<Effect, { kind: 'lookForFiles' }>): Promise<void> {
    this.engine.report({ kind: 'filesLookedFor', edge, ...(await findFiles(files, folders)) });
  }

  private perform(effect: Effect): void {
    switch (effect.kind) {
      case 'startAttempt': {
        const order = orderFor(effect.live);
        this.sessions.started(order);
        return this.nodes.get(order.node)?.start(order);
      }
      case 'saveAttempt':
        this.progress.say(effect.attempt, 'saving its work before it is stopped');
        return this.nodes.get(effect.node)?.save(effect.attempt);
      case 'stopAttempt':
        return this.nodes.get(effect.node)?.stop(effect.attempt);
      case 'reconcile':
        for (const order of effect.orders) this.sessions.started(order);
        return this.nodes.get(effect.node)?.reconcile(effect.orders);
      case 'lookForFiles':
        return void this.lookForFiles(effect);
      case 'batchEnded': {
        const batch = this.state.batches.get(effect.batch);
        if (batch !== undefined) this.reports.write(batch);
      }
    }
  }

  private tellTrouble(message: string | null): void {
    const { dataFolder } = this.options;
    this.storeTrouble =
      message === null
        ? null
        : `Drover cannot save to ${dataFolder}: ${message.replace(/\.$/, '')}. Nothing new starts until it can.`;
    console.error(this.storeTrouble ?? `Drover can save to ${dataFolder} again, and goes on.`);
    this.tell([], noChanges());
  }

  private progressed(attempt: AttemptId): void {
    const live = this.state.attempts.get(attempt);
    if (live === undefined) return;
    const changes = noChanges();
    changes.tasks.note(live.step, live.task);
    changes.jobs.add(live.step.job.id);
    changes.batches.add(live.step.job.batch.id);
    this.tell([], changes);
  }

  private tell(facts: readonly Fact[], changes: Changes): void {
    this.failures.note(facts, changes);
    this.reports.note(changes, (id) => this.state.batches.get(id));
    for (const listener of [...this.listeners]) listener(facts, changes);
  }
}

function attemptIds(): { attempt(): AttemptId } {
  const prefix = `${Date.now().toString(36)}-${randomBytes(6).toString('hex')}`;
  let count = 0;
  return { attempt: () => `a-${prefix}-${++count}` };
}
