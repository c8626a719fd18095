/** Many small checkpoints at once, each on disk when it is told to be kept. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareWrite, withFolder } from '../engine/durable';
import { millisecondsSince, type BenchCase, type Measurement } from '../measure';
import { openChunkStore } from './large-state';

const count = 5000;
const bytes = 4096;
const bareOnes = 300;

export const smallOnes: BenchCase = {
  name: 'small-ones',
  about: `${count} checkpoints of ${bytes} bytes`,
  runs: 1,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      mkdirSync(join(folder, 'made'));
      const paths = Array.from({ length: count }, (_, index) => join(folder, 'made', `${index}`));
      for (const path of paths) writeFileSync(path, randomBytes(bytes));
      const store = await openChunkStore(folder);
      const start = process.hrtime.bigint();
      await Promise.all(paths.map((path) => store.keep(path)));
      const aMinute = (60_000 * count) / millisecondsSince(start);
      await store.close();
      let bare = 0;
      for (let index = 0; index < bareOnes; index++) bare += bareWrite(folder, randomBytes(bytes));
      return [
        {
          case: 'kept a minute',
          value: aMinute,
          unit: 'files',
          reference: (60_000 * bareOnes) / bare,
          against: 'a file written and synced, one after the other',
          target: { of: 'value', is: 'least', amount: 10_000 },
        },
      ];
    }),
};
