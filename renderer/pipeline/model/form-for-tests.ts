/** Forms as presets have them, in short. */
import type { Field, Form } from '../../../shared/ipc/forms';
import type { FormOf } from './feeding';
import { emptySketch, withEdge, withJob } from './sketch';
import type { NewJob, Sketch } from './sketch';

const field = (name: string, control: Field['control'], more: Partial<Field> = {}): Field => ({
  ...{ name, label: name, description: null, control, default: null },
  ...{ isOptional: false, when: null, places: [], ...more },
});

const folder: Field['control'] = { kind: 'path', pick: 'folder', filters: [] };
const text: Field['control'] = { kind: 'line', holds: 'text', suggestions: [], longest: null };

const fields: Readonly<Record<string, readonly Field[]>> = {
  render: [
    field('Scene', { kind: 'path', pick: 'file', filters: [] }),
    field('Frames', text, { default: '1-10' }),
    field('OutputDir', folder, { isOptional: true }),
  ],
  film: [
    field('Folder', folder),
    field('Rate', text, { default: '25' }),
    field('OutputDir', folder, { isOptional: true }),
  ],
  note: [field('Command', { kind: 'lines', longest: null })],
};

export const formOf: FormOf = (preset) => {
  const own = fields[preset];
  return own === undefined ? null : ofFields(preset, own);
};

const ofFields = (title: string, own: readonly Field[]): Form => ({
  ...{ title, description: null, kind: 'command', picture: null, origins: {}, reads: null, notes: [] },
  submission: { source: { kind: 'preset', name: title }, parameters: {}, folder: '/home/ada' },
  groups: [{ title: null, fields: own }],
});

export const jobOf = (preset: string, values: Readonly<Record<string, string>> = {}): NewJob => ({
  ...{ preset, title: preset, kind: 'command', values, x: 0, y: 0, wanted: preset },
  output: preset === 'note' ? null : 'OutputDir',
});

/** Jobs of these presets, `j1` and so on, and edges: `j1 > j2`. */
export function sketchWith(presets: readonly string[], ...links: readonly string[]): Sketch {
  const jobs = presets.reduce((sketch, preset) => withJob(sketch, jobOf(preset)), emptySketch);
  return links.reduce((sketch, link) => {
    const [from = '', to = ''] = link.split(' > ');
    return withEdge(sketch, from, to);
  }, jobs);
}
