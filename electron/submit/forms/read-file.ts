/** What a file says by itself of how it is to be run, as values for the preset that it is opened with. */
import type { FormNote } from '../../../shared/ipc/forms';
import { readBlendFile, type BlendFile } from '../blend/blend-file';
import type { FormPreset, ReadFile } from './preset';

const nothing: ReadFile = { values: {}, suggestions: new Map(), notes: [] };

export async function readFileOf({ name }: Pick<FormPreset, 'name'>, path: string): Promise<ReadFile> {
  if (name !== 'blender') return nothing;
  const blend = await readBlendFile(path);
  if (blend.ok) return fromBlend(blend.value);
  return { ...nothing, notes: [{ kind: 'lost', text: `${path} could not be looked into: ${blend.message}.` }] };
}

function fromBlend({ version, scenes, cameras }: BlendFile): ReadFile {
  const [scene] = scenes;
  if (scene === undefined) return nothing;
  const { start, end, step } = scene.frames;
  const frames = `${start}-${end}${step === 1 ? '' : `:${step}`}`;
  const size = scene.resolution;
  const facts = [
    `Blender ${version}`,
    ...(scenes.length > 1 ? [`${scenes.length} scenes`] : []),
    `frames ${frames}`,
    ...(scene.fps === null ? [] : [`${scene.fps} a second`]),
    ...(size === null ? [] : [`${size.width}×${size.height}${size.percent === 100 ? '' : ` at ${size.percent} %`}`]),
    ...(scene.engine === null ? [] : [engineInWords(scene.engine)]),
    ...(scene.camera === null ? [] : [`camera ${scene.camera}`]),
  ];
  const notes: readonly FormNote[] = [{ kind: 'read', text: `From the file: ${facts.join(', ')}.` }];
  return {
    values: { Frames: frames },
    suggestions: new Map([
      ['SceneName', scenes.map(({ name }) => name)],
      ['Camera', cameras],
    ]),
    notes,
  };
}

/** `BLENDER_EEVEE_NEXT` is Eevee. */
function engineInWords(engine: string): string {
  const plain = engine.replace(/^BLENDER_/, '').replace(/_NEXT$/, '').replaceAll('_', ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
