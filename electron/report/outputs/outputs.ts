/** What a report tells of the files that a batch has made: the list, their hashes, and pictures of some. */
import { join } from 'node:path';
import type { ReportInput } from '../input';
import type { Report } from '../schema/report';
import { findOutputs, type FoundOutput, type FoundOutputs } from './find-outputs';
import { isPicture, smallPictureOf, type SmallPicture } from './small-picture';

export type OutputReport = Report['outputs']['files'][number];

export interface Picture extends Omit<SmallPicture, 'bytes'> {
  readonly path: string;
  readonly base64: string;
}

const mostPictures = 18;
const picturesMs = 5000;

/** Each file with its hash, as far as there is time. */
export async function* hashed(
  { batch, hash }: Pick<ReportInput, 'batch' | 'hash'>,
  files: readonly FoundOutput[],
): AsyncGenerator<OutputReport> {
  for (const file of files)
    yield { ...file, sha256: await hash(join(batch.output, file.path)).catch(() => null) };
}

/** Nothing is an output of what has not begun. */
export async function outputsOf({
  output,
  startedAt,
}: Pick<ReportInput['batch'], 'output' | 'startedAt'>): Promise<FoundOutputs> {
  if (startedAt === null) return { files: [], found: 0, bytes: 0, older: 0, remarks: [] };
  return findOutputs(output, startedAt);
}

/** Of many some, from the first to the last. */
export async function picturesOf(
  { output }: ReportInput['batch'],
  files: readonly FoundOutput[],
): Promise<{ readonly shown: readonly Picture[]; readonly found: number }> {
  const found = files.filter(({ path }) => isPicture(path));
  const count = Math.min(found.length, mostPictures);
  const chosen = Array.from(
    { length: count },
    (_, index) => found[count === 1 ? 0 : Math.round((index * (found.length - 1)) / (count - 1))],
  );
  const signal = AbortSignal.timeout(picturesMs);
  const shown: Picture[] = [];
  for (const file of chosen) {
    const small = file === undefined ? null : await smallPictureOf(join(output, file.path), signal);
    if (small === null || file === undefined) continue;
    const { bytes, ...about } = small;
    shown.push({ path: file.path, ...about, base64: bytes.toString('base64') });
  }
  return { shown, found: found.length };
}
