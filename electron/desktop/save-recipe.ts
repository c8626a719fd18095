import type { WebContents } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Submission } from '../../shared/model/submission';
import type { Host } from '../host';
import { chooseNew } from './file-dialogs';

/** Writes what was filled in where the person says: as a folder that can be submitted from there. */
export async function saveRecipe(
  host: Host,
  submission: Submission,
  sender: WebContents,
): Promise<string | null> {
  const read = await host.submissions.read(submission);
  const files = await host.presets.filesToSave(submission, read.ok ? read.batch : null);
  if (files === null) throw new Error('What it is made of is not there any more, or has a mistake.');
  const { name = 'job' } = submission.instead ?? {};
  const folder = await chooseNew(
    { title: 'Save as a folder', filters: [], defaultPath: name.replaceAll(/[\\/:]/g, '-') },
    sender,
  );
  if (folder === null) return null;
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}
