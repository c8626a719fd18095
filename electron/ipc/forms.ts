/** Forms to be filled in, and the presets that they are made of. */
import { homedir } from 'node:os';
import type { PresetCard } from '../../shared/ipc/forms';
import type { BatchId } from '../../shared/model/ids';
import type { RecipeSource, Submission } from '../../shared/model/submission';
import type { FarmState } from '../engine/state';
import type { Host } from '../host';
import { accepted, refused, type Parsed } from '../submit/document/parsed';
import { openForm, type FormSources } from '../submit/forms/open-form';
import { isOwnName, type OwnPreset, type OwnPresets } from '../submit/forms/own';
import type { FormPreset } from '../submit/forms/preset';
import { readFileOf } from '../submit/forms/read-file';
import type { Preset } from '../submit/presets/load-presets';
import { Refused } from './find';
import type { Handlers } from './handlers';

export const formHandlers: Handlers<'preset.list' | 'preset.keep' | 'preset.remove' | 'form.open'> = {
  'preset.list': async (host) => {
    const presets = await host.submissions.presets();
    const own = await ownPresets(host).list();
    return {
      presets: [
        ...presets.map((preset) => cardOf(host.state, preset)),
        ...own.map((preset) => ownCard(host.state, preset, presets)),
      ],
    };
  },
  'preset.keep': async (host, { title, submission }) => {
    const presets = await host.submissions.presets();
    const base = baseOf(submission.source, presets);
    const preset = await ownPresets(host).keep({
      title,
      description: base === undefined ? sourceInWords(submission.source) : `${base.title}, with values of your own.`,
      kind: base?.kind ?? 'command',
      submission,
    });
    return { preset: ownCard(host.state, preset, presets) };
  },
  'preset.remove': async (host, { name }) => {
    if (!isOwnName(name) || !(await ownPresets(host).remove(name)))
      throw new Refused({ code: 'notFound', message: `There is no preset of your own with the name ${name}.` });
    return {};
  },
  'form.open': async (host, { wish }) => {
    const opened = await openForm(wish, await sourcesOf(host));
    if (!opened.ok) throw new Refused({ code: 'refused', message: opened.message });
    return opened.value;
  },
};

const ownPresets = (host: Host): OwnPresets => host.submissions.own;

async function sourcesOf(host: Host): Promise<FormSources> {
  const { state } = host;
  return {
    presets: await host.submissions.presets(),
    own: await ownPresets(host).list(),
    read: readFileOf,
    cardOf: (preset) => cardOf(state, preset),
    latest: (source) => latest(state, source),
    submittedAs: (batch) => submittedAs(state, batch),
    home: homedir(),
  };
}

function cardOf(state: FarmState, preset: FormPreset): PresetCard {
  const { name, title, description, kind, picture, files, label } = preset;
  const known = [...state.nodes.values()].filter(({ capacity }) => capacity.cpu > 0);
  const able = label === null ? [] : known.filter(({ labels }) => labels.has(label));
  return {
    ...{ name, title, description, kind, picture, files },
    isOwn: false,
    nodes: label === null ? null : { able: able.length, known: known.length },
  };
}

function ownCard(state: FarmState, own: OwnPreset, presets: readonly Preset[]): PresetCard {
  const base = baseOf(own.submission.source, presets);
  const { name, title, description, kind } = own;
  const card = base === undefined ? { picture: null, files: [], nodes: null } : cardOf(state, base);
  return { ...card, name, title, description, kind, isOwn: true };
}

const baseOf = (source: RecipeSource, presets: readonly Preset[]): Preset | undefined =>
  source.kind === 'preset' ? presets.find(({ name }) => name === source.name) : undefined;

const sourceInWords = (source: RecipeSource): string =>
  source.kind === 'file' ? `Of ${source.path}` : `Of ${source.name}`;

function latest(state: FarmState, source: RecipeSource): Submission | null {
  for (const { submission } of [...state.batches.values()].toReversed())
    if (submission !== null && isSame(submission.source, source)) return submission;
  return null;
}

function isSame(one: RecipeSource, other: RecipeSource): boolean {
  if (one.kind === 'preset') return other.kind === 'preset' && one.name === other.name;
  return one.kind === 'file' && other.kind === 'file' && one.path === other.path;
}

function submittedAs(state: FarmState, id: BatchId): Parsed<Submission> {
  const record = state.batches.get(id);
  if (record === undefined) return refused(`There is no batch ${id}. The queue lists those there are.`);
  if (record.submission !== null) return accepted(record.submission);
  const path = record.batch.recipe;
  return path === null
    ? refused(`Drover does not know any more what ${id} was made of.`)
    : accepted({ source: { kind: 'file', path }, parameters: {} });
}
