import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJob } from '../openjd/job';
import type { ParameterDefinition } from '../openjd/model';
import type { Preset } from './preset';
import { readPresets } from './presets';
import { readPreset } from './read-preset';

const shipped = resolve(import.meta.dirname, '../../../resources/presets');
const { presets, problems } = await readPresets(shipped);

test('all that are shipped can be read', () => {
  expect(problems).toEqual([]);
  expect(presets.map(({ name }) => name)).toEqual([
    ...['blender', 'ffmpeg', 'cycles-frame', 'povray'],
    ...['gromacs', 'lammps', 'openfoam', 'study'],
    ...['shell', 'python'],
  ]);
});

/** What a person has to say. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  blender: { SceneFile: '/shots/042.blend', Frames: '1-24' },
  'cycles-frame': { SceneFile: '/shots/042.blend' },
  povray: { SceneFile: '/shots/042.pov' },
  ffmpeg: { Folder: '/shots/042' },
  gromacs: { RunInput: '/runs/argon.tpr' },
  lammps: { Folder: '/runs/droplets' },
  openfoam: { Case: '/runs/cavity' },
  python: { Script: '/runs/train.py' },
  shell: { Command: 'true' },
  study: { Command: 'true' },
};

describe.each(presets)('$name', (preset) => {
  const { template } = preset;
  const output = template.parameters.find(({ name }) => name === 'OutputDir');

  test('becomes a job with little more than its files', () => {
    const options = { environments: [], templateFolder: preset.folder, folder: '/' };
    const parameters = { ...needed[preset.name], OutputDir: '/results' };
    const made = createJob(template, { ...options, parameters });
    expect(made).toMatchObject({ ok: true });
    const without = createJob(template, { ...options, parameters: needed[preset.name] ?? {} });
    expect(without).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('OutputDir') }],
    });
  });

  test('its results go to the folder that Drover gives it', () => {
    expect(output).toMatchObject({ type: 'PATH', dataFlow: 'OUT', objectType: 'DIRECTORY', default: null });
  });

  test('its form can be understood', () => {
    for (const parameter of template.parameters) {
      expect(parameter.label, parameter.name).not.toBeNull();
      expect(parameter.groupLabel, parameter.name).not.toBeNull();
      expect(isExplained(parameter), parameter.name).toBe(true);
    }
    const labels = template.parameters.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    const groups = template.parameters.map(({ groupLabel }) => groupLabel);
    expect(groups).toEqual([...new Set(groups)].flatMap((one) => groups.filter((group) => group === one)));
    expect(template.description).not.toBeNull();
    expect(preset.description).toMatch(/^[A-Z].*\.$/);
  });

  test('what it is given reaches no shell as code', () => {
    for (const { script } of template.steps)
      for (const { data } of script.embeddedFiles)
        expect(data.segments.every(({ kind }) => kind === 'text')).toBe(true);
  });

  test('each parameter is used', () => {
    const used = new Set(symbolsOf(preset));
    for (const { name } of template.parameters) expect(used).toContain(`Param.${name}`);
  });

  test('its picture has no writing, and is small', () => {
    const picture = readFileSync(preset.picture, 'utf8');
    expect(picture).toContain('viewBox="0 0 320 240"');
    expect(picture).not.toMatch(/<text|<image|<script|href=/);
    expect(picture.length).toBeLessThan(10_000);
  });
});

/** A check box or a number with a good name speaks for itself. */
const isExplained = ({ description, type, name, label }: ParameterDefinition): boolean =>
  description !== null ||
  ['INT', 'FLOAT'].includes(type) ||
  ['Format', 'Engine', 'Antialiasing', 'Script'].includes(name) ||
  label === name;

function symbolsOf({ template }: Preset): readonly string[] {
  return [...JSON.stringify(template.steps, textsOfBigInts).matchAll(/"symbol":"([\w.]+)"/g)].map(
    ([, symbol = '']) => symbol,
  );
}

const textsOfBigInts = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value;

describe('one that is wrong', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drover-presets-'));
    await cp(join(shipped, 'shell'), join(folder, 'shell'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const rewrite = (text: string): Promise<void> => writeFile(join(folder, 'shell', 'preset.yaml'), text);
  const good = [
    ...['title: Command', 'description: Runs it.', 'kind: command'],
    ...['resources: { cpu: 1, memory: 1 GiB }', 'outputs: ["**"]'],
  ].join('\n');

  test.each([
    ['files: [{ name: "*.sh", parameter: Comand }]', 'did you mean "Command"'],
    ['files: [{ name: "*.sh", parameter: Command, reads: { Folder: blend.frame } }]', '"blend.frame"'],
    ['progress: { pattern: "(?<done>x)" }', 'go together'],
    ['progress: houdini', 'allowed is blender, povray'],
    ['checkpoints: { files: ["*"], resumed: "(" }', 'no regular expression'],
    ['checkpoints: { resumed: "x" }', 'either files or parameter'],
    ['checkpoints: { files: ["*"], resumed: "x", signal: KILL }', 'is no signal that asks a program to save'],
    ['picture: new.png', 'unknown field'],
  ])('%s', async (line, message) => {
    await rewrite(`${good}\n${line}\n`);
    const read = await readPreset(join(folder, 'shell'));
    expect(read.ok ? [] : read.problems).toEqual([
      expect.objectContaining({ line: 6, message: expect.stringContaining(message) }),
    ]);
  });

  test('what is wrong with its template is told with it, and the others are there', async () => {
    await cp(join(shipped, 'study'), join(folder, 'study'), { recursive: true });
    await writeFile(join(folder, 'study', 'template.yaml'), 'specificationVersion: environment-2023-09\n');
    await rm(join(folder, 'study', 'picture.svg'));
    const read = await readPresets(folder);
    expect(read.presets.map(({ name }) => name)).toEqual(['shell']);
    expect(read.problems.map(({ file }) => file)).toEqual([
      join(folder, 'study', 'template.yaml'),
      join(folder, 'study', 'preset.yaml'),
    ]);
  });

  test('the example of the guide is right', async () => {
    await cp(join(shipped, 'gromacs'), join(folder, 'gromacs'), { recursive: true });
    const guide = readFileSync(resolve(shipped, '../../.github/PRESETS.md'), 'utf8');
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(guide) ?? [];
    await writeFile(join(folder, 'gromacs', 'preset.yaml'), example);
    const read = await readPreset(join(folder, 'gromacs'));
    expect(read).toMatchObject({ ok: true, preset: { title: 'GROMACS', checkpoints: { stopped: 75 } } });
  });

  test('a folder that is not there has none', async () => {
    expect(await readPresets(join(folder, 'none'))).toEqual({ presets: [], problems: [] });
  });
});
