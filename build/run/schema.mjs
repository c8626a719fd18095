// npm run schema: writes the forms of files as editors read them to resources/schema, from what validates them.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../runtime/project.mjs';
import { note, runCommand } from './prepare.mjs';

const target = join(projectFolder, 'resources', 'schema');

await runCommand(async () => {
  await mkdir(target, { recursive: true });
  for (const room of ['submit', 'report']) {
    const { shippedSchemas } = await loadSchemas(room);
    for (const [name, schema] of Object.entries(shippedSchemas())) {
      await writeFile(join(target, name), `${JSON.stringify(schema, null, 2)}\n`);
      note(`Wrote resources/schema/${name}`);
    }
  }
  return 0;
});

/** As one bundle, since Node cannot read the sources as they are. */
async function loadSchemas(room) {
  const { build } = await import('vite');
  const folder = await mkdtemp(join(tmpdir(), 'drover-schema-'));
  try {
    await build({
      root: projectFolder,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(projectFolder, 'electron', room, 'schema', 'json-schema.ts'),
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'schema.mjs' } },
      },
      ssr: { noExternal: true },
    });
    return await import(pathToFileURL(join(folder, 'schema.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
