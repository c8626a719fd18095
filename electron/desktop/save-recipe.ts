import type { WebContents } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Submission } from '../../shared/model/submission';
import type { Host } from '../host';
import { chooseNew } from './file-dialogs';

/** Writes what would be submitted where the person says: a recipe as a file, all else as a folder, that can be submitted from there. */
export async function saveRecipe(
  host: Host,
  submission: Submission,
  sender: WebContents,
): Promise<string | null> {
  const recipe = host.presets.recipeToSave(submission);
  if (recipe !== null) return saveFile(recipe, submission, sender);
  const read = await host.submissions.read(submission);
  const files = await host.presets.filesToSave(submission, read.ok ? read.batch : null);
  if (files === null) throw new Error('What it is made of is not there any more, or has a mistake.');
  const folder = await chooseNew(
    { title: 'Save as a folder', filters: [], defaultPath: fileName(submission) },
    sender,
  );
  if (folder === null) return null;
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

async function saveFile(text: string, submission: Submission, sender: WebContents): Promise<string | null> {
  const path = await chooseNew(
    {
      title: 'Save as a recipe',
      filters: [{ name: 'Recipes', extensions: ['yaml', 'yml', 'drover'] }],
      defaultPath: `${fileName(submission)}.yaml`,
    },
    sender,
  );
  if (path === null) return null;
  const hasEnding = extname(path) !== '';
  // Without an ending nobody would know what it is; whether the file with one may go, nobody was asked.
  const named = hasEnding ? path : `${path}.yaml`;
  await writeFile(named, text, { flag: hasEnding ? 'w' : 'wx' });
  return named;
}

function fileName({ source, instead }: Submission): string {
  const name = instead?.name ?? (source.kind === 'text' ? source.name : 'job');
  return name.replaceAll(/[\\/:]/g, '-');
}
