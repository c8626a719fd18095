/** A preset as a form, filled in from a file, from the last time, and from what was said. */
import { basename, dirname, extname } from 'node:path';
import type { Form, FormNote } from '../../../shared/ipc/forms';
import type { RecipeSource, Submission } from '../../../shared/model/submission';
import type { Parsed } from '../document/parsed';
import { presetsFor, type Dropped } from '../presets/dropped';
import type { Preset } from '../presets/preset';
import { makeForm } from './make-form';
import { rememberedApart } from './values';

/** What a file says by itself. */
export type Filled = Pick<Dropped, 'parameters' | 'choices' | 'remarks'> & {
  /** The file or folder that was opened. */
  readonly path: string;
};

interface Filling {
  readonly filled: Filled | null;
  readonly given: Submission | null;
  /** Whether what was used last is a good beginning. */
  readonly remember: boolean;
}

interface Around {
  readonly pictureOf: (preset: Preset) => string | null;
  readonly latest: (source: RecipeSource) => Submission | null;
  readonly home: string;
}

/** Also from a file that its name does not tell to be for the preset. */
export async function filledFrom(preset: Preset, path: string): Promise<Filled> {
  const [dropped] = await presetsFor([preset], path);
  const reads = readsOf(preset);
  const parameters: Record<string, string> = reads === null ? {} : { [reads]: path };
  return { path, ...(dropped ?? { parameters, choices: {}, remarks: [] }) };
}

export const readsOf = ({ files: [file] }: Preset): string | null => file?.parameter ?? null;

/** The parameters that belong to a file, and mean nothing for another one. */
export const ofFile = ({ files }: Preset): ReadonlySet<string> =>
  new Set(files.flatMap((file) => [file.parameter, ...(file.kind === 'file' ? file.reads.keys() : [])]));

/** `*.blend`, `system/controlDict`. */
export const fileNames = ({ files }: Preset): readonly string[] =>
  files.map((file) => (file.kind === 'file' ? file.name : file.holds));

export function presetForm(preset: Preset, filling: Filling, around: Around): Parsed<Form> {
  const { title, description, kind, template } = preset;
  const { filled, given } = filling;
  const source: RecipeSource = { kind: 'preset', name: preset.name };
  const latest = filling.remember ? around.latest(source) : null;
  const tenant = latest?.instead?.tenant;
  return makeForm({
    ...{ title, description, kind, template, source },
    picture: around.pictureOf(preset),
    hints: { when: preset.when, suggestions: new Map(Object.entries(filled?.choices ?? {})) },
    reads: readsOf(preset),
    folder: given?.folder ?? (filled === null ? around.home : dirname(filled.path)),
    layers: [
      { origin: 'last', values: latest === null ? {} : lastOf(preset, latest, filled) },
      { origin: 'file', values: filled?.parameters ?? {} },
      { origin: 'given', values: given?.parameters ?? {} },
    ],
    instead: {
      ...(filled === null ? {} : { name: basename(filled.path, extname(filled.path)) }),
      ...(tenant === undefined ? {} : { tenant }),
      ...given?.instead,
    },
    notes: (filled?.remarks ?? []).map((text): FormNote => ({ kind: 'read', text })),
  });
}

/** All of it when the same file is opened again; else what does not belong to a file. */
function lastOf(
  preset: Preset,
  { parameters }: Submission,
  filled: Filled | null,
): Readonly<Record<string, string>> {
  const reads = readsOf(preset);
  const isSame = reads !== null && filled !== null && parameters[reads] === filled.parameters[reads];
  return isSame ? parameters : rememberedApart(preset.template.parameters, parameters, ofFile(preset));
}
