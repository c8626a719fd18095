import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jobKinds } from '../../../shared/model/states';
import type { Problem } from '../document/problems';
import type { Preset } from './preset';
import { readPreset } from './read-preset';

export interface ReadPresets {
  readonly presets: readonly Preset[];
  /** Of those that could not be read. */
  readonly problems: readonly Problem[];
}

/** Those in the folders of this one: renders first, then simulations, then commands; by title among their like. */
export async function readPresets(folder: string): Promise<ReadPresets> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = await Promise.all(names.toSorted().map((name) => readPreset(join(folder, name))));
  const presets = read.flatMap((one) => (one.ok ? [one.preset] : []));
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  const rank = ({ kind }: Preset): number => jobKinds.indexOf(kind);
  return {
    presets: presets.toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title)),
    problems,
  };
}

/** Those that can be read. */
export async function presets(folder: string): Promise<readonly Preset[]> {
  return (await readPresets(folder)).presets;
}
