// npm run bench [-- SUITE [CASE ...]]: lists the benchmarks, or runs some. See build/bench/bench.ts.
import { join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from '../runtime/project.mjs';
import { buildApp } from './build-app.mjs';
import { onVirtualScreen } from './display.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

const folder = join(projectFolder, 'out', 'bench', 'code');
const at = (file) => join(projectFolder, file);

await runCommand(async () => {
  const suite = process.argv[2];
  // What is measured there is the built program.
  const runtime = suite === 'nodes' || suite === 'window' ? await prepareRuntime() : null;
  if (runtime !== null) await buildApp(note);
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    // Names are kept, so that a profile can be read.
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: {
          bench: at('build/bench/bench.ts'),
          child: at('build/bench/child.ts'),
          'store-worker': at('electron/store/sqlite/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  const words = [join(folder, 'bench.js'), ...process.argv.slice(2)];
  if (suite !== 'window') return runInForeground(process.execPath, words);
  return onVirtualScreen((screen) =>
    runInForeground(process.execPath, words, {
      env: { ...screen, DROVER_ELECTRON: runtime.executable },
    }),
  );
});
