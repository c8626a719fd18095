/** Where the reports of a batch lie. */
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BatchRecord } from './engine/state';
import type { ReportPlace } from './report/input';

/**
 * In the folder of its results. A folder that the recipe names may be that of many batches, also of other
 * Drovers that count theirs as well: there each report has a name of its own.
 */
export function finalPlace(batch: BatchRecord): ReportPlace {
  const name = isShared(batch) ? ownName(batch) : 'report';
  return { ...named(batch.output, name), isBesideOutput: true, isRenewed: false };
}

/** While it runs, away from the results, where the work may look for files; also when those cannot be written to. */
export function keptPlace(dataFolder: string, batch: BatchRecord): ReportPlace {
  return { ...named(join(dataFolder, 'reports'), batch.id), isBesideOutput: false, isRenewed: true };
}

/** Where somebody wants it. */
export function placeIn(folder: string, batch: BatchRecord): ReportPlace {
  const isBesideOutput = folder === batch.output;
  return { ...named(folder, ownName(batch)), isBesideOutput, isRenewed: false };
}

const named = (folder: string, name: string): { readonly html: string; readonly json: string } => ({
  html: join(folder, `${name}.html`),
  json: join(folder, `${name}.json`),
});

const isShared = (batch: BatchRecord): boolean => batch.output === batch.batch.output;

/** `report-b7-20260105-093000` */
function ownName({ id, submittedAt }: BatchRecord): string {
  const [date = '', time = ''] = new Date(submittedAt).toISOString().split('T');
  return `report-${id}-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

/** In a folder of many batches, `report.html` and `report.json` are those of the newest one. */
export async function alsoAsUsual(batch: BatchRecord, others: Iterable<BatchRecord>): Promise<void> {
  if (!isShared(batch)) return;
  for (const { output, sequence, ended } of others)
    if (output === batch.output && sequence > batch.sequence && ended !== null) return;
  const own = finalPlace(batch);
  const usual = named(dirname(own.html), 'report');
  for (const kind of ['html', 'json'] as const) await alsoAs(own[kind], usual[kind], batch);
}

/** The same file under another name, or a copy where there are no such links. */
async function alsoAs(path: string, other: string, { id }: BatchRecord): Promise<void> {
  const temporary = join(dirname(other), `.report.${id}.tmp`);
  await rm(temporary, { force: true });
  await link(path, temporary).catch(() => copyFile(path, temporary));
  await rename(temporary, other);
  // Nothing is renamed when both are the same file already.
  await rm(temporary, { force: true });
}
