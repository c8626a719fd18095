/** Actions of templates as scripts of a node. */
import { sessionFolderVariable } from '../../../shared/model/task-variables';
import type { Action, EmbeddedFile } from '../openjd/model';
import { formatWord, literal, variableWord, type WordOf } from './shell-words';

const sessionFolder = variableWord(sessionFolderVariable);
/** Of a session: what belongs to its environments. */
export const keptFolder = `${sessionFolder}/.openjd`;

const taskFolder = 'drover_files';

/** The word for the place of a file of the task. */
export const taskFileWord = (file: EmbeddedFile): string => placeWord(variableWord(taskFolder), file);
export const environmentFileWord = (index: number, file: EmbeddedFile): string =>
  placeWord(`${keptFolder}/${index}`, file);

const placeWord = (folder: string, { name, filename }: EmbeddedFile): string =>
  `${folder}/${literal(filename ?? name)}`;

const inFolder = [`cd -- ${sessionFolder} || exit 72`];

/** Its files are removed when it has ended; it is waited for however it is told to end. */
export function taskScript(action: Action, files: readonly EmbeddedFile[], wordOf: WordOf): string {
  if (files.length === 0) return lines([...inFolder, `exec ${command(action, wordOf)}`]);
  return lines([
    ...inFolder,
    `${taskFolder}=$(mktemp -d ${sessionFolder}/.task-XXXXXX) || exit 73`,
    ...writing(files, taskFileWord, wordOf),
    'trap : HUP INT TERM',
    command(action, wordOf),
    'drover_status=$?',
    `rm -rf ${variableWord(taskFolder)}`,
    'exit "$drover_status"',
  ]);
}

/** What comes before the first action of an environment: its files are there until the session ends. */
export function environmentFiles(index: number, files: readonly EmbeddedFile[], wordOf: WordOf): string {
  return lines([
    `mkdir -p ${keptFolder}/${index} || exit 73`,
    ...writing(files, (file) => environmentFileWord(index, file), wordOf),
  ]);
}

export const environmentScript = (action: Action, wordOf: WordOf): string =>
  lines([...inFolder, `exec ${command(action, wordOf)}`]);

function writing(
  files: readonly EmbeddedFile[],
  placeOf: (file: EmbeddedFile) => string,
  wordOf: WordOf,
): readonly string[] {
  return files.map((file) => {
    const text = formatWord(file.data, wordOf, file.endOfLine === 'CRLF' ? '\r\n' : '\n');
    const place = placeOf(file);
    const mode = file.runnable ? '700' : '600';
    return `(umask 077; printf %s ${text} >${place} && chmod ${mode} ${place}) || exit 73`;
  });
}

const command = ({ command: program, args }: Action, wordOf: WordOf): string =>
  [program, ...args].map((word) => formatWord(word, wordOf)).join(' ');

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
