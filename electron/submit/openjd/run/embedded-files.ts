/** The files that a script brings along. They are written before each of its actions. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { resolveFormatString } from '../format';
import type { EmbeddedFile, Symbols } from '../model';
import { hostFormat } from './path-mapping';

export interface PlacedFile {
  readonly file: EmbeddedFile;
  readonly path: string;
}

/** Each script has a folder of its own: files of other scripts may have the same names. */
export async function placeFiles(
  files: readonly EmbeddedFile[],
  ownFolder: string,
): Promise<readonly PlacedFile[]> {
  if (files.length === 0) return [];
  const folder = join(ownFolder, `files-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  return files.map((file) => {
    const name = file.filename ?? randomUUID();
    if (name !== basename(name) || name === '.' || name === '..' || name.includes('\\'))
      throw new Error(`the embedded file ${file.name} has a name that is no plain file name: ${name}`);
    return { file, path: join(folder, name) };
  });
}

/** `scope`: `Task` or `Env`. */
export function fileSymbols(placed: readonly PlacedFile[], scope: 'Task' | 'Env'): Symbols {
  return new Map(placed.map(({ file, path }) => [`${scope}.File.${file.name}`, path]));
}

export async function writeFiles(placed: readonly PlacedFile[], symbols: Symbols): Promise<void> {
  for (const { file, path } of placed) {
    const text = withLineEnds(resolveFormatString(file.data, symbols), file.endOfLine);
    // An action may have put something else in its place, such as a link: that is not written to.
    await rm(path, { recursive: true, force: true });
    await writeFile(path, text, { flag: 'wx', mode: file.runnable ? 0o700 : 0o600 });
  }
}

/** On POSIX machines AUTO is as it was written. */
function withLineEnds(text: string, endOfLine: EmbeddedFile['endOfLine']): string {
  const wanted = endOfLine === 'AUTO' && hostFormat === 'WINDOWS' ? 'CRLF' : endOfLine;
  switch (wanted) {
    case 'AUTO':
      return text;
    case 'LF':
      return text.replaceAll('\r\n', '\n');
    case 'CRLF':
      return text.replaceAll(/\r?\n/g, '\r\n');
  }
}
