import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { parse, type Line } from 'ssh-config';
import { glob } from 'tinyglobby';
import { codeOf, messageOf, SshFailure } from './failure';
import { fitsOneOf } from './pattern';

type Directive = Extract<Line, { readonly param: string }>;

/** What a configuration says of one host: the words after each keyword (in small letters). */
export class ConfigValues {
  private readonly found = new Map<string, readonly string[]>();
  readonly identityFiles = new Set<string>();

  words(keyword: string): readonly string[] {
    return this.found.get(keyword) ?? [];
  }

  word(keyword: string): string | null {
    return this.words(keyword)[0] ?? null;
  }

  /** The first to be said counts; only key files add up. */
  add(keyword: string, words: readonly string[]): void {
    if (keyword === 'identityfile') words.forEach((file) => this.identityFiles.add(file));
    // The two exclude each other, so that the first of either decides.
    else if (keyword === 'proxyjump' || keyword === 'proxycommand') {
      if (!this.found.has('proxyjump') && !this.found.has('proxycommand')) this.found.set(keyword, words);
    } else if (!this.found.has(keyword)) this.found.set(keyword, words);
  }
}

export interface ConfigQuery {
  readonly alias: string;
  readonly user: string | null;
  readonly localUser: string;
  readonly home: string;
}

/** Reads `~/.ssh/config` or its like for one host. Of `Match`, `exec` is never carried out: it does not match. */
export async function readConfig(file: string, query: ConfigQuery): Promise<ConfigValues> {
  const reading = new Reading(dirname(file), query);
  await reading.file(file, 0);
  if (reading.hasFinal) {
    reading.final = true;
    await reading.file(file, 0);
  }
  return reading.values;
}

class Reading {
  readonly values = new ConfigValues();
  /** Some sections are for a second round, when the host's real name is known. */
  final = false;
  hasFinal = false;

  constructor(
    private readonly folder: string,
    private readonly query: ConfigQuery,
  ) {}

  async file(path: string, depth: number): Promise<void> {
    if (depth > 16)
      throw new SshFailure('configuration', `${path} includes itself. Take that Include out of it.`);
    await this.lines(parseFile(path, await readText(path)), path, depth);
  }

  private async lines(lines: readonly Line[], path: string, depth: number): Promise<void> {
    for (const line of lines) {
      if (!('param' in line)) continue;
      const keyword = line.param.toLowerCase();
      if (keyword === 'include') await this.include(wordsOf(line), depth);
      else if (keyword !== 'host' && keyword !== 'match') this.values.add(keyword, wordsOf(line));
      else if ('config' in line && this.applies(line)) await this.lines(line.config, path, depth);
    }
  }

  private async include(patterns: readonly string[], depth: number): Promise<void> {
    for (const pattern of patterns) {
      const path = absolute(pattern, this.folder, this.query.home).replaceAll('\\', '/');
      const files = await glob(path, { absolute: true, dot: true, expandDirectories: false });
      for (const file of files.toSorted()) await this.file(file, depth + 1);
    }
  }

  private applies(section: Directive): boolean {
    if (section.param.toLowerCase() === 'host')
      return fitsOneOf(wordsOf(section), this.final ? this.host() : this.query.alias);
    if (!('criteria' in section)) return false;
    return Object.entries(section.criteria).every(([criterion, value]) => {
      const not = criterion.startsWith('!');
      const words = typeof value === 'string' ? [value] : value.map(({ val }) => val);
      return this.meets(criterion.slice(not ? 1 : 0).toLowerCase(), words) !== not;
    });
  }

  private meets(criterion: string, words: readonly string[]): boolean {
    const patterns = words.flatMap((word) => word.split(','));
    switch (criterion) {
      case 'all':
        return true;
      case 'final':
        this.hasFinal = true;
        return this.final;
      case 'host':
        return fitsOneOf(patterns, this.host());
      case 'originalhost':
        return fitsOneOf(patterns, this.query.alias);
      case 'user':
        return fitsOneOf(patterns, this.query.user ?? this.values.word('user') ?? this.query.localUser);
      case 'localuser':
        return fitsOneOf(patterns, this.query.localUser);
      default:
        return false;
    }
  }

  private host(): string {
    return (this.values.word('hostname') ?? this.query.alias).replaceAll('%h', this.query.alias);
  }
}

/** `~` is the home folder; what is not absolute is meant from the given folder. */
export function absolute(path: string, folder: string, home: string): string {
  if (path === '~' || path.startsWith('~/') || path.startsWith('~\\')) return join(home, path.slice(1));
  return isAbsolute(path) ? path : join(folder, path);
}

const wordsOf = ({ value }: Directive): readonly string[] =>
  typeof value === 'string' ? [value] : value.map(({ val }) => val);

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new SshFailure(
      'configuration',
      `${path} cannot be read (${messageOf(error)}). Check who may read it.`,
    );
  }
}

function parseFile(path: string, text: string): readonly Line[] {
  try {
    return parse(text);
  } catch (error) {
    throw new SshFailure(
      'configuration',
      `${path} cannot be understood: ${messageOf(error)}. Correct that line.`,
    );
  }
}
