/** From what a person has in hand to the form for it. */
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute } from 'node:path';
import type { Form, FormWish, GraphOfRecipe, OpenedForm, PresetCard } from '../../../shared/ipc/forms';
import type { BatchId } from '../../../shared/model/ids';
import type { Pipeline } from '../../../shared/model/pipeline';
import type { RecipeSource, Submission } from '../../../shared/model/submission';
import { understand } from '../commands/understand';
import { accepted, refused, type Parsed } from '../document/parsed';
import { readText } from '../document/read-file';
import type { Preset } from '../presets/preset';
import { isTemplate } from '../templates/read-template';
import { templateIn } from './bundle';
import { presetsInFolder } from './folders';
import type { OwnPreset } from './own';
import { filledFrom, fileNames, ofFile, presetForm } from './preset-form';
import { readPipeline } from './read-pipeline';
import { templateFile, templateForm } from './template-form';
import { rememberedApart } from './values';
import { presetsFor } from '../presets/dropped';

/** What a form is made of, beside what a person has in hand. */
export interface FormSources {
  readonly presets: readonly Preset[];
  readonly own: readonly OwnPreset[];
  readonly cardOf: (preset: Preset) => PresetCard;
  readonly pictureOf: (preset: Preset) => string | null;
  /** What was submitted last of the same. */
  readonly latest: (source: RecipeSource) => Submission | null;
  readonly submittedAs: (batch: BatchId) => Parsed<Submission>;
  readonly home: string;
  readonly now: number;
}

export function openForm(wish: FormWish, sources: FormSources): Promise<Parsed<OpenedForm>> {
  switch (wish.kind) {
    case 'preset':
      return openPreset(wish.preset, wish.file, sources);
    case 'file':
      return openFile(wish.path, sources);
    case 'command':
      return openCommand(wish.text, wish.folder, sources);
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
  if (preset === undefined) return refused(`There is no preset ${name}.`);
  const filled = file === null ? null : await filledFrom(preset, file);
  return asForm(presetForm(preset, { filled, given: null, remember: true }, sources));
}

async function openOwn(
  own: OwnPreset,
  file: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const opened = await openSubmission(own.submission, file, sources);
  return opened.ok && opened.value.kind === 'form'
    ? accepted({ ...opened.value, form: { ...opened.value.form, title: own.title } })
    : opened;
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
  const found = isRecipe ? [] : await presetsFor(sources.presets, path);
  const fitting =
    found.length === 0 && about.isDirectory() ? await presetsInFolder(sources.presets, path) : found;
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0)
    return asForm(
      presetForm(only.preset, { filled: { ...only, path }, given: null, remember: true }, sources),
    );
  if (only !== undefined) {
    const presets = fitting.map(({ preset }) => sources.cardOf(preset));
    return accepted({ kind: 'choose', file: path, presets });
  }
  return about.isDirectory() ? refusedFolder(path) : openText(path, isRecipe, sources);
}

const refusedFolder = (path: string): Parsed<OpenedForm> =>
  refused(
    `The folder ${path} has no template.yaml or template.json in it, and no preset is for what is in it.`,
  );

