// npm run pack: the unpacked app, offline. npm run dist: the installers of this platform.
import { buildApp } from './build-app.mjs';
import { makeInstallers, packApp, packedExecutable } from './pack-app.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';

await runCommand(async () => {
  if (process.argv.includes('--installers')) {
    await buildApp(note);
    await makeInstallers();
    note('The installers are in dist/.');
    return;
  }
  const runtime = await prepareRuntime();
  await buildApp(note);
  await packApp(runtime);
  note(`The packed app: ${packedExecutable()}`);
});
