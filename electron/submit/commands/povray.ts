import { basename, dirname, extname } from 'node:path';
import { moreOptions, pathFrom, programValue, WordReader, type Program } from './understood';

/** Fields by their switch, where the switch has the value of the field. */
const fields: Readonly<Record<string, string>> = { W: 'Width', H: 'Height', Q: 'Quality' };
const longNames: Readonly<Record<string, string>> = {
  input_file_name: 'I',
  output_file_name: 'O',
  width: 'W',
  height: 'H',
  quality: 'Q',
  initial_frame: 'KFI',
  final_frame: 'KFF',
  initial_clock: 'KI',
  final_clock: 'KF',
  subset_start_frame: 'SF',
  subset_end_frame: 'EF',
};
const formats: Readonly<Record<string, string>> = { N: 'PNG', E: 'OpenEXR', J: 'JPEG' };

/** What a task shows or says, how many threads it has, and that it goes on where it was: that is seen to. */
const silent = /^[-+](?:D|P|V|X|GA|GD|GF|GR|GS|GW|WT|C|WL)/i;

/** `povray +Iscene.pov +W640 +SF1 +EF24`. */
export const povray: Program = (words, around) => {
  const reader = new WordReader(words);
  const values: Record<string, string> = {};
  const numbers: Record<string, string> = {};
  const more: string[] = [];
  let file: string | null = null;
  let output: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    const { name, value } = optionOf(word);
    const field = name === null ? undefined : fields[name];
    if (name === null) {
      if (file === null) file = word;
      else reader.lose(word);
    } else if (field !== undefined && /^\d+$/.test(value)) values[field] = value;
    else if (name === 'I') file = value;
    else if (name === 'O') output = value;
    else if (['KFI', 'KFF', 'KI', 'KF', 'SF', 'EF', 'K'].includes(name)) numbers[name] = value;
    else if (name === 'KC') values['Cyclic'] = word.startsWith('-') ? 'no' : 'yes';
    else if (name === 'F') format(values, value, word, reader);
    else if (name === 'A') values['Antialiasing'] = antialiasing(word, value);
    else if (name === 'L') more.push(`+L${pathFrom(around, value)}`);
    else if (!silent.test(word)) more.push(word);
  }
  const options = moreOptions('Options', more, reader);
  const taken = {
    ...values,
    ...animation(numbers, reader),
    ...outputOf(output, around.folder, reader),
    ...options,
  };
  return {
    preset: 'povray',
    file: file === null ? null : pathFrom(around, file),
    values: () => ({ ...taken, ...programValue(around, 'povray') }),
    lost: reader.lost,
  };
};

/** `+W640`, `-D`, `Width=640`; name null: it is the name of a file. */
function optionOf(word: string): { readonly name: string | null; readonly value: string } {
  const [, long, text = ''] = /^(\w+)=(.*)$/s.exec(word) ?? [];
  if (long !== undefined) return { name: longNames[long.toLowerCase()] ?? long, value: text };
  const [, letters = '', rest = ''] = /^[-+](KFI|KFF|KI|KF|KC|K|SF|EF|AM|AG|[A-Z])(.*)$/is.exec(word) ?? [];
  return letters === '' ? { name: null, value: word } : { name: letters.toUpperCase(), value: rest };
}

function format(values: Record<string, string>, value: string, word: string, reader: WordReader): void {
  const known = formats[value.charAt(0).toUpperCase()];
  if (known === undefined || value.length > 1) reader.lose(word);
  if (known !== undefined) values['Format'] = known;
}

function antialiasing(word: string, value: string): string {
  if (word.startsWith('-')) return 'off';
  const threshold = value === '' ? 0.3 : Number(value);
  return threshold <= 0.1 ? 'best' : 'good';
}

/** All frames, or those from SF to EF of them; then the clock starts and ends in between. */
function animation(numbers: Readonly<Record<string, string>>, reader: WordReader): Record<string, string> {
  const { KFI, KFF, SF, EF, KI, KF, K } = numbers;
  const first = SF ?? KFI;
  const last = EF ?? KFF;
  const found: Record<string, string> = {};
  if (first !== undefined) found['FirstFrame'] = first;
  if (last !== undefined) found['LastFrame'] = last;
  if ((KI ?? K) !== undefined) found['FirstClock'] = KI ?? K ?? '';
  if (KF !== undefined) found['LastClock'] = KF;
  if ((SF === undefined && EF === undefined) || KFF === undefined) return found;
  const clock = clockAt({ from: KFI ?? '1', to: KFF, start: KI ?? '0', end: KF ?? '1' });
  const [begins, ends] = [clock(first ?? '1'), clock(last ?? KFF)];
  if (begins === null || ends === null) {
    for (const [name, value] of Object.entries(numbers)) reader.lose(`+${name}${value}`);
    return {};
  }
  return { ...found, FirstClock: begins, LastClock: ends };
}

interface Clock {
  readonly from: string;
  readonly to: string;
  readonly start: string;
  readonly end: string;
}

function clockAt({ from, to, start, end }: Clock): (frame: string) => string | null {
  const span = Number(to) - Number(from);
  return (frame) => {
    const part = span === 0 ? 0 : (Number(frame) - Number(from)) / span;
    const value = Number(start) + (Number(end) - Number(start)) * part;
    return Number.isFinite(value) ? String(Number(value.toFixed(9))) : null;
  };
}

function outputOf(output: string | null, folder: string, reader: WordReader): Record<string, string> {
  if (output === null) return {};
  const path = pathFrom({ folder }, output);
  if (output.endsWith('/')) return { OutputDir: path };
  const name = basename(path, extname(path));
  if (name === '' || name === '-') reader.lose(`+O${output}`);
  else return { OutputDir: dirname(path), Name: name };
  return {};
}
