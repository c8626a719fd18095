/** The execution report of a batch that has ended: `report.json` for programs, `report.html` for people. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { reportPage } from './html/page';
import type { ReportInput } from './input';
import { jsonAttempt, jsonEnd, jsonStart } from './json';
import { attemptPlaces } from './places';
import { findPictures } from './pictures';
import { createSummary } from './summary';
import { createTextFile } from './text-file';
import type { TextFile } from './text-file';

/** Under other names first: who opens a report finds a whole one, or the one before it. */
export async function writeReport(input: ReportInput): Promise<{ json: string; html: string }> {
  const { folder } = input;
  const paths = { json: join(folder, 'report.json'), html: join(folder, 'report.html') };
  const files: TextFile[] = [];
  try {
    const begin = async (name: string): Promise<TextFile> => {
      const file = await createTextFile(join(folder, `.${name}.${input.batch.id}.tmp`));
      files.push(file);
      return file;
    };
    const json = await begin('report.json');
    const placeOf = attemptPlaces(input);
    const summary = createSummary(input, placeOf);
    await json.write(jsonStart(input));
    let first = true;
    for await (const attempt of input.attempts) {
      summary.add(attempt);
      await json.write(jsonAttempt(attempt, placeOf(attempt), first));
      first = false;
    }
    const found = summary.result();
    await json.write(jsonEnd(found));
    await json.finish();

    const html = await begin('report.html');
    for (const piece of reportPage(input, found, await findPictures(folder))) await html.write(piece);
    await html.finish();

    await rename(json.path, paths.json);
    await rename(html.path, paths.html);
    return paths;
  } catch (error) {
    for (const file of files) await file.discard();
    throw new Error(
      `The report of "${input.batch.name}" could not be written to ${folder}: ${reason(error)}`,
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return 'the folder is not there any more';
    case 'ENOTDIR':
      return 'it is no folder';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'Drover may not write there';
    case 'EROFS':
      return 'the disk is read-only';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
