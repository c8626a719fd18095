import { beforeEach, describe, expect, test } from 'vitest';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { Batch, Step } from '../../shared/model/batch';
import type { JobId } from '../../shared/model/ids';
import { verdictInWords } from '../../shared/model/verdict';
import type { Command } from './commands';
import { countsAsRecord } from './counts';
import type { Effect } from './effects';
import { Engine, type CommandResult } from './engine';
import { explain } from './explain/explain';
import type { Fact } from './facts';
import type { Store } from './ports';
import { mostLosses, noChanges, reduce } from './reduce';
import { batchState, FarmState, jobState } from './state';

const done: AttemptEnd = { kind: 'exited', code: 0 };
const failed: AttemptEnd = { kind: 'exited', code: 3 };
const lost: AttemptEnd = { kind: 'lost', proof: 'the machine was started again since' };

function step(tasks: number, request: Partial<Step['request']> = {}): Step {
  return {
    name: 'main',
    action: { kind: 'command', argv: ['true'] },
    space: { kind: 'frames', ranges: [{ first: 1, step: 1, count: tasks }] },
    request: { cpu: 1, memoryMiB: 0, ...request },
    folder: '/',
    environment: {},
    parameters: {},
  };
}

function batch(
  jobs: Record<string, { step: Step; after?: readonly string[]; priority?: 'LOW' | 'CRITICAL' }>,
): Batch {
  return {
    name: 'Test',
    recipe: null,
    output: null,
    jobs: Object.entries(jobs).map(([name, job]) => ({
      name,
      kind: 'command',
      priority: job.priority ?? 'MEDIUM',
      steps: [job.step],
    })),
    dependencies: Object.entries(jobs).flatMap(([to, { after = [] }]) =>
      after.map((from) => ({
        type: 'SEQUENTIAL' as const,
        from: { job: from, step: null },
        to: { job: to, step: null },
      })),
    ),
  };
}

/** A farm whose store and clock the test holds in its hand. */
class Farm {
  readonly facts: Fact[] = [];
  readonly effects: Effect[] = [];
  readonly engine: Engine;
  /** Set: appending waits for it. */
  hold: Promise<void> = Promise.resolve();
  storeError: Error | null = null;
  trouble: string | null = null;
  time = 1000;
  private attempts = 0;
  private timers: (() => void)[] = [];

  constructor() {
    const store: Store = {
      load: async () => {},
      append: async (facts) => {
        await this.hold;
        if (this.storeError !== null) throw this.storeError;
        this.facts.push(...facts);
      },
      attempts: async () => [],
      close: async () => {},
    };
    this.engine = new Engine({
      store,
      clock: {
        now: () => this.time,
        after: (_milliseconds, call) => {
          this.timers.push(call);
          return () => {};
        },
      },
      ids: { attempt: () => `a-${++this.attempts}` },
      effects: { perform: (effect) => void this.effects.push(effect) },
      onPass: () => {},
      onTrouble: (message) => (this.trouble = message),
    });
  }

  /** Lets the time pass and everything that waits for it happen. */
  async settle(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      this.time += 1000;
      this.timers.splice(0).forEach((call) => call());
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async nodeUp(cpu = 2, memoryMiB = 4096, node = 'local'): Promise<void> {
    this.engine.report({
      kind: 'nodeUp',
      node,
      name: node,
      nodeKind: 'local',
      system: 'test',
      capacity: { cpu, memoryMiB },
    });
    await this.settle();
  }

  async command(command: Command): Promise<CommandResult> {
    const result = this.engine.command(command);
    await this.settle();
    return result;
  }

  async submit(spec: Batch): Promise<CommandResult> {
    return this.command({ kind: 'submit', by: 'ann', batch: spec, outputFor: (id) => `/out/${id}` });
  }

  async cancel(job: JobId): Promise<CommandResult> {
    return this.command({ kind: 'cancel', by: 'ann', jobs: [job] });
  }

  async retry(...jobs: JobId[]): Promise<CommandResult> {
    return this.command({ kind: 'retry', by: 'ann', jobs });
  }

  async end(attempt: `a-${string}`, end: AttemptEnd): Promise<void> {
    this.engine.report({ kind: 'attemptEnded', attempt, end });
    await this.settle();
  }

  /** Ends whatever runs, as `how` says, until nothing runs. */
  async runAll(how: (order: { job: string; task: number }) => AttemptEnd = () => done): Promise<void> {
    while (this.engine.state.attempts.size > 0) {
      for (const live of this.engine.state.attempts.values()) {
        this.engine.report({
          kind: 'attemptEnded',
          attempt: live.id,
          end: how({ job: live.step.job.job.name, task: live.task }),
        });
      }
      await this.settle();
    }
  }

  started(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'startAttempt' ? [`${effect.order.job} ${effect.order.task}`] : [],
    );
  }

