/** Forms to be filled in, and the presets that they are made of. */
import { homedir } from 'node:os';
import type { PresetCard } from '../../shared/ipc/forms';
import type { BatchId } from '../../shared/model/ids';
import type { RecipeSource, Submission } from '../../shared/model/submission';
import type { FarmState } from '../engine/state';
import type { Host } from '../host';
import { accepted, refused, type Parsed } from '../submit/document/parsed';
import { openForm, type FormSources } from '../submit/forms/open-form';
import { isOwnName, type OwnPreset } from '../submit/forms/own';
import { readPictures } from '../submit/forms/pictures';
import { fileNames } from '../submit/forms/preset-form';
import type { Preset } from '../submit/presets/preset';
import { Refused } from './find';
import type { Handlers } from './handlers';

export const formHandlers: Handlers<'preset.list' | 'preset.keep' | 'preset.remove' | 'form.open'> = {
  'preset.list': async (host) => {
    const shown = await Shown.of(host);
    const own = await host.presets.own.list();
    return { presets: [...shown.presets.map(shown.card), ...own.map(shown.ownCard)] };
  },
  'preset.keep': async (host, { title, submission }) => {
    const shown = await Shown.of(host);
    const base = shown.baseOf(submission.source);
    const preset = await host.presets.own.keep({
      title,
      description:
        base === undefined ? sourceInWords(submission.source) : `${base.title}, as you have set it.`,
      kind: base?.kind ?? 'command',
      submission,
    });
    return { preset: shown.ownCard(preset) };
  },
  'preset.remove': async (host, { name }) => {
    if (!isOwnName(name) || !(await host.presets.own.remove(name)))
      throw new Refused({ code: 'notFound', message: `No preset of yours has the name ${name}.` });
    return {};
  },
  'form.open': async (host, { wish }) => {
    const { state } = host;
    const shown = await Shown.of(host);
    const sources: FormSources = {
      presets: shown.presets,
      own: await host.presets.own.list(),
      cardOf: shown.card,
      pictureOf: shown.pictureOf,
      latest: (source) => latest(state, source),
      submittedAs: (batch) => submittedAs(state, batch),
      home: homedir(),
      now: host.now(),
    };
    const opened = await openForm(wish, sources);
    if (!opened.ok) throw new Refused({ code: 'refused', message: opened.message });
    return opened.value;
  },
};

/** The presets as people see them. */
class Shown {
  private constructor(
    private readonly state: FarmState,
    readonly presets: readonly Preset[],
    private readonly pictures: ReadonlyMap<string, string>,
  ) {}

  static async of(host: Host): Promise<Shown> {
    const presets = await host.presets.shipped();
    return new Shown(host.state, presets, await readPictures(presets));
  }

  readonly pictureOf = ({ name }: Preset): string | null => this.pictures.get(name) ?? null;

  readonly card = (preset: Preset): PresetCard => {
    const { name, title, description, kind, needs } = preset;
    const known = [...this.state.nodes.values()].filter(({ capacity }) => capacity.cpu > 0);
    const able = known.filter(({ labels }) => needs.every((label) => labels.has(label)));
    return {
      ...{ name, title, description, kind },
      picture: this.pictureOf(preset),
      files: fileNames(preset),
      isOwn: false,
      nodes: needs.length === 0 ? null : { able: able.length, known: known.length },
    };
  };

  readonly ownCard = ({ name, title, description, kind, submission }: OwnPreset): PresetCard => {
    const base = this.baseOf(submission.source);
    const card = base === undefined ? { picture: null, files: [], nodes: null } : this.card(base);
    return { ...card, name, title, description, kind, isOwn: true };
  };

  baseOf(source: RecipeSource): Preset | undefined {
    return source.kind === 'preset' ? this.presets.find(({ name }) => name === source.name) : undefined;
  }
}

const sourceInWords = (source: RecipeSource): string =>
  source.kind === 'file' ? `Of ${source.path}` : `Of ${source.name}`;

function latest({ batches }: FarmState, source: RecipeSource): Submission | null {
  for (const { submission } of [...batches.values()].toReversed())
    if (submission !== null && isSame(submission.source, source)) return submission;
  return null;
}

function isSame(one: RecipeSource, other: RecipeSource): boolean {
  if (one.kind === 'preset') return other.kind === 'preset' && one.name === other.name;
  return one.kind === 'file' && other.kind === 'file' && one.path === other.path;
}

function submittedAs({ batches }: FarmState, id: BatchId): Parsed<Submission> {
  const record = batches.get(id);
  if (record === undefined) return refused(`There is no batch ${id}. The queue lists those there are.`);
  if (record.submission !== null) return accepted(record.submission);
  // Of a schedule, or submitted before this was kept.
  const path = record.batch.recipe;
  return path === null
    ? refused(`Drover does not know any more what ${id} was made of. Submit its recipe anew.`)
    : accepted({ source: { kind: 'file', path }, parameters: {} });
}
