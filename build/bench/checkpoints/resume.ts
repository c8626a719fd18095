/** From the death of a program to the first line of the one that goes on from what it had saved. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChaosFarm } from '../../chaos/farm';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { withFarm } from '../nodes/farm';

const bytes = 100 * 1024 * 1024;
const times = 5;
const betweenLooks = 100;

/** Saves once, and is killed when it may go; what it does first of all is to write the time down. */
const program = (lastAct: string): string => `
date +%s.%N >>"{{Output}}/begun"
[ -e "{{Output}}/saved" ] && exit 0
head -c ${bytes} /dev/urandom >"{{Output}}/.part"
mv "{{Output}}/.part" "{{Output}}/state.bin"
touch "{{Output}}/saved"
until [ -e "{{Output}}/go" ]; do sleep 0.05; done
${lastAct}
date +%s.%N >"{{Output}}/died"
kill -9 $$
`;

async function once(farm: ChaosFarm, lastAct: string): Promise<number> {
  const output = mkdtempSync(join(farm.home, 'output-'));
  const text = JSON.stringify({
    drover: 1,
    output,
    jobs: { melt: { run: program(lastAct), retry: 2, checkpoints: { files: ['state.bin'] } } },
  });
  const source = { kind: 'text', name: 'melt', text, folder: farm.home } as const;
  const { batch } = await farm.ask('batch.submit', { source, parameters: {} });
  const ended = farm.ended(batch);
  for (;;) {
    const { checkpoints } = await farm.ask('checkpoint.list', { what: batch, before: null, count: 1 });
    if (checkpoints.length > 0) break;
    await new Promise((done) => setTimeout(done, betweenLooks));
  }
  writeFileSync(join(output, 'go'), '');
  const state = await ended;
  if (state !== 'COMPLETED') throw new Error(`the batch is ${state}`);
  const read = (name: string): readonly number[] =>
    readFileSync(join(output, name), 'utf8').trim().split('\n').map(Number);
  const [, wentOn = Number.NaN] = read('begun');
  const [died = Number.NaN] = read('died');
  rmSync(join(output, 'state.bin'), { force: true });
  return (wentOn - died) * 1000;
}

/** What has to be done at least: each byte is compared with its hash. */
function hashOnce(): number {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'));
  try {
    const file = join(folder, 'state.bin');
    writeFileSync(file, Buffer.alloc(bytes, 'state'));
    const start = performance.now();
    execFileSync('sha256sum', [file]);
    return performance.now() - start;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const resume: BenchCase = {
  name: 'resume',
  about: 'from the death of a program to the first line of the one that goes on from its 100 MiB',
  runs: 1,
  run: () =>
    withFarm(async (farm): Promise<readonly Measurement[]> => {
      await farm.serve();
      const values = { there: new Array<number>(), gone: new Array<number>() };
      const references: number[] = [];
      for (let time = 0; time < times; time++) {
        values.there.push(await once(farm, ':'));
        values.gone.push(await once(farm, 'rm "{{Output}}/state.bin"'));
        references.push(hashOnce());
      }
      const row = (name: string, found: readonly number[]): Measurement => ({
        ...{ case: name, value: quantile(found, 0.5), unit: 'ms', reference: quantile(references, 0.5) },
        against: 'sha256sum of as many bytes',
        target: { of: 'value', is: 'most', amount: 2000 },
      });
      return [row('goes on from what lies there', values.there), row('that is put back', values.gone)];
    }),
};
