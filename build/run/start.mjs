// npm start [-- FILE ...]: opens Drover's window, or hosts the same farm in the terminal where there is no display.
import { resolve } from 'node:path';
import { buildApp } from './build-app.mjs';
import { hasDisplay, windowCommand } from './display.mjs';
import { cli, note, prepareRuntime, runCommand } from './prepare.mjs';
import { callersFolder, runInForeground } from './processes.mjs';

await runCommand(async () => {
  const folder = callersFolder();
  const given = process.argv
    .slice(2)
    .map((argument) => (argument.startsWith('-') ? argument : resolve(folder, argument)));
  if (hasDisplay()) {
    const runtime = await prepareRuntime();
    await buildApp(note);
    const { program, leading } = await windowCommand(runtime);
    return runInForeground(program, [...leading, ...given]);
  }
  await buildApp(note);
  note('There is no display here: the same farm runs in this terminal, without Electron. Ctrl+C ends it;');
  note('in another terminal, `npm run -s drover -- list` shows its work.');
  return runInForeground(process.execPath, [cli, 'serve', ...given]);
});
