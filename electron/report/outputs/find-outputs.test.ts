import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOutputs } from './find-outputs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-outputs-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const long = 3_600_000;

test('files are found in all folders below, in the order of their numbers; reports and hidden ones are not', async () => {
  await mkdir(join(folder, 'beauty', 'left'), { recursive: true });
  const names = ['beauty/left/10.exr', 'beauty/left/9.exr', 'film.mov', 'beauty/report.html'];
  for (const name of [
    ...names,
    'report.html',
    'report.json',
    'report-b7-20260105-093000.json',
    '.hidden',
    '.report.html.b7.tmp',
  ])
    await writeFile(join(folder, name), 'xx');
  const { files, found, bytes, remarks } = await findOutputs(folder, Date.now());
  expect(files.map(({ path }) => path)).toEqual([
    'beauty/left/9.exr',
    'beauty/left/10.exr',
    'beauty/report.html',
    'film.mov',
  ]);
  expect([found, bytes, remarks]).toEqual([4, 8, []]);
});

test('a copy that keeps its old time was made now all the same; what was there before is only counted', async () => {
  await writeFile(join(folder, 'copy'), '');
  await utimes(join(folder, 'copy'), 1000, 1000);
  expect((await findOutputs(folder, Date.now())).files.map(({ path }) => path)).toEqual(['copy']);
  const later = await findOutputs(folder, Date.now() + long);
  expect([later.files, later.found, later.older]).toEqual([[], 0, 1]);
});

test('of very many it lists some, looks at so many, for so long, and says so', async () => {
  for (let index = 0; index < 30; index++) await writeFile(join(folder, `f${index}`), 'x');
  const limits = { listed: 1000, lookedAt: 1000, milliseconds: 60_000 };
  const since = Date.now();
  const few = await findOutputs(folder, since, { ...limits, listed: 10 });
  expect([few.files.length, few.found, few.bytes]).toEqual([10, 30, 30]);
  expect(few.remarks).toEqual(['Only 10 files are listed: those that were found first.']);
  const some = await findOutputs(folder, since, { ...limits, lookedAt: 20 });
  expect(some.found).toBe(20);
  expect(some.remarks).toEqual(['Only the first 20 files and folders were looked at.']);
  const short = await findOutputs(folder, since, { ...limits, milliseconds: -1 });
  expect(short.remarks).toEqual([expect.stringContaining('there may be more')]);
});

test.skipIf(process.platform === 'win32')(
  'links are not followed, out of the folder or in circles',
  async () => {
    await symlink(folder, join(folder, 'circle'));
    await symlink('/etc/hostname', join(folder, 'out'));
    expect(await findOutputs(folder, Date.now())).toMatchObject({ files: [], found: 0, remarks: [] });
  },
);

test('a folder that is not there is told', async () => {
  const { files, remarks } = await findOutputs(join(folder, 'gone'), Date.now());
  expect([files, remarks]).toEqual([[], [expect.stringMatching(/^The folder could not be read: /)]]);
});
