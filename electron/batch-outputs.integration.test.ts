import { mkdir, mkdtemp, realpath, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPicture } from './batch-outputs';
import { batch, Farm } from './engine/farm-for-tests';
import type { BatchId } from '../shared/model/ids';

let folder: string;
let farm: Farm;
const output = (id: string): string => join(folder, id);

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'drover-pictures-')));
  farm = new Farm();
  await farm.nodeUp({ cpu: 4 });
  for (const id of ['b1', 'b2', 'b3']) {
    await mkdir(output(id));
    await farm.command({
      kind: 'submit',
      by: 'ann',
      batch: batch({ a: { request: { cpu: id === 'b3' ? 99 : 1 } } }),
      outputFor: output,
    });
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a window would get. */
async function shown(id: BatchId, path: string): Promise<string | null> {
  const picture = await openPicture(farm.engine.state.batches, id, path);
  if (picture === null) return null;
  const text = await picture.file.readFile('utf8');
  await picture.file.close();
  return `${picture.type} ${text}`;
}

describe('a picture among the results of a batch', () => {
  test('is shown where it was made by the batch, also further down', async () => {
    await mkdir(join(output('b1'), 'beauty', 'v1'), { recursive: true });
    await writeFile(join(output('b1'), 'beauty', 'v1', 'a.PNG'), 'one');
    expect(await shown('b1', 'beauty/v1/a.PNG')).toBe('image/png one');
    expect(await shown('b2', 'beauty/v1/a.PNG')).toBeNull();
    expect(await shown('b9', 'beauty/v1/a.PNG')).toBeNull();
  });

  test('is not when it lies elsewhere', async () => {
    await writeFile(join(folder, 'secret.png'), 'secret');
    await writeFile(join(output('b2'), 'other.png'), 'other');
    for (const path of ['../secret.png', '../b2/other.png', join(folder, 'secret.png'), 'x/../../secret.png'])
      expect(await shown('b1', path), path).toBeNull();
  });

  test('is not when a link leads there, be it a file or a folder', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'secret.png'), 'secret');
    await symlink(join(folder, 'elsewhere', 'secret.png'), join(output('b1'), 'file.png'));
    await symlink(join(folder, 'elsewhere'), join(output('b1'), 'folder'));
    await writeFile(join(output('b1'), 'real.png'), 'real');
    await symlink('real.png', join(output('b1'), 'inside.png'));
    expect(await shown('b1', 'file.png')).toBeNull();
    expect(await shown('b1', 'folder/secret.png')).toBeNull();
    expect(await shown('b1', 'inside.png')).toBeNull();
    expect(await shown('b1', 'real.png')).toBe('image/png real');
  });

  test('is shown when the folder of results itself is reached by a link', async () => {
    await writeFile(join(output('b2'), 'a.png'), 'two');
    await rm(output('b1'), { recursive: true });
    await symlink(output('b2'), output('b1'));
    expect(await shown('b1', 'a.png')).toBe('image/png two');
  });

  test('is not when it is older than the batch, too large, no file or no picture', async () => {
    const old = join(output('b1'), 'old.png');
    await writeFile(old, 'old');
    await utimes(old, 0, 0);
    await writeFile(join(output('b1'), 'large.png'), '');
    await truncate(join(output('b1'), 'large.png'), 256 * 1024 * 1024 + 1);
    await mkdir(join(output('b1'), 'folder.png'));
    for (const name of ['page.html', 'drawing.svg', 'recipe.yaml'])
      await writeFile(join(output('b1'), name), 'x');
    for (const path of ['large.png', 'folder.png', 'page.html', 'drawing.svg', 'recipe.yaml', 'none.png'])
      expect(await shown('b1', path), path).toBeNull();
  });

  test('is not of a batch that has not begun', async () => {
    await writeFile(join(output('b3'), 'a.png'), 'three');
    expect(await shown('b3', 'a.png')).toBeNull();
  });
});
