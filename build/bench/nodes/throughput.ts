/** Short tasks, one after the other: what Drover adds to each. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { quantile, type BenchCase, type Measurement } from '../measure';
import type { ChaosFarm } from '../../chaos/farm';
import { online, runTasks, setSlots, spawnTrue, withFarm } from './farm';

/** Others may use the machine: what is compared is done in turns, and the median of them counts. */
const turns = 5;
const tasksATurn = 1000;

type Way = () => Promise<number>;

/** The median milliseconds a task of each way. */
async function inTurns(...ways: readonly Way[]): Promise<readonly number[]> {
  const measured = ways.map((): number[] => []);
  for (let turn = 0; turn < turns; turn++)
    for (const [index, way] of ways.entries()) measured[index]?.push((await way()) / tasksATurn);
  return measured.map((values) => quantile(values, 0.5));
}

export const localTasks: BenchCase = {
  name: 'local',
  about: `${turns * tasksATurn} tasks \`true\` on 2 slots of this machine, through the whole Host`,
  runs: 1,
  run: () =>
    withFarm(async (farm): Promise<readonly Measurement[]> => {
      await farm.serve();
      await setSlots(farm, { local: 2 });
      await online(farm, 1);
      await runTasks(farm, 200);
      const [value = 0, reference = 0] = await inTurns(
        () => runTasks(farm, tasksATurn),
        () => spawnTrue(tasksATurn, 2),
      );
      return [
        {
          case: 'a task here',
          value,
          unit: 'ms',
          reference,
          against: 'a bare Node program that only spawns `true`, 2 at once',
          target: { of: 'ratio', is: 'most', amount: 1.4 },
        },
      ];
    }),
};

export const sshTasks: BenchCase = {
  name: 'ssh',
  about: `${turns * tasksATurn} tasks \`true\` on 2 nodes over SSH with a slot each, through the whole Host`,
  runs: 1,
  run: () =>
    withFarm(async (farm): Promise<readonly Measurement[]> => {
      await farm.startServers(2);
      await farm.serve();
      await setSlots(farm, { local: 2, node1: 1, node2: 1 });
      for (const name of ['node1', 'node2']) await farm.addNode(name);
      await online(farm, 3);
      const without = async (nodes: readonly string[], work: Way): Promise<number> => {
        for (const node of nodes) await farm.ask('node.setAside', { node, why: null, until: null });
        const took = await work();
        for (const node of nodes) await farm.ask('node.takeBack', { node, why: null });
        return took;
      };
      const there: Way = () => without(['local'], () => runTasks(farm, tasksATurn));
      const here: Way = () => without(['node1', 'node2'], () => runTasks(farm, tasksATurn));
      await there();
      const [value = 0, reference = 0] = await inTurns(there, here);
      const measured: Measurement = {
        case: 'a task over SSH',
        value,
        unit: 'ms',
        reference,
        against: 'the same on 2 slots of this machine',
        target: { of: 'ratio', is: 'most', amount: 2 },
      };
      const parallel = await gnuParallel(farm);
      return parallel === null
        ? [measured]
        : [
            measured,
            {
              ...measured,
              case: 'beside GNU parallel',
              reference: parallel,
              against: 'GNU parallel --sshlogin with one connection kept for each node (-M)',
              target: { of: 'ratio', is: 'most', amount: 1 },
            },
          ];
    }),
};

/** It is slow, so it gets fewer. Null: it is not installed. */
async function gnuParallel({ home }: ChaosFarm): Promise<number | null> {
  if (spawnSync('parallel', ['--version']).status !== 0) return null;
  const tasks = 100;
  const ssh = `ssh -F ${join(home, '.ssh', 'config')} -o UserKnownHostsFile=${join(home, '.ssh', 'known_hosts')}`;
  const words = ['--will-cite', '-M', '--ssh', ssh, '--sshlogin', '1/node1,1/node2', 'true', '{}'];
  const start = performance.now();
  const parallel = spawn('parallel', words, {
    env: { ...process.env, HOME: home },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  parallel.stdin.end(Array.from({ length: tasks }, (_, index) => `${index}\n`).join(''));
  const status = await new Promise((done) => parallel.once('exit', done));
  if (status !== 0) throw new Error(`parallel ended with ${String(status)}`);
  return (performance.now() - start) / tasks;
}
