import { join } from 'node:path';
import type { Submission } from '../shared/model/submission';
import { readText } from './submit/document/read-file';
import { OwnPresets } from './submit/forms/own';
import { bundleOf } from './submit/forms/save-bundle';
import { parseTemplate } from './submit/openjd/template';
import type { Preset } from './submit/presets/preset';
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

  /** The texts of a folder that gives the same when it is submitted; null: it is no template. */
  async bundle(submission: Submission): Promise<Readonly<Record<string, string>> | null> {
    const read = await this.textOf(submission.source);
    if (read === null) return null;
    const parsed = parseTemplate(read.text, { file: read.file });
    return parsed.ok ? bundleOf({ ...read, parameters: parsed.template.parameters }, submission) : null;
  }

  private async textOf(
    source: Submission['source'],
  ): Promise<{ readonly text: string; readonly file: string } | null> {
    if (source.kind === 'text') return { text: source.text, file: join(source.folder, source.name) };
    const shipped = source.kind === 'preset' ? await this.shipped() : [];
    const file =
      source.kind === 'file' ? source.path : shipped.find(({ name }) => name === source.name)?.templateFile;
    const text = file === undefined ? null : (await readText(file, 'template')).text;
    return text === null || file === undefined ? null : { text, file };
  }
}
