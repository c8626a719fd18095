import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderSize } from './folder-size';

it('adds up all files below a folder, and follows no links', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-size-'));
  try {
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await writeFile(join(folder, 'one'), 'x'.repeat(100));
    await writeFile(join(folder, 'a', 'b', 'two'), 'x'.repeat(11));
    await symlink(folder, join(folder, 'a', 'round'));
    expect(await folderSize(folder)).toBe(111);
    expect(await folderSize(join(folder, 'nowhere'))).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
