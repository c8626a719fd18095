/** From what a person has in hand to the form for it. */
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute } from 'node:path';
import type { Form, FormNote, FormWish, OpenedForm, PresetCard } from '../../../shared/ipc/forms';
import type { BatchId } from '../../../shared/model/ids';
import type { RecipeSource, Submission } from '../../../shared/model/submission';
import { understand } from '../commands/understand';
import { accepted, refused, type Parsed } from '../document/parsed';
import { readText } from '../document/read-file';
import { parseTemplate } from '../openjd/template';
import { isTemplate } from '../templates/read-template';
import { keptValues, templateIn } from './bundle';
import { makeForm, type FormParts } from './make-form';
import type { OwnPreset } from './own';
import type { FormPreset, ReadFile } from './preset';
import { fitting } from './fitting';
import { rememberedApart, type Layer } from './values';

/** What a form is made of, beside what a person has in hand. */
export interface FormSources {
  readonly presets: readonly FormPreset[];
  readonly own: readonly OwnPreset[];
  readonly cardOf: (preset: FormPreset) => PresetCard;
  /** What a file of a preset says by itself. */
  readonly read: (preset: FormPreset, path: string) => Promise<ReadFile>;
  /** What was submitted last of the same. */
  readonly latest: (source: RecipeSource) => Submission | null;
  readonly submittedAs: (batch: BatchId) => Parsed<Submission>;
  readonly home: string;
}

export function openForm(wish: FormWish, sources: FormSources): Promise<Parsed<OpenedForm>> {
  switch (wish.kind) {
    case 'preset':
      return openPreset(wish.preset, wish.file, sources);
    case 'file':
      return openFile(wish.path, sources);
    case 'command':
      return openCommand(wish.text, wish.folder ?? sources.home, sources);
    case 'batch':
      return openBatch(wish.batch, sources);
  }
}

const asForm = (form: Parsed<Form>): Parsed<OpenedForm> =>
  form.ok ? accepted({ kind: 'form', form: form.value }) : form;

async function openPreset(
  name: string,
  file: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const own = sources.own.find((preset) => preset.name === name);
  if (own !== undefined) return openOwn(own, file, sources);
  const preset = sources.presets.find((one) => one.name === name);
  return preset === undefined
    ? refused(`There is no preset ${name}.`)
    : asForm(await presetForm(preset, { file, given: null, remember: true }, sources));
}

async function openOwn(
  own: OwnPreset,
  file: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const opened = await openSubmission(own.submission, sources, file);
  return opened.ok && opened.value.kind === 'form'
    ? accepted({ ...opened.value, form: { ...opened.value.form, title: own.title } })
    : opened;
}

interface Filling {
  readonly file: string | null;
  readonly given: Submission | null;
  /** Whether what was used last is a good beginning. */
  readonly remember: boolean;
}

async function presetForm(
  preset: FormPreset,
  { file, given, remember }: Filling,
  sources: FormSources,
): Promise<Parsed<Form>> {
  const source: RecipeSource = { kind: 'preset', name: preset.name };
  const read = file === null ? null : await sources.read(preset, file);
  const inFile: Record<string, string> =
    file === null || preset.reads === null ? {} : { [preset.reads]: file, ...read?.values };
  const latest = remember ? sources.latest(source) : null;
  const last = latest === null ? null : lastOf(preset, latest, file);
  return makeForm({
    ...preset,
    hints: { when: preset.when, suggestions: read?.suggestions ?? new Map() },
    source,
    folder: given?.folder ?? (file === null ? sources.home : dirname(file)),
    layers: [
      ...(last === null ? [] : [{ origin: 'last', values: last } as const]),
      { origin: 'file', values: inFile },
      ...(given === null ? [] : [{ origin: 'given', values: given.parameters } as const]),
    ],
    instead: {
      ...(file === null ? {} : { name: basename(file, extname(file)) }),
      ...(latest?.instead?.tenant === undefined ? {} : { tenant: latest.instead.tenant }),
      ...given?.instead,
    },
    notes: read?.notes ?? [],
  });
}

/** All of it when the same file is opened again; else what does not belong to the file. */
function lastOf(
  preset: FormPreset,
  latest: Submission,
  file: string | null,
): Readonly<Record<string, string>> {
  const { reads, ofFile, template } = preset;
  const isSame = file !== null && reads !== null && latest.parameters[reads] === file;
  return isSame ? latest.parameters : rememberedApart(template.parameters, latest.parameters, ofFile);
}

const recipeEndings = new Set(['.yaml', '.yml', '.json', '.drover']);