async function openText(path: string, isRecipe: boolean, sources: FormSources): Promise<Parsed<OpenedForm>> {
  const content = await readText(path, 'recipe');
  const source: RecipeSource = { kind: 'file', path };
  if (content.text !== null && isTemplate(content.text))
    return templateFile(path, content.text, sources.latest(source));
  // Also where it cannot be read: what is wrong with it, the check says.
  if (isRecipe || (content.text !== null && /^(?:\s*\{)?\s*["']?drover["']?\s*:/m.test(content.text)))
    return recipe({ source, parameters: {} }, content.text, sources);
  const known = [...new Set(sources.presets.flatMap(fileNames))].join(', ');
  const there = known === '' ? '' : `, and the presets are for ${known}`;
  return refused(
    `Drover does not know what to do with ${basename(path)}: it is no recipe and no template of a job${there}. Choose a preset and give it this file, or write a recipe that uses it.`,
  );
}

/** `text`: null: it cannot be read. */
const recipe = (submission: Submission, text: string | null, { presets }: FormSources): Parsed<OpenedForm> =>
  accepted({
    kind: 'recipe',
    submission,
    notes: [],
    graph: graphOf(
      submission,
      text,
      presets.map(({ name }) => name),
    ),
  });

function graphOf(
  { source, parameters, folder, instead = {} }: Submission,
  text: string | null,
  presets: readonly string[],
): GraphOfRecipe {
  const more = (why: string): GraphOfRecipe => ({ kind: 'more', why });
  if (text === null || source.kind === 'preset') return more('it cannot be read');
  if (Object.keys(parameters).length > 0) return more('it has parameters');
  const read = readPipeline(text, presets);
  if (!read.ok) return more(read.message);
  const own = source.kind === 'text' ? source.folder : dirname(source.path);
  const { name = read.value.name, tenant = null, priority = null, deadline = null } = instead;
  const pipeline: Pipeline = {
    ...read.value,
    name,
    tenant: tenant ?? read.value.tenant,
    priority: priority ?? read.value.priority,
    deadline: deadline ?? read.value.deadline,
  };
  return { kind: 'pipeline', pipeline, folder: folder ?? own };
}

async function openCommand(
  text: string,
  folder: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const understood = understand(text, folder, sources.home);
  const preset = sources.presets.find(({ name }) => name === understood.preset);
  if (preset === undefined) return refused(`There is no preset ${understood.preset}.`);
  const filled = understood.file === null ? null : await filledFrom(preset, understood.file);
  const given: Submission = {
    source: { kind: 'preset', name: preset.name },
    parameters: understood.values(filled?.parameters ?? {}),
    folder: folder ?? sources.home,
  };
  const opened = presetForm(preset, { filled, given, remember: false }, sources);
  if (!opened.ok) return opened;
  const notes = [...opened.value.notes, ...understood.notes];
  return accepted({ kind: 'form', form: { ...opened.value, notes } });
}

async function openBatch(batch: BatchId, sources: FormSources): Promise<Parsed<OpenedForm>> {
  const submission = sources.submittedAs(batch);
  return submission.ok ? openSubmission(submission.value, null, sources) : submission;
}

/** A submission again, with another file if one is named. */
async function openSubmission(
  submitted: Submission,
  file: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const { source, parameters } = submitted;
  const { deadline, ...instead } = submitted.instead ?? {};
  const isToCome = deadline !== undefined && deadline > sources.now;
  const submission = { ...submitted, instead: isToCome ? { ...instead, deadline } : instead };
  if (source.kind === 'preset') return againByPreset(source.name, submission, file, sources);
  const text = source.kind === 'text' ? source.text : (await readText(source.path, 'recipe')).text;
  if (text === null || !isTemplate(text)) return recipe(submission, text, sources);
  const own = source.kind === 'text' ? source.folder : dirname(source.path);
  return templateForm(text, {
    source,
    folder: submission.folder ?? own,
    layers: [{ origin: 'given', values: parameters }],
    instead: submission.instead,
    notes: [],
  });
}

async function againByPreset(
  name: string,
  submission: Submission,
  file: string | null,
  sources: FormSources,
): Promise<Parsed<OpenedForm>> {
  const preset = sources.presets.find((one) => one.name === name);
  if (preset === undefined) return refused(`There is no preset ${name} any more.`);
  if (file === null)
    return asForm(presetForm(preset, { filled: null, given: submission, remember: false }, sources));
  // What belongs to the file before does not hold for another one.
  const filled = await filledFrom(preset, file);
  const { name: _, ...instead } = submission.instead ?? {};
  const parameters = rememberedApart(preset.template.parameters, submission.parameters, ofFile(preset));
  const given = { ...submission, parameters, folder: dirname(file), instead };
  return asForm(presetForm(preset, { filled, given, remember: false }, sources));
}
