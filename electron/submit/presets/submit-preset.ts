/** A preset that is submitted: its template, with what the preset knows beside it. */
import { resolveParsed, type ResolvedTemplate, type TemplateManners } from '../templates/read-template';
import { usual } from '../templates/requirements';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import type { Preset } from './preset';

/** `givenFrom`: what paths that people give are relative to; missing: the preset's own folder. */
export function submitPreset(
  preset: Preset,
  parameters: Readonly<Record<string, string>>,
  givenFrom: string | undefined,
): ResolvedTemplate {
  const { template, templateFile: file, folder } = preset;
  const place = { file, folder, givenFrom: givenFrom ?? folder, recipe: null };
  return resolveParsed(template, place, parameters, mannersOf(preset, parameters));
}

type Values = Readonly<Record<string, string>>;

function mannersOf(preset: Preset, values: Values): TemplateManners {
  const { kind, progress, resources } = preset;
  const needs = { ...usual.needs, allOf: needsOf(preset, values) };
  return { kind, progress, wanted: { request: { ...usual.request, ...resources }, needs } };
}

/** Which nodes have a program that is named with its whole path, no label tells. */
export const needsOf = ({ needs }: Preset, { Program: program }: Values): readonly string[] =>
  program?.includes('/') === true ? needs.filter((label) => !label.startsWith('program:')) : needs;

export function noSuchPreset(name: string, presets: readonly Preset[]): string {
  const names = presets.map((preset) => preset.name);
  return `there is no preset ${quote(name)}${didYouMean(name, names)}; there are ${listNames(names)}`;
}
