/** What an attempt has made on a node, found there by names and globs. */
import { posix } from 'node:path';
import type { FolderEntry, SshFiles } from '../ssh/files';
import { Glob, type Reading } from './glob';
import { troubleWithName } from './names';

export interface FoundOutput {
  /** Within the output folder, with `/` between names. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
  /** By the node's clock, in whole seconds. */
  readonly changedAt: number;
}

export interface FoundOutputs {
  readonly outputs: readonly FoundOutput[];
  /** What is meant as well, but cannot be fetched, in words. */
  readonly refused: readonly string[];
}

const mostOutputs = 100_000;

/** Null: the folder is not there. */
export async function findOutputs(
  files: SshFiles,
  folder: string,
  patterns: readonly string[],
): Promise<FoundOutputs | null> {
  const root = await files.realPath(folder);
  if (root === null || (await files.stat(folder))?.kind !== 'folder') return null;
  const globs = patterns.map((pattern) => new Glob(pattern));
  const search = new Search(files, root, globs);
  await search.look(
    folder,
    '',
    globs.map((glob) => glob.start),
  );
  return search;
}

class Search implements FoundOutputs {
  readonly outputs: FoundOutput[] = [];
  readonly refused: string[] = [];

  constructor(
    private readonly files: SshFiles,
    private readonly root: string,
    private readonly globs: readonly Glob[],
  ) {}

  async look(folder: string, prefix: string, readings: readonly Reading[]): Promise<void> {
    for (const entry of (await this.files.list(folder)) ?? []) {
      const further = this.globs.map((glob, index) => glob.next(readings[index] ?? [], entry.name));
      if (further.every((reading) => reading.length === 0)) continue;
      await this.take(entry, posix.join(folder, entry.name), prefix + entry.name, further);
    }
  }

  private async take(
    entry: FolderEntry,
    path: string,
    name: string,
    readings: readonly Reading[],
  ): Promise<void> {
    const isMeant = this.globs.some((glob, index) => glob.isWhole(readings[index] ?? []));
    const refuse = (why: string): void => {
      if (isMeant) this.refused.push(`${JSON.stringify(name)} ${why}`);
    };
    const trouble = troubleWithName(entry.name);
    if (trouble !== null) return refuse(trouble);
    if (entry.kind === 'folder') return this.look(path, `${name}/`, readings);
    if (!isMeant) return;
    const found = entry.kind === 'file' ? entry : await this.behindLink(path);
    if (typeof found === 'string') return refuse(found);
    if (found === null) return;
    if (this.outputs.length === mostOutputs)
      throw new Error(`there are more than ${mostOutputs} of them: let "fetch" of the step name fewer`);
    const { bytes, mode, changedAt } = found;
    this.outputs.push({ name, path, bytes, executable: (mode & 0o111) !== 0, changedAt });
  }

  /** A text: why it is not fetched; null: it need not be, for what it leads to is fetched under its own name. */
  private async behindLink(
    path: string,
  ): Promise<Pick<FolderEntry, 'bytes' | 'mode' | 'changedAt'> | string | null> {
    const [found, real] = [await this.files.stat(path), await this.files.realPath(path)];
    if (found === null || real === null) return 'is a link that leads nowhere';
    if (!real.startsWith(`${this.root}/`) && real !== this.root)
      return 'is a link that leads out of the output folder';
    if (found.kind === 'folder') return null;
    return found.kind === 'file' ? found : 'is neither a file nor a folder';
  }
}
