/** The options of GNU parallel: what they are in a recipe, and which would make other tasks of it. */
import { quote } from '../document/words';
import type { JobFields } from '../schema/recipe';
import { literalText, spanText } from './draft';
import type { Notes } from './notes';
import type { ParallelCommand, PlacedWord } from './parallel-command';

export interface ParallelOptions {
  /** Of the words, the first that is no option. */
  readonly next: number;
  readonly fields: JobFields;
  readonly files: readonly PlacedWord[];
  readonly colsep: RegExp | null;
  readonly link: boolean;
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const withValue =
  names(`a arg-file C colsep j jobs P max-procs timeout retries wd workdir joblog halt halt-on-error delay
  nice env S sshlogin sshloginfile slf tmpdir results load memfree memsuspend limit tagstring shellquote basefile bf
  return transferfile tf sshdelay compress-program progress-file tempdir termseq jobs-per-host`);
const without =
  names(`k keep-order bar eta progress v verbose t dry-run dryrun u ungroup group line-buffer lb linebuffer
  tag will-cite no-notice resume resume-failed retry-failed cleanup trc bg fg gnu plain silent compress color
  ctag r no-run-if-empty hostgroups link xapply trim controlmaster filter-hosts`);
/** With these the tasks would be others. */
const others =
  names(`N n max-args L max-lines l X xargs m pipe pipepart pipe-part cat fifo block recstart recend
  shuf I i replace rpl U header arg-sep arg-file-sep d delimiter 0 null q quote semaphore sqlmaster sql
  sqlandworker sqlworker max-replace-args embed tmux tmuxpane tty skip-first-line extensionreplace basenamereplace
  process-slot-var template tmpl x E eof record-env`);

const short = /^-([A-Za-z0-9])(.*)$/s;

export function readOptions({ words }: ParallelCommand, notes: Notes): ParallelOptions | null {
  const fields: { -readonly [Name in keyof JobFields]: JobFields[Name] } = {};
  const files: PlacedWord[] = [];
  let colsep: RegExp | null = null;
  let link = false;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || !/^-./.test(word.text)) break;
    if (word.text === '--') {
      at++;
      break;
    }
    const { place, text } = word;
    const [, long, given] = /^--?([A-Za-z][\w-]+)(?:=(.*))?$/s.exec(text) ?? [];
    const isLong = long !== undefined && (text.startsWith('--') || withValue.has(long) || without.has(long));
    const [, letter = '', attached = ''] = short.exec(text) ?? [];
    const name = isLong ? long : letter;
    const takesValue = withValue.has(name);
    const own = isLong ? given : attached === '' ? undefined : attached;
    const value = takesValue ? (own ?? words[++at]?.text) : undefined;
    const lose = (why: string): void =>
      notes.notCarried(place, value === undefined ? text : `--${name} ${value}`, why);
    if (takesValue && value === undefined)
      return notes.refuse(place, 'missing-value', `${text} needs a value`);
    if (others.has(name)) {
      notes.refuse(
        place,
        'unsupported',
        `${text} makes other tasks of the values, in a way that Drover does not read; write it without`,
      );
    } else if (/^(?:a|arg-file)$/.test(name)) files.push({ text: value ?? '', isPlain: true, place });
    else if (/^(?:C|colsep)$/.test(name)) {
      colsep = separator(value ?? '');
      if (colsep === null)
        notes.refuse(
          place,
          'unsupported',
          `${quote(value ?? '')} is no separator that Drover reads; allowed are plain signs, \\t, \\s+ and sets such as [,;]`,
        );
    } else if (name === 'link' || name === 'xapply') link = true;
    else if (/^(?:j|jobs|P|max-procs)$/.test(name)) {
      if (/^[1-9]\d{0,6}$/.test(value ?? '')) fields.most = Number(value);
      else if (value !== '0')
        lose('as many tasks run as the nodes have room for; say what one needs under resources');
    } else if (name === 'timeout') {
      const seconds = secondsOf(value ?? '');
      if (seconds === null) lose('it is no length of time that is known before');
      else fields.timeout = spanText(seconds);
    } else if (name === 'retries' && /^[1-9]\d{0,2}$/.test(value ?? '')) {
      if (value !== '1') fields.retry = Number(value) - 1;
    } else if (name === 'wd' || name === 'workdir') {
      if (value === '...' || value === '.' || value === '') lose('commands run in the folder of the recipe');
      else fields.folder = literalText(value ?? '');
    } else lose(whyLost(name));
  }
  return notes.problems.none ? { next: at, fields, files, colsep, link } : null;
}

/** Only such as cannot take long to look for. */
function separator(text: string): RegExp | null {
  if (/^[^\\[\](){}.*+?^$|]{1,20}$/.test(text)) return new RegExp(text.replaceAll(/[/-]/g, '\\$&'));
  return /^(?:\\[tsn.|+*$^?]|\[[^\\[\]^-]{1,20}\])\+?$/.test(text) ? new RegExp(text) : null;
}

const lengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(text: string): number | null {
  const [, amount = '', unit = 's'] = /^(\d{1,6})([smhd])?$/.exec(text) ?? [];
  const seconds = Number(amount) * (lengths[unit] ?? 1);
  return amount === '' || seconds === 0 || seconds > 365 * 86_400 ? null : seconds;
}

function whyLost(name: string): string {
  if (
    /^(?:S|sshlogin|sshloginfile|slf|basefile|bf|transferfile|tf|return|cleanup|trc|hostgroups)$/.test(name)
  )
    return 'machines are added to the farm: drover nodes add ADDRESS; files: { send: [...] } copies what they need';
  if (name.startsWith('halt')) return 'the other tasks of a job go on when one fails';
  if (/^(?:joblog|results|resume|resume-failed|retry-failed)$/.test(name))
    return 'Drover remembers what ran and how it ended: drover show JOB, drover retry JOB';
  if (/^(?:env|record-env)$/.test(name)) return 'write the variables that it needs under environment';
  if (/^(?:load|memfree|memsuspend|limit|nice|delay)$/.test(name))
    return 'what a task needs is said under resources, and how far work stands back in the settings of a node';
  if (without.has(name) || withValue.has(name))
    return 'it changes only how parallel shows or keeps things; drover logs JOB shows what tasks print';
  return 'parallel has no such option that Drover knows';
}