async function openFile(path: string, sources: FormSources): Promise<Parsed<OpenedForm>> {
  if (!isAbsolute(path)) return refused(`${path} is no whole path.`);
  const about = await stat(path).catch(() => null);
  if (about === null) return refused(`There is no file ${path} any more, or you may not read it.`);
  if (about.isDirectory()) {
    const template = await templateIn(path);
    if (template !== null) return openFile(template, sources);
  }
  const isRecipe = recipeEndings.has(extname(path).toLowerCase());
  const fits = isRecipe ? [] : await fitting(sources.presets, path, about.isDirectory());
  const [only, ...others] = fits;
  if (only !== undefined && others.length === 0)
    return asForm(await presetForm(only, { file: path, given: null, remember: true }, sources));
  if (only !== undefined)
    return accepted({ kind: 'choose', file: path, presets: fits.map(sources.cardOf) });
  if (about.isDirectory())
    return refused(
      `The folder ${path} has no template.yaml or template.json in it, and is nothing that a preset is for.`,
    );
  const content = await readText(path, 'recipe');
  if (content.text !== null && isTemplate(content.text)) return templateFile(path, content.text, sources);
  // Also where it cannot be read: what is wrong with it, the check says.
  if (isRecipe || (content.text !== null && /^(?:\s*\{)?\s*["']?drover["']?\s*:/m.test(content.text)))
    return recipe({ source: { kind: 'file', path }, parameters: {} });
  const known = [...new Set(sources.presets.flatMap(({ files }) => files))].join(', ');
  return refused(
    `Drover does not know what to do with ${basename(path)}: it is no recipe and no template of a job${known === '' ? '' : `, and there are presets for ${known}`}. Choose a preset for it, or write a recipe that uses it.`,
  );
}

const recipe = (submission: Submission, notes: readonly FormNote[] = []): Parsed<OpenedForm> =>
  accepted({ kind: 'recipe', submission, notes });

async function templateFile(
  path: string,
  text: string,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const source: RecipeSource = { kind: 'file', path };
  const kept = await keptValues(path);
  const latest = sources.latest(source);
  const name = isNamedByFolder(path) ? basename(dirname(path)) : basename(path, extname(path));
  return templateForm(text, {
    source,
    folder: dirname(path),
    layers: [
      ...(latest === null ? [] : [{ origin: 'last', values: latest.parameters } as const]),
      { origin: 'file', values: kept.values },
    ],
    instead: { name, ...latest?.instead },
    notes: kept.notes,
  });
}

const isNamedByFolder = (path: string): boolean => /^template\.(?:ya?ml|json)$/.test(basename(path));

/** What cannot be read is shown as a recipe's mistakes are, each with its place. */
function templateForm(
  text: string,
  parts: Pick<FormParts, 'source' | 'folder' | 'layers' | 'instead' | 'notes'>,
): Parsed<OpenedForm> {
  const { source, folder } = parts;
  const parsed = parseTemplate(text, { file: source.kind === 'file' ? source.path : source.kind });
  if (!parsed.ok || parsed.template.kind === 'environment')
    return recipe({ source, parameters: {}, folder }, parts.notes);
  const { template } = parsed;
  const { description, name } = template;
  return asForm(
    makeForm({ ...parts, title: name.text, description, kind: 'command', picture: null, reads: null, template }),
  );
}

async function openCommand(
  text: string,
  folder: string,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const understood = understand(text, folder, sources.home);
  const preset = sources.presets.find(({ name }) => name === understood.preset);
  if (preset === undefined) return refused(`There is no preset ${understood.preset}.`);
  const read =
    understood.file === null ? null : await sources.read(preset, understood.file);
  const given: Submission = {
    source: { kind: 'preset', name: preset.name },
    parameters: understood.values(read?.values ?? {}),
    folder,
  };
  const opened = await presetForm(preset, { file: understood.file, given, remember: false }, sources);
  if (!opened.ok) return opened;
  const notes = [...opened.value.notes, ...understood.notes];
  return accepted({ kind: 'form', form: { ...opened.value, notes } });
}

async function openBatch(batch: BatchId, sources: FormSources): Promise<Parsed<OpenedForm>> {
  const submission = sources.submittedAs(batch);
  return submission.ok ? openSubmission(submission.value, sources, null) : submission;
}

/** A submission again, with another file if one is named. */
async function openSubmission(
  submission: Submission,
  sources: FormSources,
  file: string | null,
): Promise<Parsed<OpenedForm>> {
  const { source, parameters, folder, instead = {} } = submission;
  if (source.kind === 'preset') {
    const preset = sources.presets.find(({ name }) => name === source.name);
    if (preset === undefined) return refused(`There is no preset ${source.name} any more.`);
    return asForm(await presetForm(preset, fillingOf(preset, submission, file), sources));
  }
  const text = source.kind === 'text' ? source.text : (await readText(source.path, 'recipe')).text;
  if (text === null || !isTemplate(text)) return recipe(submission);
  const own = source.kind === 'text' ? source.folder : dirname(source.path);
  const layer: Layer = { origin: 'given', values: parameters };
  return templateForm(text, { source, folder: folder ?? own, layers: [layer], instead, notes: [] });
}

/** What belongs to the file before does not hold for another one. */
function fillingOf(preset: FormPreset, submission: Submission, file: string | null): Filling {
  if (file === null) return { file: null, given: submission, remember: false };
  const { name: _, ...instead } = submission.instead ?? {};
  const parameters = rememberedApart(preset.template.parameters, submission.parameters, preset.ofFile);
  return { file, given: { ...submission, parameters, folder: dirname(file), instead }, remember: false };
}
