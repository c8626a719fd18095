/** What is dropped on the window: scenes of Blender, and presets that people made. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readBlend } from '../../electron/submit/blend/blend-file';
import { writeBlend } from '../../electron/submit/blend/blend-writer-for-tests';
import { readBytes } from '../../electron/submit/blend/reading';
import { gatherProblems } from '../../electron/submit/document/problems';
import type { JobTemplate } from '../../electron/submit/openjd/model';
import { parseTemplate } from '../../electron/submit/openjd/template';
import { parsePreset } from '../../electron/submit/presets/read-preset';
import { changed } from './changed';
import { fuzzed } from './parser';
import { arePlaced } from './placed';

const scenes = ['BLENDER-v304', 'BLENDER_v279', 'BLENDER-V262', 'BLENDER_V249', 'BLENDER17-01v0500'].map(
  (start) =>
    writeBlend({
      ...{ start, open: 1, cameras: ['Main', 'Close'] },
      scenes: [
        { name: 'A', start: 1, end: 3, step: 1, camera: null, engine: 'CYCLES', output: '' },
        { name: 'B', start: -5, end: 240, step: 5, camera: 1, engine: 'BLENDER_EEVEE', output: '//b_####' },
      ],
    }),
);
const damage = fc.record({
  at: fc.nat(),
  put: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  cut: fc.nat(9),
});

const damaged = fc
  .tuple(fc.constantFrom(...scenes), fc.array(damage, { maxLength: 6 }), fc.nat(20))
  .map(([whole, changes, part]) => {
    let bytes = Buffer.from(whole);
    for (const { at, put, cut } of changes) {
      const place = at % bytes.length;
      if (cut > 0) Buffer.from(put).copy(bytes, place);
      else bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place)]);
    }
    return part === 0 ? bytes.subarray(0, bytes.length / 2) : bytes;
  });

const template = jobOf(`specificationVersion: jobtemplate-2023-09
name: Shot
parameterDefinitions:
  - { name: SceneFile, type: PATH, objectType: FILE, dataFlow: IN }
  - { name: Frames, type: STRING }
steps: [{ name: Render, script: { actions: { onRun: { command: blender } } } }]
`);

function jobOf(text: string): JobTemplate {
  const parsed = parseTemplate(text, { file: 'x.yaml' });
  assert(parsed.ok && parsed.template.kind === 'job');
  return parsed.template;
}

const preset = `title: Shot
description: Renders a shot.
kind: render
files: [{ name: "*.blend", parameter: SceneFile, takes: file, reads: { Frames: blend.frames } }]
folders: [{ holds: shot.txt, parameter: SceneFile }]
needs: ["program:blender"]
resources: { cpu: 2, memory: 2 GiB }
progress: { pattern: '^(?<done>\\d+) of (?<total>\\d+)' }
outputs: ["*.png"]
checkpoints: { files: ["*.cpt"], resumed: 'from (?<from>\\d+)', stopped: 75 }
`;

export const droppedParsers = [
  fuzzed({
    name: 'blend',
    inputs: damaged,
    parse(bytes) {
      const read = readBytes(readBlend(), bytes);
      if (!read.ok) assert(read.message !== '');
      else
        for (const { frames, resolution } of read.value.scenes) {
          assert(Number.isInteger(frames.start) && Number.isInteger(frames.end) && frames.step >= 1);
          assert(resolution === null || Number.isInteger(resolution.width));
        }
      return read.ok;
    },
  }),
  fuzzed({
    name: 'preset',
    inputs: fc.oneof(
      { weight: 1, arbitrary: fc.constant(preset) },
      { weight: 9, arbitrary: changed(preset) },
    ),
    parse(text) {
      const problems = gatherProblems('preset.yaml');
      const read = parsePreset(text, template, problems);
      if (!problems.none) arePlaced(problems.list(), { 'preset.yaml': text });
      return read !== null && problems.none;
    },
  }),
];
