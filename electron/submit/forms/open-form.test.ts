import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Form, FormWish, OpenedForm } from '../../../shared/ipc/forms';
import type { Submission } from '../../../shared/model/submission';
import { writeBlend } from '../blend/blend-writer-for-tests';
import { accepted, refused } from '../document/parsed';
import { presets } from '../presets/presets';
import { openForm, type FormSources } from './open-form';
import type { OwnPreset } from './own';

const shipped = await presets(resolve(import.meta.dirname, '../../../resources/presets'));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-forms-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer = ''): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

interface Known {
  readonly latest?: Submission;
  readonly submitted?: Submission;
  readonly own?: readonly OwnPreset[];
}

const now = 1_800_000_000_000;

function sources({ latest, submitted, own = [] }: Known): FormSources {
  return {
    presets: shipped,
    own,
    cardOf: ({ name, title, description, kind }) => ({
      ...{ name, title, description, kind, picture: null, files: [], isOwn: false, nodes: null },
    }),
    pictureOf: () => '<svg/>',
    latest: (source) => (JSON.stringify(source) === JSON.stringify(latest?.source) ? (latest ?? null) : null),
    submittedAs: () => (submitted === undefined ? refused('There is no batch b7.') : accepted(submitted)),
    home: '/home/ada',
    now,
  };
}

async function open(wish: FormWish, known: Known = {}): Promise<OpenedForm> {
  const opened = await openForm(wish, sources(known));
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

async function form(wish: FormWish, known: Known = {}): Promise<Form> {
  const opened = await open(wish, known);
  if (opened.kind !== 'form') throw new Error(`this is no form: ${opened.kind}`);
  return opened.form;
}

const file = (path: string): FormWish => ({ kind: 'file', path });

const scene = { name: 'Shot', start: 12, end: 96, step: 4, camera: null, engine: 'CYCLES', output: '' };
const blend = writeBlend({ start: 'BLENDER-v402', scenes: [scene], open: 0, cameras: ['Wide', 'Close'] });

const byBlender = (path: string, parameters: Record<string, string>): Submission => ({
  source: { kind: 'preset', name: 'blender' },
  parameters: { SceneFile: path, ...parameters },
  instead: { tenant: 'harbour' },
});

describe('a file', () => {
  it('of Blender has its form filled in from the file itself', async () => {
    const path = await write('shot_042.blend', blend);
    const { title, submission, origins, reads, groups, notes } = await form(file(path));
    expect({ title, reads }).toEqual({ title: 'Blender', reads: 'SceneFile' });
    expect(submission).toEqual({
      source: { kind: 'preset', name: 'blender' },
      folder,
      parameters: { SceneFile: path, Frames: '12-96:4' },
      instead: { name: 'shot_042' },
    });
    expect(origins).toEqual({ SceneFile: 'file', Frames: 'file' });
    const camera = groups.flatMap(({ fields }) => fields).find(({ name }) => name === 'Camera');
    expect(camera?.control).toMatchObject({ kind: 'line', suggestions: ['Close', 'Wide'] });
    expect(notes.map(({ kind }) => kind)).toEqual(['read']);
  });

  it('has the settings of the last time, but nothing that belongs to another file', async () => {
    const path = await write('new.blend', blend);
    const settings = { Engine: 'Cycles', Samples: '64', Frames: '1-3', Camera: 'Old', OutputDir: '/old' };
    const { submission, origins } = await form(file(path), { latest: byBlender('/old.blend', settings) });
    expect(submission.parameters).toEqual({
      ...{ SceneFile: path, Frames: '12-96:4', Engine: 'Cycles', Samples: '64' },
    });
    expect(origins).toMatchObject({ Engine: 'last', Samples: 'last', Frames: 'file' });
    expect(submission.instead).toEqual({ name: 'new', tenant: 'harbour' });
  });

  it('that is opened again has all of the last time, and of the file what that says now', async () => {
    const path = await write('again.blend', blend);
    const settings = { Camera: 'Close', OutputDir: '/frames', Frames: '1-3' };
    const { submission } = await form(file(path), { latest: byBlender(path, settings) });
    expect(submission.parameters).toEqual({
      ...{ SceneFile: path, Frames: '12-96:4', Camera: 'Close', OutputDir: '/frames' },
    });
  });

  it.each([
    ['a.pov', 'POV-Ray'],
    ['x.tpr', 'GROMACS'],
    ['in.melt', 'LAMMPS'],
    ['a.py', 'Python script'],
  ])('%s is for %s', async (name, title) => {
    expect((await form(file(await write(name)))).title).toBe(title);
  });

  it('that several presets are for lets one choose', async () => {
    const [blender, ...others] = shipped;
    if (blender === undefined) throw new Error('there are no presets');
    const two = [{ ...blender, title: 'Other' }, blender, ...others];
    const path = await write('two.blend', blend);
    const opened = await openForm(file(path), { ...sources({}), presets: two });
    expect(opened.ok && opened.value).toMatchObject({
      kind: 'choose',
      file: path,
      presets: [{ title: 'Other' }, { title: blender.title }],
    });
  });

  it('that is a recipe is checked as it is, also with mistakes and by what it says', async () => {
    for (const name of ['a.yaml', 'b.json', 'c.drover', 'recipe'])
      expect(await open(file(await write(name, 'drover: 1\n')))).toMatchObject({ kind: 'recipe' });
    expect(await open(file(await write('broken.yaml', 'a: [')))).toMatchObject({ kind: 'recipe' });
  });

  it('of which nothing is known is refused, with what could be opened', async () => {
    const path = await write('letter.txt', 'Dear colleagues,\n');
    expect(await openForm(file(path), sources({}))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/letter\.txt.*\*\.blend/),
    });
    for (const gone of ['/nowhere/x.blend', 'x.blend'])
      expect((await openForm(file(gone), sources({}))).ok).toBe(false);
  });
});

