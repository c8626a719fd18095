/** A preset that is submitted: its template, with what the preset knows beside it. */
import { escapePath } from 'tinyglobby';
import { resolveParsed, type ResolvedTemplate, type TemplateManners } from '../templates/read-template';
import { usual } from '../templates/requirements';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import type { CheckpointRule } from '../../../shared/model/checkpoint';
import type { JobParameter } from '../openjd/model';
import { isWithin } from '../../../shared/model/files';
import type { Outputs } from '../templates/symbols';
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
  return {
    kind,
    progress,
    checkpoints: (job, outputs) => ruleOf(preset, job, outputs),
    wanted: { request: { ...usual.request, ...resources }, needs },
  };
}

/** Null: with these values it has none. */
export function ruleOf(
  { checkpoints }: Preset,
  { parameters }: { readonly parameters: readonly JobParameter[] },
  outputs: Outputs,
): CheckpointRule | null {
  if (checkpoints === null) return null;
  const { files, resumed, stopped: _, ...rest } = checkpoints;
  const valueOf = (name: string): string => parameters.find((one) => one.name === name)?.value ?? '';
  const names = files.kind === 'names' ? files.names : valueOf(files.parameter).split(/\s+/).filter(Boolean);
  if (names.length === 0 || !names.every(isWithin)) return null;
  const rule = { ...rest, resumed: resumed.source };
  const parts = outputs.get(outputFolder);
  if (parts === undefined) return { ...rule, files: names, folder: valueOf(outputFolder) };
  const [before, inside = '', ...others] = parts;
  if (before !== '' || others.length > 0) return null;
  const below = inside.split('/').filter(Boolean).map(escapePath);
  const within = (list: readonly string[]): readonly string[] =>
    list.map((name) => [...below, name].join('/'));
  const along = rest.along === undefined ? {} : { along: within(rest.along) };
  return { ...rule, ...along, files: within(names), folder: null };
}

/** Every preset has it; see PRESETS.md. */
const outputFolder = 'OutputDir';

/** Which nodes have a program that is named with its whole path, no label tells. */
export const needsOf = ({ needs }: Preset, { Program: program }: Values): readonly string[] =>
  program?.includes('/') === true ? needs.filter((label) => !label.startsWith('program:')) : needs;

export function noSuchPreset(name: string, presets: readonly Preset[]): string {
  const names = presets.map((preset) => preset.name);
  return `there is no preset ${quote(name)}${didYouMean(name, names)}; there are ${listNames(names)}`;
}
