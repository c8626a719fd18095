/** How soon somebody who has just submitted one task sees it do something. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosFarm } from '../../chaos/farm';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { online, withFarm } from './farm';

const times = 30;
const now = (): number => performance.timeOrigin + performance.now();

/** Milliseconds from the wish to the moment that the task itself tells. */
async function submitOne(farm: ChaosFarm): Promise<number> {
  const file = join(farm.home, 'said');
  const text = JSON.stringify({ drover: 1, jobs: { one: { run: `date +%s.%N >${file}` } } });
  const start = now();
  const source = { kind: 'text', name: 'one', text, folder: farm.home } as const;
  const { batch } = await farm.ask('batch.submit', { source, parameters: {} });
  await farm.ended(batch);
  return Number(readFileSync(file, 'utf8')) * 1000 - start;
}

async function spawnOne(): Promise<number> {
  const start = now();
  const shell = spawn('sh', ['-c', 'date +%s.%N'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  shell.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await new Promise((done) => shell.once('close', done));
  return Number(said) * 1000 - start;
}

export const firstOutput: BenchCase = {
  name: 'first-output',
  about: 'from the submission of one task to its first output, on a node over SSH',
  runs: 1,
  run: () =>
    withFarm(async (farm): Promise<readonly Measurement[]> => {
      await farm.startServers(1);
      await farm.serve();
      await farm.addNode('node1');
      await online(farm, 2);
      await farm.ask('node.setAside', { node: 'local', why: null, until: null });
      await submitOne(farm);
      const values: number[] = [];
      const references: number[] = [];
      for (let time = 0; time < times; time++) {
        values.push(await submitOne(farm));
        references.push(await spawnOne());
      }
      return [
        {
          case: 'first output',
          value: quantile(values, 0.5),
          unit: 'ms',
          reference: quantile(references, 0.5),
          against: 'a bare Node program that spawns a shell which does the same',
          target: { of: 'value', is: 'most', amount: 30 },
        },
      ];
    }),
};