const template = `specificationVersion: jobtemplate-2023-09
name: Tiles
parameterDefinitions:
  - { name: Frames, type: STRING, default: 1-4 }
  - { name: Scene, type: PATH, objectType: FILE, dataFlow: IN }
steps:
  - name: Run
    parameterSpace: { taskParameterDefinitions: [{ name: Frame, type: INT, range: "{{Param.Frames}}" }] }
    script: { actions: { onRun: { command: echo } } }
`;

describe('a template', () => {
  it('in the folder of a job bundle has the values that were kept with it', async () => {
    const path = await write('tiles/template.yaml', template);
    const values = [
      { name: 'Frames', value: '1-100' },
      { name: 'Scene', value: 'scene.xyz' },
      { name: 'Gone', value: 'x' },
    ];
    await write('tiles/parameter_values.json', JSON.stringify({ parameterValues: values }));
    for (const wished of [dirname(path), path]) {
      const { title, submission, origins } = await form(file(wished));
      expect(title).toBe('Tiles');
      expect(submission).toEqual({
        source: { kind: 'file', path },
        folder: dirname(path),
        parameters: { Frames: '1-100', Scene: 'scene.xyz' },
        instead: { name: 'tiles' },
      });
      expect(origins).toEqual({ Frames: 'file', Scene: 'file' });
    }
  });

  it('alone has what was used with it last', async () => {
    const path = await write('own.yaml', template);
    const latest: Submission = {
      source: { kind: 'file', path },
      parameters: { Frames: '7', Scene: '/a.xyz' },
    };
    const { submission } = await form(file(path), { latest });
    expect(submission).toMatchObject({ parameters: latest.parameters, instead: { name: 'own' } });
  });

  it('with mistakes is shown as a recipe is', async () => {
    const path = await write('wrong.yaml', template.replace('command: echo', 'comand: echo'));
    expect(await open(file(path))).toMatchObject({ kind: 'recipe', submission: { source: { path } } });
  });
});

describe('a folder', () => {
  it('with numbered pictures becomes a film, and one with a case is run', async () => {
    await write('frames/shot_0002.png');
    await write('frames/shot_0001.png');
    const film = await form(file(join(folder, 'frames')));
    expect(film.title).toBe('Film of frames');
    expect(film.submission.parameters).toEqual({ Folder: join(folder, 'frames'), Names: 'shot_####.png' });
    await write('cavity/system/controlDict', 'application icoFoam;');
    expect((await form(file(join(folder, 'cavity')))).title).toBe('OpenFOAM');
  });

  it('with nothing of that is refused', async () => {
    await write('empty/letter.txt');
    expect(await openForm(file(join(folder, 'empty')), sources({}))).toMatchObject({
      ok: false,
      message: expect.stringContaining('template.yaml'),
    });
  });
});