  state(id: JobId): string {
    const job = this.engine.state.jobs.get(id);
    return job === undefined ? 'missing' : jobState(job);
  }

  why(id: JobId): readonly string[] {
    const job = this.engine.state.jobs.get(id);
    return job === undefined ? [] : explain(this.engine.state, job).map(verdictInWords);
  }
}

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

describe('scheduling', () => {
  test('starts as many tasks as the node has cores, in order, and the next as one ends', async () => {
    await farm.nodeUp(2);
    await farm.submit(batch({ render: { step: step(4) } }));
    expect(farm.started()).toEqual(['render 0', 'render 1']);
    await farm.end('a-1', done);
    expect(farm.started()).toEqual(['render 0', 'render 1', 'render 2']);
  });

  test('never gives out more cores or memory than a node has', async () => {
    await farm.nodeUp(8, 1000);
    await farm.submit(batch({ big: { step: step(5, { cpu: 3, memoryMiB: 450 }) } }));
    expect(farm.started()).toHaveLength(2);
    expect(farm.engine.state.nodes.get('local')).toMatchObject({ freeCpu: 2, freeMemoryMiB: 100 });
  });

  test('a small task goes ahead of a large one for which there is no room', async () => {
    await farm.nodeUp(2);
    await farm.submit(batch({ large: { step: step(1, { cpu: 4 }) }, small: { step: step(1) } }));
    expect(farm.started()).toEqual(['small 0']);
    expect(farm.why('b1.large')).toEqual([
      'needs 4 cores for a task; the largest node has 2 cores and 4 GiB',
    ]);
  });

  test('a higher priority goes first, then what came first', async () => {
    await farm.submit(batch({ first: { step: step(1) }, low: { step: step(1), priority: 'LOW' } }));
    await farm.submit(batch({ second: { step: step(1) }, urgent: { step: step(1), priority: 'CRITICAL' } }));
    await farm.nodeUp(4);
    expect(farm.started()).toEqual(['urgent 0', 'first 0', 'second 0', 'low 0']);
  });

  test('two nodes share the work', async () => {
    await farm.nodeUp(1, 1000, 'one');
    await farm.nodeUp(1, 1000, 'two');
    await farm.submit(batch({ render: { step: step(3) } }));
    const nodes = farm.effects.flatMap((effect) =>
      effect.kind === 'startAttempt' ? [effect.order.node] : [],
    );
    expect(nodes).toEqual(['one', 'two']);
  });
});

describe('dependencies', () => {
  const chain = batch({ melt: { step: step(2) }, beauty: { step: step(2), after: ['melt'] } });

  test('a dependent starts only when all before it has completed', async () => {
    await farm.nodeUp(8);
    await farm.submit(chain);
    await farm.end('a-1', done);
    expect(farm.started()).toEqual(['melt 0', 'melt 1']);
    expect(farm.why('b1.beauty')).toEqual(['waits for melt: 1 task to go']);
    await farm.end('a-2', done);
    expect(farm.started()).toEqual(['melt 0', 'melt 1', 'beauty 0', 'beauty 1']);
  });

  test('a failure holds what depends on it; its retry lets that go on', async () => {
    await farm.nodeUp(8);
    await farm.submit(chain);
    await farm.runAll(({ task }) => (task === 1 ? failed : done));
    expect([farm.state('b1.melt'), farm.state('b1.beauty')]).toEqual(['FAILED', 'PENDING']);
    expect(farm.why('b1.beauty')).toEqual(['held: 1 task of melt did not complete; retry melt to go on']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'FAILED' });

    await farm.retry('b1.melt');
    await farm.runAll();
    expect([farm.state('b1.melt'), farm.state('b1.beauty')]).toEqual(['COMPLETED', 'COMPLETED']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'COMPLETED' });
  });
});

