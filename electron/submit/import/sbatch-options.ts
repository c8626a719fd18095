/** The options of sbatch, and how they are written in `#SBATCH` lines. */
import type { Place } from '../document/problems';
import type { Notes } from './notes';

export interface SbatchOption {
  readonly name: string;
  /** Empty where it has none. */
  readonly value: string;
  readonly place: Place;
}

/** Names and letters; those that take a value. */
const withValue =
  words(`account:A acctg-freq array:a batch bb bbf begin:b chdir:D cluster-constraint clusters:M
  comment constraint:C container container-id core-spec:S cores-per-socket cpu-freq
  cpus-per-gpu cpus-per-task:c deadline delay-boot dependency:d distribution:m error:e exclude:x export export-file
  extra extra-node-info:B gid gpu-bind gpu-freq gpus:G gpus-per-node gpus-per-socket gpus-per-task gres gres-flags
  hint input:i job-name:J licenses:L mail-type mail-user mcs-label mem mem-bind mem-per-cpu mem-per-gpu mincpus network
  nodefile:F nodelist:w nodes:N ntasks:n ntasks-per-core ntasks-per-gpu ntasks-per-node ntasks-per-socket open-mode
  output:o partition:p power prefer priority profile qos:q reservation segment signal sockets-per-node switches
  thread-spec threads-per-core time:t time-min tmp tres-bind tres-per-task uid wait-all-nodes wckey wrap`);
const without = words(`contiguous disable-stdout-job-info hold:H ignore-pbs no-requeue overcommit:O
  oversubscribe:s parsable quiet:Q reboot requeue resv-ports spread-job stepmgr test-only use-min-nodes verbose:v
  wait:W`);
/** These may have one, after an equals sign. */
const withEither = words('exclusive get-user-env nice propagate kill-on-invalid-dep no-kill:k');

function words(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\s+/).map((word) => {
      const [name = '', letter = ''] = word.split(':');
      return [name, letter] as const;
    }),
  );
}

export const sbatchOptionNames: readonly string[] = [
  ...new Set([...withValue.keys(), ...without.keys(), ...withEither.keys()]),
];

const nameOfLetter = new Map(
  [...withValue, ...without, ...withEither]
    .filter(([, letter]) => letter.length === 1)
    .map(([name, letter]) => [letter, name]),
);

interface Word {
  readonly text: string;
  readonly column: number;
}

/** Words as sbatch splits them: quotes hold spaces together, and # begins a comment. */
export function wordsOfLine(text: string, from: number): readonly Word[] | null {
  const found: Word[] = [];
  for (let at = from; at < text.length;) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    if (text[at] === '#') break;
    const column = at + 1;
    let word = '';
    let quote = '';
    for (; at < text.length && (quote !== '' || !/\s/.test(text[at] ?? '')); at++) {
      const sign = text[at] ?? '';
      if (sign === '\\' && quote !== "'" && at + 1 < text.length) word += text[++at];
      else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
      else if (sign === quote) quote = '';
      else word += sign;
    }
    if (quote !== '') return null;
    found.push({ text: word, column });
  }
  return found;
}

/** The options of one line; what is wrong with them goes to the notes. */
export function readOptions(words: readonly Word[], line: number, notes: Notes): readonly SbatchOption[] {
  const found: SbatchOption[] = [];
  for (let index = 0; index < words.length; index++) {
    const { text, column } = words[index] ?? { text: '', column: 1 };
    const place = { line, column };
    const [, long, given] = /^--([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(text) ?? [];
    const [, letter = '', attached = ''] = /^-([A-Za-z])(.*)$/s.exec(text) ?? [];
    const name = long === undefined ? nameOfLetter.get(letter) : fullName(long);
    if (name === undefined) {
      notes.notCarried(place, text === '' ? '""' : text, 'sbatch has no such option that Drover knows');
      continue;
    }
    if (without.has(name) || (withEither.has(name) && given === undefined)) {
      found.push({ name, value: given ?? '', place });
      if (long === undefined && attached !== '')
        notes.notCarried(place, text, 'options that are written together are read up to the first one');
      continue;
    }
    const next = words[index + 1]?.text;
    const value = long === undefined && attached !== '' ? attached.replace(/^=/, '') : (given ?? next);
    if (value === undefined) {
      notes.refuse(place, 'missing-value', `${text} needs a value`);
      continue;
    }
    if (value === next && given === undefined && attached === '') index++;
    found.push({ name, value, place });
  }
  return found;
}

/** sbatch takes any beginning of a name that only one option has. */
function fullName(written: string): string | undefined {
  if (sbatchOptionNames.includes(written)) return written;
  const [only, ...more] = sbatchOptionNames.filter((name) => name.startsWith(written));
  return more.length === 0 ? only : undefined;
}
