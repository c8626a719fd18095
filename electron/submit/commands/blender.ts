import { dirname, basename, join, resolve } from 'node:path';
import { pathFrom, programValue, WordReader, type Program } from './understood';

const engines: Readonly<Record<string, string>> = {
  CYCLES: 'Cycles',
  BLENDER_EEVEE: 'Eevee',
  BLENDER_EEVEE_NEXT: 'Eevee',
  BLENDER_WORKBENCH: 'Workbench',
};
const formats: Readonly<Record<string, string>> = {
  PNG: 'PNG',
  OPEN_EXR: 'OpenEXR',
  OPEN_EXR_MULTILAYER: 'OpenEXR multilayer',
  JPEG: 'JPEG',
  TIFF: 'TIFF',
};

/** They say nothing about what is rendered. */
const silent = new Set([
  '-b',
  '--background',
  '-noaudio',
  '--factory-startup',
  '-d',
  '--debug',
  '-q',
  '--quiet',
]);

/** `blender -b shot.blend -s 1 -e 100 -a`. */
export const blender: Program = (words, around) => {
  const reader = new WordReader(words);
  const values: Record<string, string> = {};
  const range: { start?: string; end?: string; step?: string; single?: string } = {};
  let file: string | null = null;
  let output: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    switch (word) {
      case '-s':
      case '--frame-start':
        range.start = reader.value();
        break;
      case '-e':
      case '--frame-end':
        range.end = reader.value();
        break;
      case '-j':
      case '--frame-jump':
        range.step = reader.value();
        break;
      case '-f':
      case '--render-frame':
        range.single = reader.value();
        break;
      case '-a':
      case '--render-anim':
        break;
      case '-o':
      case '--render-output':
        output = reader.value();
        break;
      case '-E':
      case '--engine':
        named(values, 'Engine', engines, word, reader);
        break;
      case '-F':
      case '--render-format':
        named(values, 'Format', formats, word, reader);
        break;
      case '-S':
      case '--scene':
        values['SceneName'] = reader.value();
        break;
      case '-y':
      case '--enable-autoexec':
        values['RunScripts'] = 'yes';
        break;
      case '-Y':
      case '--disable-autoexec':
        values['RunScripts'] = 'no';
        break;
      case '-x':
      case '--use-extension':
        reader.value();
        break;
      case '-t':
      case '--threads':
      case '-P':
      case '--python':
      case '--python-expr':
      case '--addons':
      case '--log':
      case '--log-level':
        reader.lose(word, reader.value());
        break;
      case '--':
        reader.lose(word, ...reader.rest());
        break;
      default:
        if (!word.startsWith('-') && file === null) file = pathFrom(around, word);
        else if (!silent.has(word)) reader.lose(word);
    }
  }
  return {
    preset: 'blender',
    file,
    values: (read) => ({
      ...values,
      ...(output === null ? {} : outputOf(output, file, around.folder)),
      ...framesOf(range, read['Frames']),
      ...programValue(around, 'blender'),
    }),
    lost: reader.lost,
  };
};

function named(
  values: Record<string, string>,
  field: string,
  names: Readonly<Record<string, string>>,
  option: string,
  reader: WordReader,
): void {
  const word = reader.value();
  const name = names[word.toUpperCase()];
  if (name === undefined) reader.lose(option, word);
  else values[field] = name;
}

/** `//` is the folder of the scene. */
function outputOf(output: string, file: string | null, folder: string): Record<string, string> {
  const path = output.startsWith('//')
    ? join(file === null ? folder : dirname(file), output.slice(2))
    : resolve(folder, output);
  const isFolder = output.endsWith('/');
  return isFolder ? { OutputDir: path } : { OutputDir: dirname(path), Name: basename(path) };
}

/** What is not said is as in the file: of a range, its start, end or step alone. */
function framesOf(
  range: { readonly start?: string; readonly end?: string; readonly step?: string; readonly single?: string },
  inFile: string | undefined,
): Record<string, string> {
  if (range.single !== undefined) return { Frames: range.single.replaceAll('..', '-') };
  if (range.start === undefined && range.end === undefined && range.step === undefined) return {};
  const known = /^(-?\d+)(?:-(-?\d+)(?::(\d+))?)?$/.exec(inFile ?? '');
  const start = range.start ?? known?.[1];
  const end = range.end ?? known?.[2] ?? known?.[1];
  const step = range.step ?? known?.[3] ?? '1';
  if (start === undefined || end === undefined) return {};
  return { Frames: `${start}-${end}${step === '1' ? '' : `:${step}`}` };
}
