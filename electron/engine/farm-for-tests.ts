/** A farm whose store and clock the test holds in its hand, and short ways to write batches. */
import { noCapacity, noRequest, type Capacity, type Request } from '../../shared/model/amounts';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { Batch, Job, Step } from '../../shared/model/batch';
import { allToAll, type Dependency } from '../../shared/model/dependency';
import { sharedFiles } from '../../shared/model/files';
import type { AttemptId, JobId } from '../../shared/model/ids';
import { recognised } from '../../shared/model/progress';
import { noRequirements } from '../../shared/model/requirements';
import { noRetry } from '../../shared/model/retry';
import { defaultSettings, type FarmSettings } from '../../shared/model/settings';
import { verdictInWords } from '../../shared/model/verdict';
import type { Report } from './reports';
import type { Command } from './commands';
import { jobState } from './derived';
import type { Effect } from './effects';
import { Engine, type CommandResult } from './engine';
import { explain } from './explain/explain';
import type { Fact } from './facts';
import type { Clock, Store } from './ports';
import { taskState } from './state';

export const done: AttemptEnd = { kind: 'exited', code: 0 };
export const failed: AttemptEnd = { kind: 'exited', code: 3 };
export const lost: AttemptEnd = { kind: 'lost', proof: 'the machine was started again since' };
export const stopped: AttemptEnd = { kind: 'stopped' };

export interface StepWish extends Partial<Omit<Step, 'request'>> {
  readonly tasks?: number;
  readonly request?: Partial<Request>;
}

export function step({ tasks = 1, request = {}, ...rest }: StepWish = {}): Step {
  return {
    name: 'main',
    action: { kind: 'command', argv: ['true'] },
    space: { kind: 'frames', ranges: [{ first: 1, step: 1, count: tasks }] },
    request: { ...noRequest, cpu: 1, ...request },
    needs: noRequirements,
    retry: noRetry,
    timeoutMs: null,
    preemptible: false,
    progress: recognised,
    files: sharedFiles,
    folder: '/',
    environment: {},
    environments: [],
    graceMs: null,
    paths: null,
    parameters: {},
    ...rest,
  };
}

export interface JobWish extends Partial<Omit<Job, 'steps'>>, StepWish {
  readonly steps?: readonly Step[];
  /** Jobs that must complete before. */
  readonly after?: readonly string[];
}

export function batch(
  jobs: Readonly<Record<string, JobWish>>,
  { tenant = 'default', dependencies = [] }: { tenant?: string; dependencies?: readonly Dependency[] } = {},
): Batch {
  return {
    name: 'Test',
    recipe: null,
    output: null,
    tenant,
    jobs: Object.entries(jobs).map(([name, { kind, priority, deadline, most, steps, ...one }]) => ({
      name,
      kind: kind ?? 'command',
      priority: priority ?? 'MEDIUM',
      deadline: deadline ?? null,
      most: most ?? null,
      steps: steps ?? [step(one)],
    })),
    dependencies: [
      ...Object.entries(jobs).flatMap(([to, { after = [] }]) => after.map((from) => dependency(from, to))),
      ...dependencies,
    ],
  };
}

export function dependency(
  from: string | null,
  to: string,
  relation: Dependency['relation'] = { type: 'SEQUENTIAL', mapping: allToAll },
  onFailure: Dependency['onFailure'] = 'hold',
): Dependency {
  return {
    from: from === null ? null : { job: from, step: null },
    to: { job: to, step: null },
    relation,
    onFailure,
  };
}

export class Farm {
  readonly facts: Fact[] = [];
  readonly effects: Effect[] = [];
  readonly engine: Engine;
  /** Set: appending waits for it. */
  hold: Promise<void> = Promise.resolve();
  storeError: Error | null = null;
  trouble: string | null = null;
  time = Date.parse('2026-03-02T12:00:00Z');
  readonly clock: Clock = {
    now: () => this.time,
    after: (milliseconds, call) => {
      const timer = { due: this.time + milliseconds, call };
      this.timers.push(timer);
      return () => (this.timers = this.timers.filter((each) => each !== timer));
    },
  };
  private attempts = 0;
  private timers: { readonly due: number; readonly call: () => void }[] = [];

  constructor() {
    const store: Store = {
      load: async () => [],
      append: async (facts) => {
        await this.hold;
        if (this.storeError !== null) throw this.storeError;
        this.facts.push(...facts);
      },
      saveSnapshot: async () => {},
      history: async () => [],
      attempts: async () => [],
      checkpoints: async () => [],
      wentOn: async () => [],
      close: async () => {},
    };
    this.engine = new Engine({
      store,
      clock: this.clock,
      ids: { attempt: () => `a-${++this.attempts}` },
      effects: { perform: (effect) => void this.effects.push(effect) },
      outputFor: (id) => `/out/${id}`,
      onPass: () => {},
      onTrouble: (message) => (this.trouble = message),
    });
  }

