import { basename, dirname, extname } from 'node:path';
import { moreOptions, pathFrom, programValue, WordReader, type Program } from './understood';

const formats: Readonly<Record<string, { readonly format: string; readonly ending: string }>> = {
  libx264: { format: 'H.264', ending: '.mp4' },
  h264: { format: 'H.264', ending: '.mp4' },
  libx265: { format: 'H.265', ending: '.mp4' },
  hevc: { format: 'H.265', ending: '.mp4' },
  prores_ks: { format: 'ProRes', ending: '.mov' },
  prores: { format: 'ProRes', ending: '.mov' },
  'libvpx-vp9': { format: 'VP9', ending: '.webm' },
};

/** That the film is written over, which pixels it has and where its numbers begin is seen to. */
const silent = new Set(['-y', '-nostdin', '-hide_banner']);
const silentWithValue = new Set(['-pix_fmt', '-start_number', '-pattern_type', '-f', '-loglevel', '-v']);

/** `ffmpeg -framerate 24 -i frames/shot_%04d.png -crf 18 film.mp4`: numbered pictures that become a film. */
export const ffmpeg: Program = (words, around) => {
  const reader = new WordReader(words);
  const values: Record<string, string> = {};
  const more: string[] = [];
  let input: string | null = null;
  let output: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    if (word === '-i') {
      // Sound, or pictures above each other, are more than this preset knows.
      if (input !== null) return null;
      input = reader.value();
    } else if (word === '-framerate' || word === '-r') rate(values, word, input !== null, reader);
    else if (word === '-crf') values['Quality'] = reader.value();
    else if (word === '-c:v' || word === '-vcodec' || word === '-codec:v') {
      const { format } = formats[reader.peek() ?? ''] ?? {};
      if (format === undefined) return null;
      values['Format'] = format;
      reader.value();
    } else if (word === '-vf' || word === '-filter:v') filter(values, word, reader);
    else if (silentWithValue.has(word)) reader.value();
    else if (!word.startsWith('-')) {
      if (output !== null) return null;
      output = word;
    } else if (!silent.has(word)) more.push(word, ...valueOf(reader, input !== null));
  }
  const names = input === null ? null : numbered(basename(input));
  if (input === null || output === null || names === null) return null;
  const film = pathFrom(around, output);
  const { ending = '.mp4' } = Object.values(formats).find(({ format }) => format === values['Format']) ?? {};
  if (extname(film) !== ending)
    reader.lose(`${basename(film)}: the film becomes ${withEnding(film, ending)}`);
  const folder = dirname(pathFrom(around, input));
  const options = moreOptions('Options', more, reader);
  return {
    preset: 'ffmpeg',
    file: null,
    values: () => ({
      ...{ Folder: folder, Names: names },
      ...values,
      ...{ OutputDir: dirname(film), Name: basename(film, extname(film)) },
      ...options,
      ...programValue(around, 'ffmpeg'),
    }),
    lost: reader.lost,
  };
};

const withEnding = (path: string, ending: string): string => `${basename(path, extname(path))}${ending}`;

/** `shot_%04d.png` is `shot_####.png`; null: it is no sequence of pictures. */
function numbered(name: string): string | null {
  if (/^\*\.\w+$/.test(name)) return name;
  const [, before, width, after] = /^([^%*]*)%0?(\d*)d([^%*]*)$/.exec(name) ?? [];
  return before === undefined || after === undefined
    ? null
    : `${before}${'#'.repeat(Number(width) || 4)}${after}`;
}

/** That of the pictures; `24000/1001` is a number too. */
function rate(
  values: Record<string, string>,
  option: string,
  isAfterInput: boolean,
  reader: WordReader,
): void {
  const word = reader.value();
  const [over = '', under = '1'] = word.split('/');
  const number = Number(over) / Number(under);
  if (isAfterInput || !Number.isFinite(number)) reader.lose(option, word);
  else values['Rate'] = String(Number(number.toFixed(3)));
}

function filter(values: Record<string, string>, option: string, reader: WordReader): void {
  const word = reader.value();
  const [, width] = /^scale=(\d+):-[12]$/.exec(word) ?? [];
  if (width === undefined) reader.lose(option, word);
  else values['Width'] = width;
}

/** Options of the film mostly have a value; what comes last is the film itself. */
function valueOf(reader: WordReader, isAfterInput: boolean): readonly string[] {
  const next = reader.peek();
  return isAfterInput && next !== null && !next.startsWith('-') && reader.left > 1 ? [reader.value()] : [];
}