describe('a command line', () => {
  it('is the form of its preset, with what the file says where it says nothing', async () => {
    await write('pasted.blend', blend);
    const text = 'blender -b pasted.blend -E CYCLES -s 20 -t 8 -a';
    const { submission, notes } = await form(
      { kind: 'command', text, folder },
      { latest: byBlender('/a', { Samples: '9' }) },
    );
    expect(submission.parameters).toEqual({
      ...{ SceneFile: join(folder, 'pasted.blend'), Engine: 'Cycles', Frames: '20-96:4' },
    });
    expect(notes.filter(({ kind }) => kind === 'lost').map(({ text: words }) => words)).toEqual(['-t 8']);
  });

  it('of nothing that is known is run by a shell', async () => {
    const { title, submission } = await form({
      kind: 'command',
      text: './render.sh | tee log',
      folder: null,
    });
    expect(title).toBe('Command');
    expect(submission.parameters).toEqual({ Command: './render.sh | tee log' });
  });
});

describe('what was submitted before', () => {
  const batch: FormWish = { kind: 'batch', batch: 'b7' };

  it('is there again as it was, without a deadline that is over', async () => {
    const submitted = {
      ...byBlender('/a.blend', { Frames: '1-3', OutputDir: '/frames' }),
      instead: { name: 'A', priority: 'HIGH', deadline: now - 1 },
    } as const;
    const { submission } = await form(batch, { submitted });
    expect(submission.parameters).toEqual(submitted.parameters);
    expect(submission.instead).toEqual({ name: 'A', priority: 'HIGH' });
    const later = { ...submitted, instead: { deadline: now + 1 } };
    expect((await form(batch, { submitted: later })).submission.instead).toEqual({ deadline: now + 1 });
  });

  it('of a recipe is checked with the same values', async () => {
    const path = await write('again.yaml', 'drover: 1\n');
    const submitted: Submission = { source: { kind: 'file', path }, parameters: { Quality: '11' } };
    expect(await open(batch, { submitted })).toMatchObject({
      kind: 'recipe',
      submission: { source: submitted.source, parameters: submitted.parameters },
    });
  });

  it('of presets alone can be changed as a graph, beside what was said in its place', async () => {
    const text = 'drover: 1\nbatch: A\njobs: { look: { preset: shell, parameters: { Command: ls } } }\n';
    const source = { kind: 'text', name: 'A', text, folder: '/shots' } as const;
    const submitted: Submission = { source, parameters: {}, instead: { name: 'B', priority: 'HIGH' } };
    expect(await open(batch, { submitted })).toMatchObject({
      kind: 'recipe',
      graph: { kind: 'pipeline', folder: '/shots', pipeline: { name: 'B', priority: 'HIGH', edges: [] } },
    });
    const given = { ...submitted, parameters: { Shot: '1' } };
    expect(await open(batch, { submitted: given })).toMatchObject({
      graph: { kind: 'more', why: 'it has parameters' },
    });
  });

  it('may be known no more', async () => {
    expect((await openForm(batch, sources({}))).ok).toBe(false);
    const submitted: Submission = { source: { kind: 'preset', name: 'gone' }, parameters: {} };
    expect((await openForm(batch, sources({ submitted }))).ok).toBe(false);
  });
});

it('a preset of one’s own keeps its values for another file', async () => {
  const submission = byBlender('/old.blend', { Engine: 'Cycles', Frames: '1-3', OutputDir: '/old' });
  const own = [
    { name: 'own/quick', title: 'Quick look', description: '', kind: 'render', submission } as const,
  ];
  const path = await write('other.blend', blend);
  const wish = (on: string | null): FormWish => ({ kind: 'preset', preset: 'own/quick', file: on });
  const opened = await form(wish(path), { own });
  expect(opened.title).toBe('Quick look');
  expect(opened.submission.parameters).toEqual({ SceneFile: path, Frames: '12-96:4', Engine: 'Cycles' });
  expect((await form(wish(null), { own })).submission.parameters).toEqual(submission.parameters);
});

it.each(shipped.map(({ name }) => name))('the preset %s is a form', async (preset) => {
  const { groups, title, picture } = await form({ kind: 'preset', preset, file: null });
  expect({ title: title !== '', picture }).toEqual({ title: true, picture: '<svg/>' });
  const fields = groups.flatMap((group) => group.fields);
  expect(fields.length).toBeGreaterThan(1);
  for (const { places, when } of fields) {
    expect(places[0]).toMatch(/^parameterDefinitions\[\d+\]$/);
    if (when !== null) expect(fields.map((field) => field.name)).toContain(when.field);
  }
});
