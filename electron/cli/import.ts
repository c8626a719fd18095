/** Makes recipes of files of other managers of work. */
import { constants } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemWithFormat, importFile, type ImportedRecipe } from '../submit/import/import-file';
import { remarkInWords } from '../submit/import/notes';
import { formatInWords, importFormats } from '../submit/import/recognise';
import type { ImportedFile } from '../submit/import/draft';
import { startOfFile } from '../submit/document/problems';
import { readText } from '../submit/document/read-file';
import { UsageError, type Arguments } from './arguments';
import { exitStatus, refusal, RefusedError, type ExitStatus } from './outcome';
import { print } from './run';

/** `resources`: the folder with what is shipped. */
export async function importFiles(
  { operands, options, json }: Arguments,
  resources: string,
): Promise<ExitStatus> {
  const { from, run, output, force = false } = options;
  const problem = from === undefined ? null : problemWithFormat(from);
  if (problem !== null) throw new UsageError(`--from: ${problem}`);
  const [file, ...others] = await Promise.all(operands.map(readFile));
  if (file === undefined) throw new UsageError('drover import takes FILE [FILE...]');
  const imported = importFile([file, ...others], {
    from: importFormats.find((format) => format === from),
    run,
    schema: join(resources, 'schema', 'recipe.json'),
  });
  if (!imported.ok) throw refused(imported.problems, file.name);
  if (output !== undefined) await write(output, imported.recipe, force);
  tell(imported, output ?? null, json);
  return exitStatus.done;
}

async function readFile(name: string): Promise<ImportedFile> {
  const content = await readText(name, 'job');
  if (content.text !== null) return { name, text: content.text };
  const { code, message } = content;
  throw refused([{ code, file: name, ...startOfFile, path: '', message }], name);
}

function refused(problems: Extract<ImportedRecipe, { ok: false }>['problems'], file: string): RefusedError {
  return new RefusedError({ code: 'refused', message: `No recipe was made of ${file}.`, problems });
}

/** What is there stays, unless it is meant. The file is whole, or not there. */
async function write(path: string, text: string, force: boolean): Promise<void> {
  const whole = `${path}.${process.pid}.part`;
  try {
    await writeFile(whole, text, { flag: 'wx' });
    await copyFile(whole, path, force ? 0 : constants.COPYFILE_EXCL);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST')
      throw refusal(`There is a file ${path} already, and it was left as it is; --force writes over it.`);
    throw refusal(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await rm(whole, { force: true });
  }
}

function tell(imported: Extract<ImportedRecipe, { ok: true }>, output: string | null, json: boolean): void {
  const { format, name, recipe, notCarried, assumed } = imported;
  if (json) {
    print({ format, name, output, recipe, notCarried, assumed });
    return;
  }
  if (output === null) process.stdout.write(recipe);
  for (const remark of [...notCarried, ...assumed]) console.error(remarkInWords(remark));
  const lost =
    notCarried.length === 0 ? 'all of it was carried over' : `${notCarried.length} not carried over`;
  const guessed = assumed.length === 0 ? '' : `, ${assumed.length} assumed`;
  console.error(
    `${formatInWords[format]}: ${lost}${guessed}.${output === null ? '' : ` The recipe is ${output}: drover check ${output}`}`,
  );
}
