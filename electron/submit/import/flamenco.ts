/** Jobs of Flamenco, as JSON. */
import type { Path, TextDocument } from '../document/document';
import { quote } from '../document/words';
import { startOfFile } from '../document/problems';
import { parseText } from '../document/read';
import type { JobFields } from '../schema/recipe';
import { literalText, type Draft, type DraftJob } from './draft';
import type { Notes } from './notes';
import { blenderCommand, folderOf, framesText, priorityOf } from './rendering';
import type { Source } from './source';

const sort = { noun: 'job', start: 'a job of Flamenco has a name, a type and settings' };
const blenderTypes = ['simple-blender-render', 'cycles-optix-gpu'];

/** Gives each field once; those that nobody has asked for are told at the end. */
class Fields {
  private readonly taken = new Set<string>();

  constructor(
    private readonly document: TextDocument,
    private readonly notes: Notes,
  ) {}

  has(...path: readonly string[]): boolean {
    return this.document.has(path);
  }

  place(...path: readonly string[]) {
    return this.document.place(path);
  }

  /** Empty where it is not there. */
  take(...path: readonly string[]): string {
    this.taken.add(path.join('.'));
    return this.document.textAt(path);
  }

  lost(path: Path, why: string): void {
    const text = this.document.textAt(path);
    const what = path.join('.');
    this.taken.add(what);
    this.notes.notCarried(
      this.document.place(path),
      text === '' ? what : `${what}: ${text.slice(0, 80)}`,
      why,
    );
  }

  tellLeft(group: readonly string[], why: string): void {
    for (const name of this.document.names(group)) {
      const path = [...group, name];
      const isEmpty = this.document.textAt(path) === '' && this.document.names(path).length === 0;
      if (!this.taken.has(path.join('.')) && !isEmpty) this.lost(path, why);
    }
  }
}

export function readFlamenco({ file, notes }: Source): Draft | null {
  const document = parseText(file.text, sort, notes.problems);
  if (document === null) return null;
  const fields = new Fields(document, notes);
  const type = fields.take('type');
  if (type === '' || document.names(['settings']).length === 0)
    return notes.refuse(startOfFile, 'bad-job', `there is no type, or there are no settings: ${sort.start}`);
  const isRender = fields.has('settings', 'blendfile') && fields.has('settings', 'frames');
  if (!isRender)
    return notes.refuse(
      fields.place('type'),
      'unsupported',
      `what jobs of the type ${quote(type)} run is known to Flamenco only; Drover reads ${blenderTypes.join(', ')}, and others with a blendfile and frames`,
    );
  if (!blenderTypes.includes(type))
    notes.assumed(
      fields.place('type'),
      `type: ${type}`,
      'it is read as though it were simple-blender-render',
    );
  const name = fields.take('name').trim();
  const title = name === '' ? 'render' : name;
  const parameters: Record<string, string> = {};
  const text = (written: string, at: string): string => withVariables(written, at, fields, parameters, notes);
  const render = readRender(fields, type, text, notes);
  if (render === null) return null;
  const priority = fields.take('priority');
  const level = priority === '' ? null : priorityOf(priority);
  if (priority !== '' && level === null) fields.lost(['priority'], 'it is no number');
  if (level !== null && priority !== '50')
    notes.assumed(fields.place('priority'), `priority: ${priority}`, `of 0 to 100, this is ${level}`);
  const urgent = level === null || level === 'medium' ? {} : { priority: level };
  const jobs: DraftJob[] = [{ name: 'render', fields: { kind: 'render', ...urgent, ...render.fields } }];
  const film = readFilm(fields, render, text, notes);
  if (film !== null) jobs.push({ name: 'film', after: [0], fields: { kind: 'render', ...urgent, ...film } });
  tellRest(fields);
  return { name: title, ...(Object.keys(parameters).length === 0 ? {} : { head: { parameters } }), jobs };
}

interface Render {
  readonly fields: JobFields;
  /** Where the frames go, with their signs for numbers. */
  readonly output: string;
}

type Text = (written: string, at: string) => string;

function readRender(fields: Fields, type: string, text: Text, notes: Notes): Render | null {
  const frames = framesText(fields.take('settings', 'frames'));
  if (!frames.ok) notes.refuse(fields.place('settings', 'frames'), 'bad-frames', frames.message);
  const chunk = fields.take('settings', 'chunk_size');
  const size = chunk === '' ? 1 : Number(chunk);
  if (!Number.isSafeInteger(size) || size < 1)
    notes.refuse(
      fields.place('settings', 'chunk_size'),
      'bad-chunk',
      `${quote(chunk)} is no number of frames`,
    );
  const scene = fields.take('settings', 'blendfile');
  if (scene.trim() === '')
    notes.refuse(fields.place('settings', 'blendfile'), 'empty', 'there is no blendfile');
  if (!notes.problems.none || !frames.ok) return null;
  const output = outputOf(fields, text, notes);
  const format = fields.take('settings', 'format');
  const sceneName = fields.take('settings', 'scene');
  const command = fields.take('settings', 'blender_cmd');
  const program = /^(?:\{blender\})?$/.test(command) ? 'blender' : text(command, 'blender_cmd');
  const isOptix = type === 'cycles-optix-gpu';
  const samples = fields.take('settings', 'samples');
  return {
    output,
    fields: {
      frames: frames.value,
      ...(size > 1 ? { chunk: size } : {}),
      command: blenderCommand({
        program,
        scene: text(scene, 'blendfile'),
        output,
        format: format === '' ? null : format,
        more: [
          ...(sceneName === '' ? [] : ['-S', literalText(sceneName)]),
          ...(/^\d{1,7}$/.test(samples)
            ? ['--python-expr', `import bpy; bpy.context.scene.cycles.samples = ${samples}`]
            : []),
        ],
        chunked: size > 1,
        last: isOptix ? ['--', '--cycles-device', 'OPTIX'] : [],
      }),
      ...(isOptix ? { resources: { gpu: 1 } } : {}),
    },
  };
}

