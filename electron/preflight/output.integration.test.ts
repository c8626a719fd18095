import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Batch } from '../../shared/model/batch';
import { batch, Farm } from '../engine/farm-for-tests';
import { fillsFound, outputFound, outputOf } from './output';

let farm: Farm;
let folder: string;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp();
  folder = mkdtempSync(join(tmpdir(), 'drover-output-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const to = (output: string | null, spec: Batch = batch({ render: { tasks: 10 } })): Batch => ({
  ...spec,
  output,
});

async function found(spec: Batch): Promise<readonly string[]> {
  const all = await outputFound(farm.engine.state, spec, await outputOf(spec, folder));
  return all.map(({ severity, message }) => `${severity}: ${message.replaceAll(folder, '')}`);
}

/** As the farm does, which asks where a batch's results go. */
const submit = (spec: Batch) =>
  farm.command({
    kind: 'submit',
    by: 'ann',
    batch: spec,
    outputFor: (id) => spec.output ?? join(folder, id),
  });

test('a folder that is there, or can be made, is fine', async () => {
  expect(await found(to(join(folder, 'new/in/it')))).toEqual([]);
  expect(await found(to(null))).toEqual([]);
  expect(await outputOf(to(join(folder, 'new/in/it')), folder)).toEqual({
    ...{ folder: join(folder, 'new/in/it'), isNamed: true, parent: folder },
  });
});

test('a file in its way, or a folder that may not be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await found(to(join(folder, 'file/out')))).toEqual([
    'error: the folder for results, /file/out, cannot be made: /file is a file',
  ]);
  if (process.getuid?.() === 0) return;
  chmodSync(folder, 0o500);
  expect(await found(to(join(folder, 'out')))).toEqual([
    'error: nothing may be written to the folder for results, /out',
  ]);
});

test('the results of others: a warning, or a note where it is the same recipe once more', async () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  await submit(to(out));
  expect(await found(to(out))).toEqual([]);
  writeFileSync(join(out, 'a.png'), '');
  expect(await found(to(out))).toEqual([
    'warning: b1 (Test) is still writing its results to /out: the two would write over each other',
  ]);
  await farm.runAll();
  expect(await found(to(out))).toEqual([
    'note: b1 (Test) has its results in /out: those of the same names are written over',
  ]);
  expect(await found({ ...to(out), name: 'Other' })).toEqual([
    'warning: b1 (Test) has its results in /out: those of the same names are written over',
  ]);
});

test('files that nobody knows are fine, but not the report of a batch', async () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'notes.txt'), '');
  expect(await found(to(out))).toEqual([]);
  writeFileSync(join(out, 'report.html'), '');
  expect(await found(to(out))).toEqual([
    'warning: /out holds the results of another batch: those of the same names are written over',
  ]);
});

test('a disk that would be full if it made as much as the last time', async () => {
  await submit(to(null));
  mkdirSync(join(folder, 'b1/frames'), { recursive: true });
  writeFileSync(join(folder, 'b1/frames/1.png'), 'x'.repeat(1000));
  await farm.runAll();
  const fills = async (tasks: number): Promise<readonly string[]> => {
    const spec = to(null, batch({ render: { tasks } }));
    const output = await outputOf(spec, folder);
    const all = await fillsFound(farm.engine.state, spec, output, AbortSignal.timeout(10_000));
    return all.map(({ message }) => message);
  };
  expect(await fills(1000)).toEqual([]);
  expect(await fills(1e14)).toEqual([
    expect.stringMatching(
      /^its results may take .* GiB, as b1 \(Test\) made 0 MiB with 10 tasks, and .* are free where they go/,
    ),
  ]);
});
