/** Runs steps of a job on this machine, one task after the other, in one session. */
import type { Environment, Job, JobStep } from '../model';
import type { ActionState } from './action';
import type { SessionLog } from './log';
import type { MayRedact } from './may-redact';
import type { PathMappingRule } from './path-mapping';
import { Session } from './session';
import type { SessionFolder } from './session-folder';
import type { TaskSource } from './task-source';

export interface StepRun {
  readonly step: JobStep;
  /** Made when it is the step's turn. */
  readonly tasks: () => TaskSource;
}

export interface RunOptions {
  readonly job: Job;
  /** In the order in which they run. */
  readonly steps: readonly StepRun[];
  readonly rules: readonly PathMappingRule[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: SessionFolder;
  readonly log: SessionLog;
  readonly mayRedact: MayRedact;
}

export interface RunResult {
  readonly state: ActionState;
  /** Which of them failed, or was running when it was canceled. */
  readonly step: string | null;
  readonly tasksRun: number;
  readonly seconds: number;
}

export class JobRun {
  private session: Session | null = null;
  private isInterrupted = false;
  private worst: ActionState = 'succeeded';
  private tasksRun = 0;
  private failedStep: string | null = null;

  constructor(private readonly options: RunOptions) {}

  /** Ends what runs, and goes on to leave the environments; again: ends what runs then, at once. */
  interrupt(): void {
    this.isInterrupted = true;
    this.session?.interrupt();
  }

  async run(): Promise<RunResult> {
    const started = performance.now();
    const { job, steps, rules, environment, folder, log } = this.options;
    const { parameters } = job;
    const session = await Session.open({ parameters, rules, environment, folder, log });
    this.session = session;
    try {
      if (await this.enterAll(session, job.environments))
        for (const step of steps) if (!(await this.runStep(session, step))) break;
    } finally {
      await this.leaveTo(session, 0);
    }
    const seconds = (performance.now() - started) / 1000;
    return { state: this.state(), step: this.failedStep, tasksRun: this.tasksRun, seconds };
  }

  private async runStep(session: Session, { step, tasks }: StepRun): Promise<boolean> {
    this.options.log.write('INFO', `Running step '${step.name}'`);
    const depth = session.depth;
    try {
      if (await this.enterAll(session, step.environments)) await this.runTasks(session, step, tasks());
    } finally {
      await this.leaveTo(session, depth);
    }
    if (!this.goesOn) this.failedStep ??= step.name;
    return this.goesOn;
  }

  private async runTasks(session: Session, step: JobStep, tasks: TaskSource): Promise<void> {
    const mayRedact = this.options.mayRedact(null);
    for (let task = tasks.next(); task !== null && this.goesOn; task = tasks.next()) {
      const started = performance.now();
      this.note(await session.runTask(step.script, task, mayRedact));
      this.tasksRun++;
      tasks.took((performance.now() - started) / 1000);
    }
  }

  private async enterAll(session: Session, environments: readonly Environment[]): Promise<boolean> {
    for (const environment of environments) {
      if (!this.goesOn) break;
      this.note(await session.enter(environment, this.options.mayRedact(environment)));
    }
    return this.goesOn;
  }

  private async leaveTo(session: Session, depth: number): Promise<void> {
    while (session.depth > depth) this.note(await session.leave());
  }

  private note(state: ActionState): void {
    if (this.worst === 'succeeded') this.worst = state;
  }

  private get goesOn(): boolean {
    return this.worst === 'succeeded' && !this.isInterrupted;
  }

  /** Interrupted between two actions, it has not done what it should either. */
  private state(): ActionState {
    return this.worst === 'succeeded' && this.isInterrupted ? 'canceled' : this.worst;
  }
}
