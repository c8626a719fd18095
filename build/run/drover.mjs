// npm run -s drover -- COMMAND ...: the command line from a checkout. Its stdout is the command's alone.
import { buildApp } from './build-app.mjs';
import { cli, note, runCommand } from './prepare.mjs';
import { callersFolder, runInForeground } from './processes.mjs';

await runCommand(async () => {
  await buildApp(note);
  return runInForeground(process.execPath, [cli, ...process.argv.slice(2)], { cwd: callersFolder() });
});
