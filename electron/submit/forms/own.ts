/** Presets of a person's own: a form with the values that it had, under a name. Kept in the data folder. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { JobKind } from '../../../shared/model/states';
import { jobKinds } from '../../../shared/model/states';
import type { Submission } from '../../../shared/model/submission';
import { submissionSchema } from '../../../shared/ipc/submission-schema';

export interface OwnPreset {
  /** Told apart from those that are shipped: `own/quick-look`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: JobKind;
  readonly submission: Submission;
}

const file = z.strictObject({
  presets: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      kind: z.enum(jobKinds),
      submission: submissionSchema,
    }),
  ),
});

export const isOwnName = (name: string): boolean => name.startsWith('own/');

export class OwnPresets {
  /** One change after the other, each on what the one before has left. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  async list(): Promise<readonly OwnPreset[]> {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return [];
    const parsed = file.safeParse(asJson(text));
    if (!parsed.success)
      throw new Error(`${this.path} cannot be read: it is no list of presets. Mend it or move it away.`);
    return parsed.data.presets;
  }

  /** One of the same title is replaced. */
  keep(preset: Omit<OwnPreset, 'name'>): Promise<OwnPreset> {
    return this.change(async (presets) => {
      const same = presets.find(({ title }) => title === preset.title);
      const kept = { ...preset, name: same?.name ?? freeName(preset.title, presets) };
      await this.write([...presets.filter((one) => one !== same), kept]);
      return kept;
    });
  }

  /** Whether it was there. */
  remove(name: string): Promise<boolean> {
    return this.change(async (presets) => {
      const rest = presets.filter((preset) => preset.name !== name);
      if (rest.length < presets.length) await this.write(rest);
      return rest.length < presets.length;
    });
  }

  private change<Outcome>(make: (presets: readonly OwnPreset[]) => Promise<Outcome>): Promise<Outcome> {
    const made = this.last.then(async () => make(await this.list()));
    this.last = made.catch(() => undefined);
    return made;
  }

  /** Whole or not at all. */
  private async write(presets: readonly OwnPreset[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const part = `${this.path}.part`;
    await writeFile(part, `${JSON.stringify({ presets }, undefined, 2)}\n`, { mode: 0o600 });
    await rename(part, this.path);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function freeName(title: string, presets: readonly OwnPreset[]): string {
  const plain = title.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '-');
  const wanted = `own/${plain.replaceAll(/^-+|-+$/g, '').toLowerCase() || 'preset'}`;
  let free = wanted;
  for (let number = 2; presets.some(({ name }) => name === free); number++) free = `${wanted}-${number}`;
  return free;
}
