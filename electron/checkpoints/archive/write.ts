import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesFolder, manifestName, type Manifest } from './manifest';
import { endOfArchive, headersOf, paddingOf } from './tar';

/** Under its name there is all of it, or what was there before. `replaces`: what has the name already. */
export async function writeArchive(
  file: string,
  manifest: Manifest,
  read: (hash: string) => AsyncIterable<Uint8Array>,
  replaces: boolean,
): Promise<void> {
  const part = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const handle = await open(part, 'wx');
    try {
      for await (const bytes of bytesOf(manifest, read)) await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link takes no name that is taken.
    if (replaces) await rename(part, file);
    else await link(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

async function* bytesOf(
  manifest: Manifest,
  read: (hash: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { madeAt } = manifest;
  const about = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  yield headersOf({ name: manifestName, bytes: about.length }, madeAt);
  yield about;
  yield paddingOf(about.length);
  for (const { path, bytes, hash } of manifest.files) {
    yield headersOf({ name: `${filesFolder}${path}`, bytes }, madeAt);
    let written = 0;
    for await (const some of read(hash)) {
      written += some.length;
      yield some;
    }
    if (written !== bytes) throw new Error(`${path} has ${written} bytes in the store instead of ${bytes}`);
    yield paddingOf(bytes);
  }
  yield endOfArchive;
}
