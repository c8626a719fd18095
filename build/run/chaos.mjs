// npm run chaos [-- --kills N] [--tasks N] [--nodes N] [--proofs N] [--seed N]: real Hosts are killed while a
// real farm works, then real programs.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../runtime/project.mjs';
import { buildApp } from './build-app.mjs';
import { bundle } from './bundle.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      tasks: { type: 'string', default: '2000' },
      nodes: { type: 'string', default: '4' },
      proofs: { type: 'string', default: '1' },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    },
  });
  const numbers = ['kills', 'tasks', 'nodes', 'proofs', 'seed'].map((name) => {
    if (!/^\d{1,9}$/.test(values[name]))
      throw new Refusal(`--${name} takes a whole number, not "${values[name]}".`);
    return values[name];
  });
  await prepareRuntime();
  await buildApp(note);
  const folder = await bundle('chaos', { chaos: 'build/chaos/chaos.ts' });
  return runInForeground(process.execPath, [join(folder, 'chaos.js'), ...numbers]);
});
