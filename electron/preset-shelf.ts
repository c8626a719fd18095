import { join } from 'node:path';
import type { Batch } from '../shared/model/batch';
import type { Submission } from '../shared/model/submission';
import { readText } from './submit/document/read-file';
import { OwnPresets } from './submit/forms/own';
import { filesToSave, recipeToSave } from './submit/forms/save';
import { parseTemplate } from './submit/openjd/template';
import type { Preset } from './submit/presets/preset';
import { isTemplate } from './submit/templates/read-template';
import { presets } from './submit/presets/presets';

/** The presets that a Host has: those that are shipped, and those of the person who runs it. */
export class PresetShelf {
  readonly own: OwnPresets;
  private known: Promise<readonly Preset[]> | null = null;

  constructor(private readonly options: { readonly dataFolder: string; readonly resources: string }) {
    this.own = new OwnPresets(join(options.dataFolder, 'presets.json'));
  }

  /** They are read once. */
  shipped(): Promise<readonly Preset[]> {
    return (this.known ??= presets(join(this.options.resources, 'presets')));
  }

  /** What is no template is a file of its own; null: it is of a template, or lies in a file already. */
  recipeToSave({ source }: Submission): string | null {
    return source.kind === 'text' && !isTemplate(source.text) ? recipeToSave(source.text) : null;
  }

  /** The texts of a folder from which the same can be submitted; null: it is of no template, or that is gone. */
  async filesToSave(
    submission: Submission,
    batch: Batch | null,
  ): Promise<Readonly<Record<string, string>> | null> {
    const { source } = submission;
    const shipped = source.kind === 'preset' ? await this.shipped() : [];
    const preset = shipped.find(({ name }) => source.kind === 'preset' && name === source.name) ?? null;
    const file = source.kind === 'file' ? source.path : (preset?.templateFile ?? null);
    const text =
      source.kind === 'text' ? source.text : file === null ? null : (await readText(file, 'template')).text;
    if (text === null) return null;
    const parsed = parseTemplate(text, { file: file ?? '' });
    if (!parsed.ok) return null;
    const { parameters } = parsed.template;
    return filesToSave({ text, file: file ?? '', parameters, preset }, submission, batch);
  }
}
