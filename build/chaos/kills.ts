/** The Host is killed again and again while its farm works: every task is to run exactly once all the same. */
import { seededRandom } from '../bench/measure';
import { ChaosFarm } from './farm';
import { Ledger, written } from './ledger';

export interface KillPlan {
  readonly kills: number;
  readonly tasks: number;
  /** This machine is one of them. */
  readonly nodes: number;
  readonly seed: number;
  /** The built program of the terminal. */
  readonly cli: string;
  readonly tell?: (line: string) => void;
}

export interface KillResult {
  readonly complaints: readonly string[];
  readonly kills: number;
  readonly seconds: number;
  /** How many attempts each node had, this machine first. */
  readonly shares: readonly number[];
  /** Attempts of which it was proven that they never began: another was made for the same task. */
  readonly neverBegan: number;
}

/** A part of the Hosts is killed while it still starts. */
const killedEarly = 0.2;
const longestStart = 900;
/** And all others up to so much after the attempt that their time has come with. */
const longestAfter = 60;

export async function killAgainAndAgain(plan: KillPlan): Promise<KillResult> {
  const { tasks, seed, tell = () => {} } = plan;
  const started = Date.now();
  const random = seededRandom(seed);
  const farm = new ChaosFarm(plan.cli);
  try {
    const servers = await farm.startServers(plan.nodes - 1);
    const ledger = new Ledger([farm.home, ...servers.map(({ home }) => home)]);
    await farm.serve();
    for (const number of servers.keys()) await farm.addNode(`node${number + 1}`);
    const { batch } = await farm.ask('batch.submit', { source: recipeFor(tasks, farm.home), parameters: {} });

    let kills = 0;
    for (; kills < plan.kills && ledger.begun < tasks; kills++) {
      const { begun } = ledger;
      const share = Math.ceil((tasks - begun) / (plan.kills - kills + 1));
      // Many are killed with nothing done, and some live long.
      const due = begun + Math.floor(random() * 2 * share);
      const isEarly = random() < killedEarly;
      const moment = random();
      if (!isEarly) while (ledger.begun < Math.min(due, tasks)) await pause(5);
      await pause(moment * (isEarly ? longestStart : longestAfter));
      await farm.kill();
      if ((kills + 1) % 20 === 0)
        tell(`${kills + 1} kills, ${ledger.begun} of ${tasks} tasks have begun, ${since(started)} s`);
      if (kills + 1 < plan.kills) farm.begin();
    }
    await farm.kill();
    await farm.serve();
    const state = await farm.ended(batch);

    const complaints = [...ledger.complaints(tasks)];
    if (state !== 'COMPLETED') complaints.push(`the batch is ${state}`);
    let attempts = 0;
    for (let from = 0; from < tasks; from += 1000) {
      const range = { job: `${batch}.work`, step: 0, from, count: 1000 } as const;
      for (const row of (await farm.ask('task.list', range)).tasks) {
        attempts += row.attempts;
        if (row.state !== 'COMPLETED') complaints.push(`task ${row.label} is ${row.state}`);
      }
    }
    return {
      complaints,
      kills,
      seconds: since(started),
      shares: ledger.shares,
      neverBegan: attempts - ledger.begun,
    };
  } finally {
    await farm.close();
  }
}

const recipeFor = (tasks: number, folder: string) =>
  ({
    kind: 'text',
    name: 'kills',
    text: JSON.stringify({
      drover: 1,
      batch: 'Survivor',
      jobs: { work: { frames: `1-${tasks}`, run: written('{{Frame}}', 'sleep 0.1') } },
    }),
    folder,
  }) as const;

const since = (start: number): number => Math.round((Date.now() - start) / 100) / 10;

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
