// npm run fuzz [-- --runs N] [--seed N] [PARSER ...]: parsers among inputs that are nearly right. See build/fuzz/parsers.ts.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

const folder = join(projectFolder, 'out', 'fuzz');

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
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(projectFolder, 'build', 'fuzz', 'fuzz.ts'),
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'fuzz.js' } },
    },
  });
  return runInForeground(process.execPath, [
    join(folder, 'fuzz.js'),
    values.runs,
    values.seed,
    ...positionals,
  ]);
});
