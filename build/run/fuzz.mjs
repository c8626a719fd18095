// npm run fuzz [-- --runs N] [--seed N] [PARSER ...]: parsers among inputs that are nearly right. See build/fuzz/parsers.ts.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../runtime/project.mjs';
import { bundle } from './bundle.mjs';
import { runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
    },
  });
  for (const name of ['runs', 'seed'])
    if (!/^\d{1,10}$/.test(values[name]))
      throw new Refusal(`--${name} takes a whole number, not "${values[name]}".`);
  const folder = await bundle('fuzz', { fuzz: 'build/fuzz/fuzz.ts' });
  return runInForeground(process.execPath, [
    join(folder, 'fuzz.js'),
    values.runs,
    values.seed,
    ...positionals,
  ]);
});