function outputOf(fields: Fields, text: Text, notes: Notes): string {
  const output = fields.take('settings', 'render_output_path');
  fields.take('settings', 'render_output_root');
  fields.take('settings', 'add_path_components');
  const name = /[^/\\]*$/.exec(output)?.[0] ?? '';
  if (output !== '' && !output.includes('{timestamp}')) return text(output, 'render_output_path');
  if (output !== '')
    notes.notCarried(
      fields.place('settings', 'render_output_path'),
      `settings.render_output_path: ${output.slice(0, 80)}`,
      'a folder of each time it is submitted is what {{Output}} is: the frames go there',
    );
  return `{{Output}}/${name === '' || name.includes('{') ? '######' : literalText(name)}`;
}

/** Flamenco makes a film of the frames where it is told their rate. */
function readFilm(fields: Fields, { output }: Render, text: Text, notes: Notes): JobFields | null {
  const rate = fields.take('settings', 'fps');
  const extension = fields.take('settings', 'image_file_extension');
  const images = fields.take('settings', 'images_or_video');
  if (images === 'video')
    notes.assumed(
      fields.place('settings', 'images_or_video'),
      'settings.images_or_video: video',
      'each task writes a film of its own frames; let chunk be large enough that there is one',
    );
  if (rate === '' || images === 'video') return null;
  if (!/^\d{1,4}(?:\.\d{1,4})?$/.test(rate) || extension === '' || /EXR|HDR/i.test(extension)) {
    fields.lost(
      ['settings', 'fps'],
      'no film is made of the frames: their rate or the form of their files does not fit',
    );
    return null;
  }
  const folder = folderOf(output);
  const film = `${folder}/film.mp4`;
  notes.assumed(
    fields.place('settings', 'fps'),
    `settings.fps: ${rate}`,
    `a job of its own makes a film of the frames: ${film}`,
  );
  const at = text(extension, 'image_file_extension');
  return {
    command: [
      ...['ffmpeg', '-y', '-framerate', rate, '-pattern_type', 'glob', '-i', `${folder}/*${at}`],
      ...[
        '-vf',
        'pad=ceil(iw/2)*2:ceil(ih/2)*2',
        '-c:v',
        'libx264',
        '-crf',
        '20',
        '-pix_fmt',
        'yuv420p',
        film,
      ],
    ],
  };
}

/** `{shared}/shot.blend`: Flamenco knows what its variables are, and the file does not say it. */
function withVariables(
  written: string,
  at: string,
  fields: Fields,
  parameters: Record<string, string>,
  notes: Notes,
): string {
  return written
    .split(/(\{[A-Za-z][A-Za-z0-9_]{0,40}\})/)
    .map((piece) => {
      const [, name] = /^\{([A-Za-z]\w*)\}$/.exec(piece) ?? [];
      if (name === undefined) return literalText(piece);
      const parameter = `Flamenco_${name}`;
      if (!Object.hasOwn(parameters, parameter)) {
        parameters[parameter] = piece;
        notes.notCarried(
          fields.place('settings', at),
          piece,
          `what it stands for is set in Flamenco; say it under parameters, or with -p ${parameter}=...`,
        );
      }
      return `{{${parameter}}}`;
    })
    .join('');
}

function tellRest(fields: Fields): void {
  const status = fields.take('initial_status');
  if (status === 'paused') fields.lost(['initial_status'], 'submit it, and then: drover hold JOB');
  if (fields.has('worker_tag'))
    fields.lost(
      ['worker_tag'],
      'it is a number of Flamenco; labels of nodes say where: needs: { all: [...] }',
    );
  fields.take('submitter_platform');
  fields.take('type_etag');
  for (const name of ['id', 'created', 'updated', 'status', 'activity', 'was_worker_task']) fields.take(name);
  for (const group of ['settings', 'metadata', 'storage']) fields.take(group);
  fields.take('settings', 'has_previews');
  fields.tellLeft(['settings'], 'Drover knows no setting of this name');
  fields.tellLeft(['metadata'], 'recipes have no such notes; write it as a comment');
  fields.tellLeft(
    ['storage'],
    'the files lie in the store of Flamenco; let blendfile name the file where nodes see it',
  );
  fields.tellLeft([], 'recipes have nothing that means this');
}