  /** Lets so much time pass, and everything happen that waits for it. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    for (;;) {
      await this.drain();
      const next = this.timers.toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined || next.due > until) break;
      this.timers = this.timers.filter((each) => each !== next);
      this.time = Math.max(this.time, next.due);
      next.call();
    }
    this.time = until;
    await this.drain();
  }

  settle(): Promise<void> {
    return this.pass(2000);
  }

  async nodeUp(
    capacity: Partial<Capacity> = {},
    node = 'local',
    labels: readonly string[] = [],
  ): Promise<void> {
    this.engine.report({
      kind: 'nodeUp',
      node,
      name: node,
      nodeKind: 'local',
      system: 'test',
      capacity: { ...noCapacity, cpu: 2, memoryMiB: 4096, ...capacity },
      labels,
    });
    this.engine.report({ kind: 'reconciled', node });
    await this.settle();
  }

  async nodeDown(node = 'local'): Promise<void> {
    const report = {
      kind: 'nodeDown',
      node,
      name: node,
      nodeKind: 'local',
      state: 'OFFLINE',
      reason: 'gone',
    } as const;
    this.engine.report(report);
    await this.settle();
  }

  async report(report: Report): Promise<void> {
    this.engine.report(report);
    await this.settle();
  }

  async command(command: Command): Promise<CommandResult> {
    const result = this.engine.command(command);
    await this.settle();
    return result;
  }

  submit(spec: Batch, by = 'ann'): Promise<CommandResult> {
    return this.command({ kind: 'submit', by, batch: spec, outputFor: (id) => `/out/${id}` });
  }

  cancel(...jobs: readonly JobId[]): Promise<CommandResult> {
    return this.command({ kind: 'cancel', by: 'ann', jobs });
  }

  retry(...jobs: readonly JobId[]): Promise<CommandResult> {
    return this.command({ kind: 'retry', by: 'ann', jobs });
  }

  configure(settings: Partial<FarmSettings>): Promise<CommandResult> {
    return this.command({ kind: 'configure', by: 'ann', settings: { ...defaultSettings, ...settings } });
  }

  async end(attempt: AttemptId, end: AttemptEnd = done): Promise<void> {
    this.engine.report({ kind: 'attemptEnded', attempt, end });
    await this.settle();
  }

  /** Ends the attempt that runs at a task of a job, as it is named in {@link running}. */
  endTask(name: string, end: AttemptEnd = done): Promise<void> {
    const live = [...this.engine.state.attempts.values()].find((each) => nameOfTask(each) === name);
    if (live === undefined) throw new Error(`${name} does not run`);
    return this.end(live.id, end);
  }

  /** Ends whatever runs, as `how` says, until nothing runs. */
  async runAll(how: (task: { job: string; task: number }) => AttemptEnd = () => done): Promise<void> {
    while (this.engine.state.attempts.size > 0) {
      for (const live of this.engine.state.attempts.values()) {
        const end = how({ job: live.step.job.job.name, task: live.task });
        this.engine.report({ kind: 'attemptEnded', attempt: live.id, end });
      }
      await this.settle();
    }
  }

  /** `job task` of each start, in order. */
  started(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'startAttempt' ? [`${effect.live.step.job.job.name} ${effect.live.task}`] : [],
    );
  }

  running(): readonly string[] {
    return [...this.engine.state.attempts.values()].map(nameOfTask);
  }

  /** `job task` at each node that has any. */
  where(): Readonly<Record<string, readonly string[]>> {
    const found: Record<string, string[]> = {};
    for (const live of this.engine.state.attempts.values())
      (found[live.node.id] ??= []).push(nameOfTask(live));
    return found;
  }

  state(id: JobId): string {
    const job = this.engine.state.jobs.get(id);
    return job === undefined ? 'missing' : jobState(job);
  }

  tasks(id: JobId): readonly string[] {
    const [only] = this.engine.state.jobs.get(id)?.steps ?? [];
    return only === undefined ? [] : Array.from({ length: only.count }, (_, task) => taskState(only, task));
  }

  why(id: JobId): readonly string[] {
    const job = this.engine.state.jobs.get(id);
    return job === undefined ? [] : explain(this.engine.scheduler, job, this.time).map(verdictInWords);
  }

  private async drain(): Promise<void> {
    for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
  }
}

const nameOfTask = (live: {
  readonly step: { readonly job: { readonly job: { readonly name: string } } };
  readonly task: number;
}): string => `${live.step.job.job.name} ${live.task}`;
