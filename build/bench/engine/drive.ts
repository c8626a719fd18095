/** Drives the pure core from the submission to the last task, with nodes whose tasks take simulated time. */
import type { Batch } from '../../../shared/model/batch';
import type { AttemptId } from '../../../shared/model/ids';
import { codes, countOf } from '../../../electron/engine/counts';
import { isJob, mappingOf } from '../../../electron/engine/dependencies/edges';
import type { Effect } from '../../../electron/engine/effects';
import type { Fact } from '../../../electron/engine/facts';
import { Pass, type Core } from '../../../electron/engine/pass';
import { Reducer } from '../../../electron/engine/reduce/reduce';
import { Scheduler } from '../../../electron/engine/schedule/scheduler';
import { FarmState, type LiveAttempt } from '../../../electron/engine/state';
import { Timekeeper } from '../../../electron/engine/timekeeper';
import { millisecondsSince, seededRandom, workedMilliseconds } from '../measure';
import { Ends } from './ends';
import { nodeUp } from './farm';

/** As many as the engine takes in one pass. */
const reportsAPass = 250;

export function newCore(state = new FarmState()): Core {
  let attempts = 0;
  return {
    state,
    reducer: new Reducer(state),
    scheduler: new Scheduler(state),
    timekeeper: new Timekeeper(state),
    ids: { attempt: (): AttemptId => `a-benchmark-${++attempts}` },
    outputFor: (id) => `/results/${id}`,
  };
}

/** Only what is within passes is timed; what the nodes do, and the checks, are not the engine's. */
export class Drive {
  /** How long each pass since the submission took, in milliseconds. */
  readonly passes: number[] = [];
  /** The work of all of them together. */
  spent = 0;
  facts = 0;
  /** Tasks that were started before something that they wait for had completed. */
  tooEarly = 0;
  private readonly ends = new Ends();
  private readonly random = seededRandom(1);
  private at = 0;
  private more = false;

  constructor(
    readonly core: Core,
    nodes: number,
    private readonly onFacts: (facts: readonly Fact[]) => void = () => {},
  ) {
    const pass = new Pass(core, this.at);
    for (let index = 0; index < nodes; index++) pass.report(nodeUp(index));
    for (let index = 0; index < nodes; index++) pass.report({ kind: 'reconciled', node: `node${index}` });
    pass.finish();
    onFacts(pass.facts);
  }

  submit(batch: Batch): void {
    this.pass((pass) => {
      pass.command({ kind: 'submit', by: 'ann', batch, outputFor: (id) => `/results/${id}` });
    });
  }

  /** Until nothing runs any more, or `enough` says so. */
  run(enough: () => boolean = () => false, reports = reportsAPass): void {
    const ended: AttemptId[] = [];
    while ((this.more || this.ends.size > 0) && !enough()) {
      ended.length = 0;
      // What is to be assigned at once comes before time goes on.
      for (let count = 0; !this.more && count < reports; count++) {
        const time = this.ends.first();
        const attempt = this.ends.pop();
        if (attempt === null) break;
        this.at = Math.max(this.at, time);
        ended.push(attempt);
      }
      this.pass((pass) => {
        for (const attempt of ended)
          pass.report({ kind: 'attemptEnded', attempt, end: { kind: 'exited', code: 0 } });
      });
    }
  }

  get now(): number {
    return this.at;
  }

  get completed(): number {
    let completed = 0;
    for (const batch of this.core.state.batches.values()) completed += countOf(batch.counts, 'COMPLETED');
    return completed;
  }

  /** A benchmark of something wrong is worth nothing. */
  check(tasks: number): void {
    if (this.completed !== tasks) throw new Error(`${this.completed} of ${tasks} tasks completed`);
    if (this.tooEarly > 0) throw new Error(`${this.tooEarly} tasks were started too early`);
  }

  private pass(fill: (pass: Pass) => void): void {
    const worked = workedMilliseconds();
    const start = process.hrtime.bigint();
    const pass = new Pass(this.core, this.at);
    fill(pass);
    pass.finish();
    this.passes.push(millisecondsSince(start));
    this.spent += workedMilliseconds() - worked;
    this.facts += pass.facts.length;
    this.onFacts(pass.facts);
    this.more = pass.more;
    for (const effect of pass.effects) this.perform(effect);
  }

  private perform(effect: Effect): void {
    if (effect.kind !== 'startAttempt') return;
    const { live } = effect;
    // Clocks tell whole milliseconds.
    this.ends.push(this.at + Math.round(1000 + this.random() * 59_000), live.id);
    if (!this.core.state.attempts.has(live.id) || waitsForSomething(live)) this.tooEarly++;
  }
}

function waitsForSomething({ step, task }: LiveAttempt): boolean {
  return step.incoming.some(
    ({ from, spec }) =>
      from !== null && !isJob(from) && mappingOf(spec) !== null && from.states[task] !== codes.COMPLETED,
  );
}
