import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { BacktestSummary, Forecast, JobForecast } from '../shared/model/forecast';
import type { AttemptId, JobId } from '../shared/model/ids';
import { jobIdSchema } from '../shared/ipc/schemas';
import type { Background } from './background';
import { Backtest, type KeptBacktest } from './engine/forecast/backtest';
import { forecast } from './engine/forecast/forecast';
import { Plan } from './engine/forecast/plan';
import { jobState } from './engine/derived';
import type { Changes } from './engine/reduce/changes';
import type { FarmState } from './engine/state';

export interface ForecastSource {
  readonly state: () => FarmState;
  readonly now: () => number;
  readonly progress: (attempt: AttemptId) => number | null;
  /** What is expected of these jobs is known, or is something else now. */
  readonly onForecast: (jobs: readonly JobId[]) => void;
  readonly file: string;
  readonly background: Background;
}

/** What goes on is foretold soon after it began, and again as more becomes known, but not all the time. */
const firstAfter = 1_000;
const notOftenerThan = 30_000;
/** In a large farm it takes a while: then it has so many times as long until the next. */
const restsAsLong = 20;

/** Foretells when jobs will end, keeps what was foretold of those that run, and sees how it came out. */
export class Forecasts {
  private newest: Forecast | null = null;
  private newestPlan: Plan | null = null;
  private byJob = new Map<JobId, JobForecast>();
  private running: Promise<Forecast | null> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private rest = notOftenerThan;
  private readonly backtest: Backtest;

  constructor(private readonly source: ForecastSource) {
    this.backtest = readKept(source.file);
  }

  of(job: JobId): JobForecast | null {
    return this.byJob.get(job) ?? null;
  }

  /** Which work is expected on which node. Null: it is not worked out yet, but will be soon. */
  get planned(): Plan | null {
    if (this.newestPlan === null) this.plan();
    return this.newestPlan;
  }

  get summary(): BacktestSummary {
    return this.backtest.summary();
  }

  /** As the farm is now. Null: Drover is closing. */
  async now(): Promise<Forecast | null> {
    this.running ??= this.make().finally(() => (this.running = null));
    return this.running;
  }

  note({ jobs }: Changes): void {
    const state = this.source.state();
    for (const id of jobs) {
      const job = state.jobs.get(id);
      if (job === undefined) continue;
      const is = jobState(job);
      if (is === 'RUNNING' || is === 'QUEUED') this.plan();
      if (is === 'COMPLETED' && job.endedAt !== null) this.backtest.finish(id, job.endedAt);
      if (is === 'FAILED' || is === 'CANCELLED' || is === 'PAUSED') this.backtest.drop(id);
      if (is === 'COMPLETED' || is === 'FAILED' || is === 'CANCELLED') this.byJob.delete(id);
    }
  }

  /** What was foretold is kept for the next start. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    const { file } = this.source;
    try {
      writeFileSync(`${file}.new`, JSON.stringify(this.backtest), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      console.error(`How good forecasts were could not be kept in ${file}: ${String(error)}`);
    }
  }

  private plan(): void {
    if (this.timer !== null || this.source.background.isClosing) return;
    const since = this.newest === null ? Infinity : this.source.now() - this.newest.at;
    const wait = Math.max(firstAfter, this.rest - since);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.now();
    }, wait);
    this.timer.unref();
  }

  private async make(): Promise<Forecast | null> {
    const { state, now, progress, onForecast, background } = this.source;
    const at = now();
    const plan = new Plan(at);
    const made = await background.run(forecast(state(), at, { progress, onEnd: plan.add }));
    if (made === null) return null;
    this.newestPlan = plan;
    this.rest = Math.max(notOftenerThan, restsAsLong * (now() - at));
    this.newest = made;
    this.byJob = new Map(made.jobs.map((job) => [job.job, job]));
    for (const { job, end } of made.jobs) {
      const record = state().jobs.get(job);
      if (end !== null && record !== undefined && jobState(record) === 'RUNNING')
        this.backtest.add(job, at, end);
    }
    onForecast(made.jobs.map(({ job }) => job));
    return made;
  }
}

const kept: z.ZodType<KeptBacktest> = z.object({
  pending: z.array(z.tuple([jobIdSchema, z.object({ at: z.number(), p50: z.number(), p90: z.number() })])),
  checked: z.array(z.object({ error: z.number(), outcome: z.enum(['early', 'inside', 'late']) })),
});

/** Of no other use than to be shown: what cannot be read is begun anew. */
function readKept(file: string): Backtest {
  try {
    return Backtest.from(kept.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return new Backtest();
  }
}
