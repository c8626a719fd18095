// npm run chaos [-- --kills N] [--tasks N] [--nodes N] [--seed N]: real Hosts are killed while a real farm works.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { buildApp } from './build-app.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

const folder = join(projectFolder, 'out', 'chaos');

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      tasks: { type: 'string', default: '2000' },
      nodes: { type: 'string', default: '4' },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    },
  });
  const numbers = ['kills', 'tasks', 'nodes', 'seed'].map((name) => {
    if (!/^\d{1,9}$/.test(values[name]))
      throw new Refusal(`--${name} takes a whole number, not "${values[name]}".`);
    return values[name];
  });
  await prepareRuntime();
  await buildApp(note);
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(projectFolder, 'build', 'chaos', 'chaos.ts'),
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'chaos.js' } },
    },
  });
  return runInForeground(process.execPath, [join(folder, 'chaos.js'), ...numbers]);
});
