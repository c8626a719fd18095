// node build/runtime/cli.mjs [--print]: makes the runtime ready; --print writes where it is as JSON.
import { ensureDatabase } from './database.mjs';
import { logToStderr } from './progress.mjs';
import { runMain } from './project.mjs';
import { describeRuntime, runtime } from './runtime.mjs';
import { ensureElectronCanRun } from './system.mjs';

await runMain(async () => {
  const found = await runtime();
  await ensureElectronCanRun(found.executable, logToStderr);
  await ensureDatabase(found, logToStderr);
  if (process.argv.includes('--print')) console.log(JSON.stringify(found, undefined, 2));
  else logToStderr(describeRuntime(found));
});