describe('cancel and retry', () => {
  test('cancel stops what runs, never starts what waits, and ends the batch when the last has stopped', async () => {
    await farm.nodeUp(1);
    await farm.submit(batch({ render: { step: step(3) } }));
    await farm.cancel('b1.render');
    expect(farm.effects).toContainEqual({ kind: 'stopAttempt', node: 'local', attempt: 'a-1' });
    expect(farm.facts.some(({ kind }) => kind === 'batchEnded')).toBe(false);
    await farm.end('a-1', { kind: 'stopped' });
    expect(farm.started()).toHaveLength(1);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'CANCELLED' });
  });

  test('a job that is still being stopped cannot be retried yet; afterwards it can', async () => {
    await farm.nodeUp(1);
    await farm.submit(batch({ render: { step: step(2) } }));
    await farm.cancel('b1.render');
    expect(await farm.retry('b1.render')).toMatchObject({ kind: 'refused', refusal: { code: 'conflict' } });
    await farm.end('a-1', { kind: 'stopped' });
    await farm.retry('b1.render');
    await farm.runAll();
    expect(farm.state('b1.render')).toBe('COMPLETED');
  });

  test('what has ended cannot be cancelled, what is not there cannot be changed', async () => {
    await farm.nodeUp(1);
    await farm.submit(batch({ render: { step: step(1) } }));
    await farm.runAll();
    expect(await farm.cancel('b1.render')).toMatchObject({ kind: 'refused', refusal: { code: 'conflict' } });
    expect(await farm.retry('b9.none')).toMatchObject({ kind: 'refused', refusal: { code: 'notFound' } });
  });
});

describe('lost attempts', () => {
  test('are run again, with another id, but not for ever', async () => {
    await farm.nodeUp(1);
    await farm.submit(batch({ render: { step: step(1) } }));
    await farm.runAll(() => lost);
    expect(farm.started()).toHaveLength(mostLosses + 1);
    expect(
      new Set(farm.facts.flatMap((fact) => (fact.kind === 'taskAssigned' ? [fact.attempt] : []))).size,
    ).toBe(mostLosses + 1);
    expect(farm.state('b1.render')).toBe('FAILED');
  });

  test('a report that comes twice, or of an unknown attempt, changes nothing', async () => {
    await farm.nodeUp(1);
    await farm.submit(batch({ render: { step: step(2) } }));
    await farm.end('a-1', done);
    const before = farm.facts.length;
    await farm.end('a-1', failed);
    await farm.end('a-unknown', failed);
    expect(farm.facts).toHaveLength(before);
  });
});

describe('durability', () => {
  test('nothing is started or answered before its facts are on disk', async () => {
    await farm.nodeUp(1);
    let letGo = (): void => {};
    farm.hold = new Promise((resolve) => (letGo = resolve));
    let answered = false;
    const submitted = farm.submit(batch({ render: { step: step(1) } })).then(() => (answered = true));
    await farm.settle();
    expect([answered, farm.started()]).toEqual([false, []]);
    letGo();
    await submitted;
    expect([answered, farm.started()]).toEqual([true, ['render 0']]);
  });

  test('a full disk is told, nothing starts, and all goes on when there is room again', async () => {
    await farm.nodeUp(1);
    farm.storeError = new Error('database or disk is full');
    expect(await farm.submit(batch({ render: { step: step(1) } }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'failed' },
    });
    expect([farm.trouble, farm.started()]).toEqual(['database or disk is full', []]);
    farm.storeError = null;
    await farm.settle();
    expect([farm.trouble, farm.started()]).toEqual([null, ['render 0']]);
  });

  test('the facts alone rebuild the state', async () => {
    await farm.nodeUp(3);
    await farm.submit(
      batch({ melt: { step: step(4) }, beauty: { step: step(3, { cpu: 2 }), after: ['melt'] } }),
    );
    let turn = 0;
    await farm.runAll(() => [done, lost, failed, done, done][turn++ % 5] ?? done);
    await farm.retry('b1.melt', 'b1.beauty');
    await farm.end('a-9', done);

    const rebuilt = new FarmState();
    for (const fact of JSON.parse(JSON.stringify(farm.facts))) reduce(rebuilt, fact, noChanges());
    expect(picture(rebuilt)).toEqual(picture(farm.engine.state));
  });
});

function picture(state: FarmState): unknown {
  return {
    batches: [...state.batches.values()].map((each) => [
      each.id,
      batchState(each),
      countsAsRecord(each.counts),
      each.startedAt,
      each.ended,
    ]),
    jobs: [...state.jobs.values()].map((each) => [
      each.id,
      jobState(each),
      each.steps.map(({ states, tries, losses }) => ({ states, tries, losses })),
    ]),
    nodes: [...state.nodes.values()].map(({ attempts, ...node }) => ({
      ...node,
      attempts: [...attempts].map((live) => live.id),
    })),
    attempts: [...state.attempts.keys()],
    ready: state.ready.inOrder().map((each) => each.job.id),
  };
}
