import type { WebContents } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Submission } from '../../shared/model/submission';
import type { Host } from '../host';
import { chooseNew } from './file-dialogs';

/** Writes what was filled in where the person says: a job bundle, a folder that can be submitted from there. */
export async function saveRecipe(
  host: Host,
  submission: Submission,
  sender: WebContents,
): Promise<string | null> {
  const { name, files } = await host.submissions.bundle(submission);
  const chosen = await chooseNew(
    { title: 'Save as a job bundle: a folder', filters: [], defaultPath: name },
    sender,
  );
  if (chosen === null) return null;
  const folder = extname(chosen) === '' ? chosen : join(dirname(chosen), basename(chosen, extname(chosen)));
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}
