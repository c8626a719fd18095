/** What could be a checkpoint now, as it lies on the disk. */
import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckpointRule } from '../../shared/model/checkpoint';
import { namesIn, type Values } from './names';
import { howFar } from './how-far';

export interface CandidateFile {
  /** Within the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
  /** When it was made, and last written, with parts of milliseconds. */
  readonly begunAt: number;
  readonly writtenAt: number;
  /** Changes with whatever happens to the file. */
  readonly mark: string;
}

/** Files that are a checkpoint together. */
export interface Candidate {
  readonly name: string;
  readonly files: readonly CandidateFile[];
  readonly changedAt: number;
  /** The same as long as nothing has happened to any of its files. */
  readonly mark: string;
}

/** More files than that are no checkpoint that anybody would want kept. */
const mostFiles = 20_000;
const deepest = 8;
const atOnce = 32;

/** The oldest first. Links are never followed. */
export async function candidatesIn(
  folder: string,
  rule: Pick<CheckpointRule, 'files' | 'together' | 'at'>,
  values: Values,
): Promise<readonly Candidate[]> {
  const names = await namesIn(folder, rule, values).catch(() => []);
  const found: Candidate[] = [];
  const isReached = new Map<string, Promise<boolean>>();
  const reaches = (parent: string): Promise<boolean> => {
    const known = isReached.get(parent) ?? isBehindNoLink(folder, parent);
    isReached.set(parent, known);
    return known;
  };
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const files = await Promise.all(
      some.map(async (name) => ((await reaches(dirname(name))) ? filesOf(folder, name) : null)),
    );
    for (const [index, name] of some.entries()) {
      const own = files[index] ?? [];
      if (own.length > 0) found.push(candidate(name, own));
    }
  }
  return joined(found, rule).toSorted((a, b) => a.changedAt - b.changedAt);
}

/** What is equally far belongs together as well: each process of a parallel run writes its own part. */
function joined(
  found: readonly Candidate[],
  rule: Pick<CheckpointRule, 'together' | 'at'>,
): readonly Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const one of found) {
    const key = rule.together ? '' : `${howFar(one, rule) ?? `/${one.name}`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const nameOf = ([first]: readonly Candidate[]): string => first?.name ?? '';
  return [...groups.values()].map((group) =>
    candidate(
      nameOf(group),
      group.flatMap(({ files }) => files),
    ),
  );
}

function candidate(name: string, files: readonly CandidateFile[]): Candidate {
  return {
    name,
    files,
    changedAt: Math.max(...files.map(({ changedAt }) => changedAt)),
    mark: files.map(({ path, mark }) => `${path}\0${mark}`).join('\0'),
  };
}

/** The name of what was in the way of something that was put back, and is no part of it. */
export const asideName = (name: string, why: 'damaged' | 'later'): string => `.${name}.${why}`;
const isAside = (name: string): boolean => /^\..+\.(?:damaged|later)$/.test(name);

async function isBehindNoLink(folder: string, within: string): Promise<boolean> {
  try {
    return (await realpath(join(folder, within))) === join(await realpath(folder), within);
  } catch {
    return false;
  }
}

/** Null: it is neither a file nor a folder, is gone, or is more than a checkpoint. */
async function filesOf(folder: string, name: string): Promise<readonly CandidateFile[] | null> {
  const files: CandidateFile[] = [];
  const look = async (path: string, depth: number): Promise<boolean> => {
    const about = await lstat(join(folder, path), { bigint: true });
    if (about.isFile()) {
      const mark = [about.ino, about.size, about.mtimeNs, about.ctimeNs].join(':');
      const [begunAt, writtenAt] = [Number(about.birthtimeNs) / 1e6, Number(about.mtimeNs) / 1e6];
      const [bytes, changedAt] = [Number(about.size), Number(about.mtimeMs)];
      files.push({ path, bytes, changedAt, begunAt, writtenAt, mark });
      return files.length <= mostFiles;
    }
    if (!about.isDirectory()) return true;
    if (depth === deepest) return false;
    for (const entry of (await readdir(join(folder, path))).toSorted())
      if (!isAside(entry) && !(await look(`${path}/${entry}`, depth + 1))) return false;
    return true;
  };
  try {
    return (await look(name, 0)) ? files : null;
  } catch {
    return null;
  }
}
