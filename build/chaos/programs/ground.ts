/** Two nodes, reached by SSH, on which real programs are killed; and what is to be seen of it. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AttemptRow } from '../../../shared/ipc/job';
import type { NodeId } from '../../../shared/model/ids';
import type { SubmittedBatch } from '../../../shared/ipc/submissions';
import type { SshdServer } from '../../integration/sshd/sshd';
import { ChaosFarm } from '../farm';

/** A batch that runs, with the job that is killed again and again. */
export interface Run extends SubmittedBatch {
  readonly job: `b${number}.${string}`;
  /** Resolves with its state, once it has ended. */
  readonly ended: Promise<string>;
  hasEnded: boolean;
}

/** Five seconds: what stays as it is has been looked at twice by then. */
const mostLooks = 50;
const betweenLooks = 100;
/** In milliseconds. */
const moreWork = 50;

export class Ground {
  private readonly aside = new Set<NodeId>();

  private constructor(
    private readonly farm: ChaosFarm,
    private readonly servers: readonly SshdServer[],
    /** The folder with the shipped ones. */
    readonly samples: string,
  ) {}

  /** @param cli the built program of the terminal */
  static async open(cli: string): Promise<Ground> {
    const farm = new ChaosFarm(cli);
    try {
      const servers = await farm.startServers(2);
      const ground = new Ground(farm, servers, resolve(cli, '../../../resources/samples'));
      await farm.serve();
      for (const node of ground.nodes) await farm.addNode(node);
      await ground.rests('local', true);
      return ground;
    } catch (error) {
      await farm.close();
      throw error;
    }
  }

  get folder(): string {
    return this.farm.home;
  }

  /** Its results are in a folder of its name. */
  async submit(name: string, job: string, about: object): Promise<Run> {
    const recipe = { drover: 1, batch: name, output: join(this.folder, name), jobs: { [job]: about } };
    return this.submitText(JSON.stringify(recipe), this.folder, job);
  }

  async submitText(
    text: string,
    folder: string,
    job: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<Run> {
    const source = { kind: 'text', name: 'proof', text, folder } as const;
    const submitted = await this.farm.ask('batch.submit', { source, parameters });
    const ended = this.farm.ended(submitted.batch);
    const run: Run = { ...submitted, job: `${submitted.batch}.${job}`, ended, hasEnded: false };
    const isOver = (): void => void (run.hasEnded = true);
    ended.then(isOver, isOver);
    return run;
  }

  /** Looks at what no event tells of; a run that has ended meanwhile is no use any more. */
  async until(run: Run, what: string, condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (run.hasEnded) throw new Error(`${run.job} has ended before ${what}`);
      await pause(10);
    }
  }

  /** Resolves with its processes when a program with this word in its command line runs on one of the nodes. */
  async running(run: Run, word: string): Promise<readonly number[]> {
    let pids: readonly number[] = [];
    await this.until(run, `${word} was started again`, () => {
      pids = this.processes(word);
      return pids.length > 0;
    });
    return pids;
  }

  processes(word: string): readonly number[] {
    return this.servers.flatMap((server) => server.running(word));
  }

  /**
   * Of its only task: killed, with something to go on from, and not tried again before the nodes are taken back.
   * It is held as soon as it has saved something: quick programs write all over again before it is found.
   */
  async savedAndDead(run: Run, word: string, saved: RegExp): Promise<string> {
    const pids = await this.running(run, word);
    const hasSaved = (): boolean => readdirSync(run.output).some((name) => saved.test(name));
    await this.until(run, 'it had saved anything', hasSaved);
    while (!(await this.isFoundWhileHeld(run, pids))) await pause(moreWork);
    await this.restAll();
    signal(this.processes(word), 'SIGKILL');
    while ((await this.attempts(run)).some(({ end }) => end === null)) await pause(50);
    const next = (await this.checkpoints(run)).find(({ isNext }) => isNext);
    if (next === undefined) throw new Error(`${run.job} has nothing to go on from`);
    return next.name;
  }

  /** False: what it was just writing is not whole, and it goes on. */
  private async isFoundWhileHeld(run: Run, pids: readonly number[]): Promise<boolean> {
    if (run.hasEnded) throw new Error(`${run.job} has ended before what it had saved was found`);
    signal(pids, 'SIGSTOP');
    for (let looks = 0; looks < mostLooks; looks++) {
      if ((await this.checkpoints(run)).length > 0) return true;
      await pause(betweenLooks);
    }
    signal(pids, 'SIGCONT');
    return false;
  }

  /** What is killed there goes on at the other node. */
  async leave(word: string): Promise<void> {
    const at = this.servers.findIndex((server) => server.running(word).length > 0);
    for (const [index, node] of this.nodes.entries()) if (index !== at) await this.rests(node, false);
    for (const [index, node] of this.nodes.entries()) if (index === at) await this.rests(node, true);
  }

  /** Until the nodes are taken back, nothing that was killed is tried again. */
  async restAll(): Promise<void> {
    for (const node of this.nodes) await this.rests(node, true);
  }

  async takeBackAll(): Promise<void> {
    for (const node of this.nodes) await this.rests(node, false);
  }

  async attempts({ job }: Run): Promise<readonly AttemptRow[]> {
    return (await this.farm.ask('task.attempts', { job, step: 0, task: 0 })).attempts;
  }

  /** What its last attempt has printed. */
  async lastLog({ job }: Run): Promise<string> {
    const place = { job, step: 0, task: 0, from: 0, bytes: 1 << 20 };
    return (await this.farm.ask('log.read', place)).text;
  }

  /** So many attempts of all its tasks came to nothing. */
  async failedAttempts({ jobs }: Run): Promise<number> {
    let failed = 0;
    for (const job of jobs) {
      const { tasks } = await this.farm.ask('task.list', { job, step: 0, from: 0, count: 1000 });
      for (const { attempts } of tasks) failed += attempts - 1;
    }
    return failed;
  }

  /** What people are told of it, the newest first. */
  async history({ batch }: Run): Promise<readonly string[]> {
    const { entries } = await this.farm.ask('history.list', { what: batch, before: null, count: 200 });
    return entries.map(({ what }) => what);
  }

  async checkpoints({ batch }: Run) {
    return (await this.farm.ask('checkpoint.list', { what: batch, before: null, count: 200 })).checkpoints;
  }

  close(): Promise<void> {
    return this.farm.close();
  }

  private get nodes(): readonly NodeId[] {
    return this.servers.map((_, index): NodeId => `node${index + 1}`);
  }

  private async rests(node: NodeId, isResting: boolean): Promise<void> {
    if (this.aside.has(node) === isResting) return;
    if (isResting) await this.farm.ask('node.setAside', { node, why: null, until: null });
    else await this.farm.ask('node.takeBack', { node, why: null });
    if (isResting) this.aside.add(node);
    else this.aside.delete(node);
  }
}

/** They may have ended meanwhile. */
export function signal(pids: readonly number[], name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // It has.
    }
}

/** These files of a folder, the one that was written last first. */
export const newest = (folder: string, names: readonly string[]): readonly string[] =>
  names.toSorted((a, b) => writtenAt(join(folder, b)) - writtenAt(join(folder, a)));

/** When it was last written; 0: it is not there. */
export const writtenAt = (path: string): number => (existsSync(path) ? statSync(path).mtimeMs : 0);

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));
