/** A built Host in a process of its own, with nodes of this machine, for the benchmarks. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ChaosFarm } from '../../chaos/farm';
import { defaultSettings, type NodeSettings } from '../../../shared/model/settings';

/** Seen from where the benchmarks are built to. */
const cli = join(import.meta.dirname, '../../main/cli.js');

export async function withFarm<Result>(work: (farm: ChaosFarm) => Promise<Result>): Promise<Result> {
  const farm = new ChaosFarm(cli);
  try {
    return await work(farm);
  } finally {
    await farm.close();
  }
}

/** How many tasks of one core each node runs at once; those that are not named are as they are. */
export async function setSlots(farm: ChaosFarm, slots: Readonly<Record<string, number>>): Promise<void> {
  const settingsOf = (cpu: number): NodeSettings => ({ ...defaultSettings.otherNodes, most: { cpu } });
  const nodes = Object.fromEntries(Object.entries(slots).map(([node, cpu]) => [node, settingsOf(cpu)]));
  await farm.ask('settings.change', { settings: { ...defaultSettings, nodes }, why: null });
}

export async function online(farm: ChaosFarm, count: number): Promise<void> {
  for (;;) {
    const { nodes } = await farm.ask('node.list', {});
    if (nodes.filter(({ state }) => state === 'ONLINE').length >= count) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Runs so many tasks `true`; in milliseconds, from the wish to the end of the last. */
export async function runTasks(farm: ChaosFarm, count: number): Promise<number> {
  const text = JSON.stringify({ drover: 1, jobs: { work: { frames: `1-${count}`, command: ['true'] } } });
  const start = performance.now();
  const source = { kind: 'text', name: 'bench', text, folder: farm.home } as const;
  const { batch } = await farm.ask('batch.submit', { source, parameters: {} });
  const state = await farm.ended(batch);
  if (state !== 'COMPLETED') throw new Error(`the batch is ${state}`);
  return performance.now() - start;
}

/** The least that a Node program can do: starts `true` so many times, so many at once. */
export async function spawnTrue(count: number, atOnce: number): Promise<number> {
  const start = performance.now();
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await new Promise((done) => spawn('true', { stdio: 'ignore' }).once('exit', done));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - start;
}
