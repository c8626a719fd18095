// npm run schema: writes the forms of files as editors read them to resources/schema, from what validates them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../runtime/project.mjs';
import { loadBundled } from './bundle.mjs';
import { note, runCommand } from './prepare.mjs';

const target = join(projectFolder, 'resources', 'schema');

await runCommand(async () => {
  await mkdir(target, { recursive: true });
  for (const room of ['submit', 'report']) {
    const { shippedSchemas } = await loadBundled(`schema/${room}`, `electron/${room}/schema/json-schema.ts`);
    for (const [name, schema] of Object.entries(shippedSchemas())) {
      await writeFile(join(target, name), `${JSON.stringify(schema, null, 2)}\n`);
      note(`Wrote resources/schema/${name}`);
    }
  }
  return 0;
});
