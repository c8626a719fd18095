/** The folder for results: whether it can be written, whose results are there, and whether the disk has room. */
import { constants } from 'node:fs';
import { access, opendir, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { amountInWords } from '../../shared/model/amounts';
import type { Batch } from '../../shared/model/batch';
import { aboutBatch, type Found } from '../../shared/model/finding';
import { taskCount } from '../../shared/model/space';
import { countOf } from '../engine/counts';
import type { BatchRecord, FarmState } from '../engine/state';
import type { Output } from '../nodes/preflight/commands';

export async function outputOf(batch: Batch, dataFolder: string): Promise<Output> {
  const folder = batch.output ?? join(dataFolder, 'output');
  let parent = folder;
  while (!(await isThere(parent)) && dirname(parent) !== parent) parent = dirname(parent);
  return { folder, isNamed: batch.output !== null, parent };
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export async function outputFound(state: FarmState, batch: Batch, output: Output): Promise<readonly Found[]> {
  const problem = await problemWith(output);
  if (problem !== null)
    return [found('error', 'output', problem, 'name another output folder, or change who may write there')];
  return output.isNamed ? takenBy(state, batch, output.folder) : [];
}

const found = (severity: Found['severity'], code: string, message: string, fix: string | null): Found => ({
  ...{ severity, code, message, fix },
  about: aboutBatch('output'),
});

async function problemWith({ folder, parent }: Output): Promise<string | null> {
  const about = await stat(parent).catch(() => null);
  if (about !== null && !about.isDirectory())
    return `the folder for results, ${folder}, cannot be made: ${parent} is a file`;
  const mayWrite = await access(parent, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return mayWrite ? null : `nothing may be written to the folder for results, ${folder}`;
}

async function takenBy(state: FarmState, batch: Batch, folder: string): Promise<readonly Found[]> {
  const first = await opendir(folder)
    .then(async (entries) => {
      const entry = await entries.read();
      await entries.close();
      return entry;
    })
    .catch(() => null);
  if (first === null) return [];
  const others = [...state.batches.values()].filter(({ output }) => output === folder);
  const running = others.find(({ ended }) => ended === null);
  const elsewhere = 'name another output folder, such as one with a parameter in its name';
  if (running !== undefined)
    return [
      found(
        'warning',
        'output-taken',
        `${nameOf(running)} is still writing its results to ${folder}: the two would write over each other`,
        `wait until it has ended, or ${elsewhere}`,
      ),
    ];
  const last = others.at(-1);
  if (last !== undefined) {
    const message = `${nameOf(last)} has its results in ${folder}: those of the same names are written over`;
    const isSame = last.batch.name === batch.name && last.batch.recipe === batch.recipe;
    return [found(isSame ? 'note' : 'warning', 'output-taken', message, isSame ? null : elsewhere)];
  }
  if (!(await isThere(join(folder, 'report.html')))) return [];
  const message = `${folder} holds the results of another batch: those of the same names are written over`;
  return [found('warning', 'output-taken', message, elsewhere)];
}

const nameOf = ({ id, batch }: BatchRecord): string => `${id} (${batch.name})`;

/** What the last run of the same name has made tells what this one will make. */
export async function fillsFound(
  state: FarmState,
  batch: Batch,
  output: Output,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const earlier = lastOfItsName(state, batch);
  if (earlier === null) return [];
  const made = await bytesIn(earlier.output, signal).catch(() => null);
  if (made === null) return [];
  const tasks = batch.jobs
    .flatMap(({ steps }) => steps)
    .reduce((sum, { space }) => sum + taskCount(space), 0);
  const before = countOf(earlier.counts, 'COMPLETED');
  const needed = (made / before) * tasks;
  const disk = await statfs(output.parent);
  const free = disk.bavail * disk.bsize;
  if (needed <= free) return [];
  const message = `its results may take ${inWords(needed)}, as ${nameOf(earlier)} made ${inWords(made)} with ${before} tasks, and ${inWords(free)} are free where they go, in ${output.folder}`;
  return [found('warning', 'disk', message, 'make room there, or name an output folder on another disk')];
}

const inWords = (bytes: number): string => amountInWords('memoryMiB', Math.round(bytes / 2 ** 20));

/** One that has a folder of its own, as otherwise nobody knows what is whose. */
function lastOfItsName(state: FarmState, { name }: Batch): BatchRecord | null {
  const all = [...state.batches.values()];
  const last = all.findLast(
    ({ batch, ended, counts }) => batch.name === name && ended !== null && countOf(counts, 'COMPLETED') > 0,
  );
  if (last === undefined) return null;
  return all.some((other) => other !== last && other.output === last.output) ? null : last;
}

const mostEntries = 50_000;

/** Fails when there are too many files to look at, or it takes too long. */
async function bytesIn(folder: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  let entries = 0;
  const folders = [folder];
  for (let each = folders.pop(); each !== undefined; each = folders.pop()) {
    for (const entry of await readdir(each, { withFileTypes: true })) {
      signal.throwIfAborted();
      if (++entries > mostEntries) throw new Error('there are too many files to look at all of them');
      const path = join(each, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) bytes += (await stat(path)).size;
    }
  }
  return bytes;
}
