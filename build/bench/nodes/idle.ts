/** What it costs to have many nodes that do nothing. */
import { readFileSync } from 'node:fs';
import type { BenchCase, Measurement } from '../measure';
import { online, withFarm } from './farm';

const nodes = 100;
const seconds = 60;
const ticksASecond = 100;

/** Of the Host's process: seconds of processor time so far, and MiB of memory. */
function used(pid: number): { readonly cpu: number; readonly memory: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const ticks = Number(stat[11]) + Number(stat[12]);
  return { cpu: ticks / ticksASecond, memory: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024 };
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Percent of a core, and memory afterwards. */
async function whileIdle(pid: number): Promise<{ readonly percent: number; readonly memory: number }> {
  await pause(15_000);
  const before = used(pid);
  await pause(seconds * 1000);
  const after = used(pid);
  return { percent: (100 * (after.cpu - before.cpu)) / seconds, memory: after.memory };
}

export const idleNodes: BenchCase = {
  name: 'idle',
  about: `a Host with ${nodes} nodes over SSH and nothing to do (Linux)`,
  runs: 1,
  run: () =>
    withFarm(async (farm): Promise<readonly Measurement[]> => {
      await farm.startServers(nodes);
      await farm.serve();
      await online(farm, 1);
      const { pid } = await farm.ask('host.info', {});
      const without = await whileIdle(pid);
      for (let number = 1; number <= nodes; number++) await farm.addNode(`node${number}`);
      await online(farm, nodes + 1);
      const withThem = await whileIdle(pid);
      return [
        {
          case: 'processor',
          value: withThem.percent,
          unit: '% of a core',
          reference: without.percent,
          against: 'the same Host with this machine alone',
          target: { of: 'value', is: 'most', amount: 2 },
        },
        {
          case: 'memory for each node',
          value: (withThem.memory - without.memory) / nodes,
          unit: 'MiB',
          reference: without.memory,
          against: 'the whole Host with this machine alone',
          target: { of: 'value', is: 'most', amount: 1 },
        },
      ];
    }),
};
