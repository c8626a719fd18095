// npm run bench [-- SUITE [CASE ...]]: lists the benchmarks, or runs some. See build/bench/bench.ts.
import { join } from 'node:path';
import { buildApp } from './build-app.mjs';
import { bundle } from './bundle.mjs';
import { onVirtualScreen } from './display.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

await runCommand(async () => {
  const suite = process.argv[2];
  // What is measured there is the built program.
  const runtime = ['checkpoints', 'nodes', 'window'].includes(suite) ? await prepareRuntime() : null;
  if (runtime !== null) await buildApp(note);
  const folder = await bundle('bench/code', {
    bench: 'build/bench/bench.ts',
    child: 'build/bench/child.ts',
    'store-worker': 'electron/store/sqlite/worker.ts',
    'checkpoint-worker': 'electron/checkpoints/store/worker.ts',
  });
  const words = [join(folder, 'bench.js'), ...process.argv.slice(2)];
  if (suite !== 'window') return runInForeground(process.execPath, words);
  return onVirtualScreen((screen) =>
    runInForeground(process.execPath, words, {
      env: { ...screen, DROVER_ELECTRON: runtime.executable },
    }),
  );
});
