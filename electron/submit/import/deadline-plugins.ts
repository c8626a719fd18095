/** What plugins of Deadline run, as far as their settings tell it. */
import { startOfFile } from '../document/problems';
import type { JobFields } from '../schema/recipe';
import { literal } from '../templates/shell-words';
import { literalText } from './draft';
import type { KeyValue, KeyValues } from './key-values';
import type { Notes } from './notes';
import { blenderCommand } from './rendering';
import { splitWords } from './words';

type Action = Pick<JobFields, 'kind' | 'run' | 'command' | 'folder'>;

interface Plugin {
  readonly settings: KeyValues;
  readonly chunked: boolean;
  readonly notes: Notes;
}

const plugins: Readonly<Record<string, (plugin: Plugin) => Action | null>> = {
  blender: ({ settings, chunked, notes }) => {
    const scene = needed(settings, 'SceneFile', notes);
    const output = settings.take('OutputFile');
    const threads = settings.take('Threads')?.value ?? '0';
    if (scene === null) return null;
    return {
      kind: 'render',
      command: blenderCommand({
        program: 'blender',
        scene: literalText(scene.value),
        output: output === null ? null : literalText(output.value),
        format: null,
        more: /^[1-9]\d{0,3}$/.test(threads) ? ['-t', threads] : [],
        chunked,
      }),
    };
  },
  commandline: ({ settings, chunked, notes }) => {
    const program = needed(settings, 'Executable', notes);
    const shell = settings.take('ShellExecute')?.value.toLowerCase() === 'true';
    settings.take('Shell');
    settings.take('SingleFramesOnly');
    const folder = settings.take('StartupDirectory');
    if (program === null) return null;
    const where = folder === null ? {} : { folder: literalText(folder.value) };
    const text = settings.take('Arguments');
    return withArguments([literalText(program.value)], text, { chunked, notes, isShell: shell }, where);
  },
  python: ({ settings, chunked, notes }) => {
    const script = needed(settings, 'ScriptFile', notes);
    const version = settings.take('Version');
    settings.take('SingleFramesOnly');
    if (version !== null)
      notes.assumed(
        version.place,
        `Version=${version.value}`,
        'python3 of the node is used, whichever it is',
      );
    if (script === null) return null;
    const text = settings.take('Arguments');
    return withArguments(
      ['python3', literalText(script.value)],
      text,
      { chunked, notes, isShell: false },
      {},
    );
  },
  povray: ({ settings, chunked, notes }) => {
    const scene = needed(settings, 'SceneFile', notes);
    const output = settings.take('OutputFile');
    if (scene === null) return null;
    const [first, last] = frameNames(chunked);
    return {
      kind: 'render',
      command: [
        ...[
          'povray',
          `+I${literalText(scene.value)}`,
          ...(output === null ? [] : [`+O${literalText(output.value)}`]),
        ],
        ...[`+SF${first}`, `+EF${last}`, '-D'],
      ],
    };
  },
  ffmpeg: ({ settings, notes }) => {
    const input = needed(settings, 'InputFile0', notes);
    const output = needed(settings, 'OutputFile', notes);
    if (input === null || output === null) return null;
    const words = (key: string): readonly string[] => wordsOf(settings.take(key), notes).map(literalText);
    return {
      kind: 'render',
      command: [
        'ffmpeg',
        '-y',
        ...words('InputArgs0'),
        '-i',
        literalText(input.value),
        ...words('OutputArgs'),
        literalText(output.value),
      ],
    };
  },
};

/** Others are left for whoever knows them: the rest of the job is carried over all the same. */
export function actionOf(kind: KeyValue, settings: KeyValues, chunked: boolean, notes: Notes): Action | null {
  const name = kind.value.toLowerCase();
  const known = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
  if (known !== undefined) return known({ settings, chunked, notes });
  notes.notCarried(
    kind.place,
    `Plugin=${kind.value}`,
    'how it is started is known to Deadline only: the recipe ends with an error until you write it as its run',
  );
  const [first, last] = frameNames(chunked);
  const what = literalText(kind.value.replaceAll(/[^\w .-]/g, ' '));
  return {
    run: `# Write here how ${what} is started for frames ${first} to ${last}.\necho "This recipe does not say yet how ${what} is started" >&2\nexit 2\n`,
  };
}

const frameNames = (chunked: boolean): readonly [string, string] =>
  chunked ? ['{{FirstFrame}}', '{{LastFrame}}'] : ['{{Frame}}', '{{Frame}}'];

function needed(settings: KeyValues, key: string, notes: Notes): KeyValue | null {
  const found = settings.take(key);
  if (found === null)
    notes.refuse(
      settings.left()[0]?.place ?? startOfFile,
      'missing-key',
      `the plugin info file has no ${key}`,
    );
  return found;
}

function wordsOf(entry: KeyValue | null, notes: Notes): readonly string[] {
  const words = entry === null ? [] : splitWords(entry.value);
  if (words !== null) return words;
  notes.refuse(entry?.place ?? startOfFile, 'bad-syntax', `the quotes in ${entry?.key ?? ''} are not closed`);
  return [];
}

const tag = /<(STARTFRAME|ENDFRAME)(?:%(\d{1,2}))?>|<QUOTE>/gi;

interface Manner {
  readonly chunked: boolean;
  readonly notes: Notes;
  readonly isShell: boolean;
}

/** Frames with leading zeros and shells need a script; all else is the program and its words. */
function withArguments(
  program: readonly string[],
  entry: KeyValue | null,
  { chunked, notes, isShell }: Manner,
  where: Pick<Action, 'folder'>,
): Action {
  const [first, last] = frameNames(chunked);
  const written = (entry?.value ?? '').replaceAll(/<QUOTE>/gi, '"');
  const frame = (name: string): string => (name.toUpperCase() === 'STARTFRAME' ? first : last);
  if (isShell) {
    // As it is: it is meant for a shell.
    const line = literalText([...program, written].join(' ').trim()).replaceAll(
      tag,
      (_, name: string, digits?: string) =>
        digits === undefined ? frame(name) : `$(printf '%0${digits}d' ${frame(name)})`,
    );
    return { ...where, run: `${line}\n` };
  }
  const words = wordsOf(entry === null ? null : { ...entry, value: written }, notes).map(literalText);
  const isPadded = words.some((word) => /<(?:STARTFRAME|ENDFRAME)%/i.test(word));
  if (!isPadded)
    return {
      ...where,
      command: [...program, ...words.map((word) => word.replaceAll(tag, (_, name: string) => frame(name)))],
    };
  const quoted = words.map((word) =>
    word
      .split(/(<(?:STARTFRAME|ENDFRAME)(?:%\d{1,2})?>)/i)
      .filter((piece) => piece !== '')
      .map((piece) => {
        const [, name, digits] = /^<(STARTFRAME|ENDFRAME)(?:%(\d{1,2}))?>$/i.exec(piece) ?? [];
        if (name === undefined) return literal(piece);
        return digits === undefined ? frame(name) : `"$(printf '%0${digits}d' ${frame(name)})"`;
      })
      .join(''),
  );
  return { ...where, run: `${[...program.map(literal), ...quoted].join(' ')}\n` };
}
