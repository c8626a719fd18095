/** What a staged step is sent: found in its folder by names and globs, and known by its content. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Glob, type Reading } from './glob';
import { isInside, partsFolder, troubleWithName } from './names';

export interface FoundInput {
  /** Within the step's folder, with `/` between names. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
}

const mostInputs = 100_000;

/** `output` is left out where it lies in the folder: what was made is not sent. It fails when it is aborted. */
export async function findInputs(
  folder: string,
  patterns: readonly string[],
  output: string,
  signal?: AbortSignal,
): Promise<readonly FoundInput[]> {
  // There is nothing that could be wrong with it.
  if (patterns.length === 0) return [];
  const root = await realpath(folder).catch(() => {
    throw new Error(`the folder ${folder} is not there. Check "folder" of the step.`);
  });
  const globs = patterns.map((pattern) => new Glob(pattern.replaceAll(sep, '/')));
  const search = new Search(root, folder, globs, output, signal);
  await search.look(
    folder,
    '',
    [root],
    globs.map((glob) => glob.start),
  );
  const missing = globs.find((glob) => !search.met.has(glob));
  if (missing !== undefined)
    throw new Error(`no file in ${folder} is named ${missing.text}. Check "send" of the step.`);
  return search.found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

class Search {
  readonly found: FoundInput[] = [];
  readonly met = new Set<Glob>();

  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly globs: readonly Glob[],
    private readonly output: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** `way`: the folder without links, and those above it. */
  async look(
    folder: string,
    prefix: string,
    way: readonly string[],
    readings: readonly Reading[],
  ): Promise<void> {
    for (const { name } of await readdir(folder, { withFileTypes: true })) {
      this.signal?.throwIfAborted();
      const path = join(folder, name);
      if (path === this.output || name === partsFolder) continue;
      const further = this.globs.map((glob, index) => glob.next(readings[index] ?? [], name));
      if (further.every((reading) => reading.length === 0)) continue;
      await this.take(path, prefix + name, name, way, further);
    }
  }

  private async take(
    path: string,
    whole: string,
    name: string,
    way: readonly string[],
    readings: readonly Reading[],
  ): Promise<void> {
    const meant = this.globs.filter((glob, index) => glob.isWhole(readings[index] ?? []));
    const refuse = (why: string): never => {
      throw new Error(`${path} ${why}.`);
    };
    const trouble = troubleWithName(name);
    if (trouble !== null) {
      if (meant.length > 0) refuse(trouble);
      return;
    }
    const real = await realpath(path).catch(() => null);
    if (real === null || !isInside(this.root, real)) {
      if (meant.length > 0)
        refuse(
          real === null
            ? 'is a link that leads nowhere; remove it, or name what is to be sent without it'
            : `is a link that leads out of ${this.folder}, and is not sent; put the file itself there`,
        );
      return;
    }
    const state = await stat(path);
    if (state.isDirectory()) {
      if (way.includes(real)) refuse('is a link that leads in circles; name what is to be sent without it');
      return this.look(path, `${whole}/`, [...way, real], readings);
    }
    if (meant.length === 0) return;
    if (!state.isFile()) refuse('is neither a file nor a folder, and cannot be sent');
    if (this.found.length === mostInputs)
      throw new Error(`more than ${mostInputs} files in ${this.folder} would be sent. Name fewer of them.`);
    for (const glob of meant) this.met.add(glob);
    this.found.push({ name: whole, path, bytes: state.size, executable: (state.mode & 0o111) !== 0 });
  }
}
