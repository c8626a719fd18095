/** The bundled samples, described by their own recipes. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '../../shared/ipc/submissions';
import type { Batch } from '../../shared/model/batch';
import { readRecipe } from '../submit/read-recipe';

/** `there`: labels that nodes have; null: not all are known yet. */
export async function samples(
  resources: string,
  there: ReadonlySet<string> | null,
): Promise<readonly Sample[]> {
  const folder = join(resources, 'samples');
  const names = (await readdir(folder)).toSorted();
  const read = await Promise.all(names.map((name) => sampleIn(join(folder, name), name)));
  return read
    .filter((sample) => sample !== null)
    .map(({ labels, ...sample }) => ({
      ...sample,
      needs: labels.map(programOf),
      missing: labels.filter((label) => there !== null && !there.has(label)).map(programOf),
    }))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Null while one of them has not said yet what it has. */
export function labelsThere(
  nodes: Iterable<{ readonly labels: ReadonlySet<string>; readonly removed: boolean }>,
): ReadonlySet<string> | null {
  const known = [...nodes].filter(({ removed }) => !removed);
  return known.some(({ labels }) => labels.size === 0)
    ? null
    : new Set(known.flatMap(({ labels }) => [...labels]));
}

/** What runs anywhere comes first; of that a render, of which a newcomer sees something within seconds. */
const rank = ({ needs, missing, kind }: Sample): number =>
  4 * missing.length + 2 * Number(needs.length > 0) + Number(kind !== 'render');

type OneSample = Omit<Sample, 'needs' | 'missing'> & { readonly labels: readonly string[] };

async function sampleIn(folder: string, name: string): Promise<OneSample | null> {
  const recipe = join(folder, 'recipe.yaml');
  const read = await readRecipe({ source: { kind: 'file', path: recipe }, parameters: {} }, [], []);
  if (!read.ok) return null;
  const { batch } = read;
  const kind = batch.jobs.find((job) => job.kind !== 'command')?.kind ?? 'command';
  // `# Argon: a box of liquid argon.`
  const [, description = ''] = /^# (?!yaml-)[^:\n]+: (.+)$/m.exec(await readFile(recipe, 'utf8')) ?? [];
  const sentence = description.charAt(0).toUpperCase() + description.slice(1);
  return { name, title: batch.name, kind, recipe, description: sentence, labels: programsOf(batch) };
}

const programsOf = ({ jobs }: Batch): readonly string[] => [
  ...new Set(
    jobs
      .flatMap(({ steps }) => steps)
      .flatMap(({ needs }) => needs.allOf.filter((label) => label.startsWith('program:'))),
  ),
];

const names: Readonly<Record<string, string>> = {
  blender: 'Blender',
  povray: 'POV-Ray',
  gmx: 'GROMACS',
  lmp: 'LAMMPS',
  openfoam: 'OpenFOAM',
};

function programOf(label: string): string {
  const program = label.slice('program:'.length);
  return names[program] ?? program;
}
