import { join } from 'node:path';
import type { Batch } from '../shared/model/batch';
import type { BatchId } from '../shared/model/ids';

/** Where the results of a batch go. */
export const outputFolder = (dataFolder: string, id: BatchId, batch: Batch): string =>
  batch.output ?? ownFolder(join(dataFolder, 'output'), id, batch);

/**
 * Where those of a run of a schedule go. What the recipe says it says for all runs, which would write
 * over each other: each gets a folder of its own in there.
 */
export const runFolder = (dataFolder: string, id: BatchId, batch: Batch): string =>
  ownFolder(batch.output ?? join(dataFolder, 'output'), id, batch);

const ownFolder = (folder: string, id: BatchId, { name }: Batch): string =>
  join(folder, `${id}-${slug(name)}`);

function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 60).toLowerCase() || 'batch';
}
