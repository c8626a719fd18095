/** The files that a batch has made, in its output folder and below. */
import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { byName } from '../gather/timeline';

export interface FoundOutputs {
  /** In order; at most so many are told of. */
  readonly files: readonly FoundOutput[];
  readonly found: number;
  readonly bytes: number;
  /** Files that have not changed since the batch began. */
  readonly older: number;
  readonly remarks: readonly string[];
}

export interface FoundOutput {
  /** Within the output folder, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
}

export interface SearchLimits {
  readonly listed: number;
  readonly lookedAt: number;
  readonly milliseconds: number;
}

const usual: SearchLimits = { listed: 10_000, lookedAt: 200_000, milliseconds: 10_000 };
const deepest = 16;
/** Clocks of file servers, and times of files, are not that exact. */
const tolerance = 5000;
/** Reports, also those of other batches, and those that are being written. */
const reports = /^\.?report(-b\d+-[\d-]+)?\.(html|json)(\.[\w-]+\.tmp)?$/;

export async function findOutputs(
  folder: string,
  since: number,
  limits: SearchLimits = usual,
): Promise<FoundOutputs> {
  const search = new Search(folder, since, limits);
  await search.look('', 0);
  return search.result();
}

/** What is copied or moved here keeps the time of its content, but not that of itself. */
export const changedSince = (
  { mtimeMs, ctimeMs }: { readonly mtimeMs: number; readonly ctimeMs: number },
  since: number,
): boolean => Math.max(mtimeMs, ctimeMs) >= since - tolerance;

class Search {
  private readonly files: FoundOutput[] = [];
  private readonly remarks = new Set<string>();
  private readonly endsAt: number;
  private found = 0;
  private bytes = 0;
  private older = 0;
  private lookedAt = 0;

  constructor(
    private readonly folder: string,
    private readonly since: number,
    private readonly limits: SearchLimits,
  ) {
    this.endsAt = performance.now() + limits.milliseconds;
  }

  async look(below: string, depth: number): Promise<void> {
    try {
      for await (const entry of await opendir(join(this.folder, below))) {
        if (this.isOver()) return;
        await this.take(entry, below === '' ? entry.name : `${below}/${entry.name}`, depth);
      }
    } catch (error) {
      this.remarks.add(`${below === '' ? 'The folder' : below} could not be read: ${wordsOf(error)}.`);
    }
  }

  result(): FoundOutputs {
    const { found, bytes, older } = this;
    const { listed } = this.limits;
    if (found > listed)
      this.remarks.add(
        `Only ${listed.toLocaleString('en-US')} files are listed: those that were found first.`,
      );
    const files = this.files.toSorted((a, b) => byName.compare(a.path, b.path));
    return { files, found, bytes, older, remarks: [...this.remarks] };
  }

  private async take(entry: Dirent, path: string, depth: number): Promise<void> {
    // Half a character, as Windows allows in names, cannot be told.
    if (entry.name.startsWith('.') || /\p{Surrogate}/u.test(entry.name)) return;
    if (entry.isDirectory()) {
      if (depth < deepest) return this.look(path, depth + 1);
      this.remarks.add(`Folders more than ${deepest} deep were not looked into.`);
    }
    if (!entry.isFile() || (depth === 0 && reports.test(entry.name))) return;
    const about = await lstat(join(this.folder, path));
    if (!changedSince(about, this.since)) {
      this.older++;
      return;
    }
    this.found++;
    this.bytes += about.size;
    if (this.files.length < this.limits.listed)
      this.files.push({ path, bytes: about.size, changedAt: Math.round(about.mtimeMs) });
  }

  private isOver(): boolean {
    const { lookedAt, milliseconds } = this.limits;
    if (++this.lookedAt > lookedAt)
      this.remarks.add(
        `Only the first ${lookedAt.toLocaleString('en-US')} files and folders were looked at.`,
      );
    else if (performance.now() > this.endsAt)
      this.remarks.add(
        `The search took longer than ${milliseconds / 1000} s and was ended: there may be more.`,
      );
    else return false;
    return true;
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
