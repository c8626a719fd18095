import { expect, test } from 'vitest';
import { imported, refusedFor } from './imports-for-tests';

const job = (settings: object, others: object = {}): string =>
  JSON.stringify(
    { name: 'Shot 042', type: 'simple-blender-render', priority: 80, settings, ...others },
    null,
    1,
  );
const settings = {
  blender_cmd: '{blender}',
  blendfile: '/shots/042 final.blend',
  frames: '1-10, 20-30',
  chunk_size: 5,
  format: 'PNG',
  image_file_extension: '.png',
  fps: 24,
  render_output_path: '/renders/042/######',
};

test('a render with a film of its frames', () => {
  const { batch, assumed, lost } = imported('job.json', job(settings));
  expect(batch.name).toBe('Shot 042');
  expect(batch.jobs.map(({ name, priority }) => [name, priority])).toEqual([
    ['render', 'HIGH'],
    ['film', 'HIGH'],
  ]);
  expect(batch.jobs[0]?.steps[0]).toMatchObject({
    space: { kind: 'frameChunks', size: 5 },
    action: {
      argv: [
        ...['blender', '-b', '/shots/042 final.blend', '-o', '/renders/042/######', '-F', 'PNG'],
        ...['-s', '{{FirstFrame}}', '-e', '{{LastFrame}}', '-j', '{{FrameStep}}', '-a'],
      ],
    },
  });
  expect(batch.jobs[1]?.steps[0]?.action).toMatchObject({
    argv: expect.arrayContaining(['ffmpeg', '24', '/renders/042/*.png', '/renders/042/film.mp4']),
  });
  expect(batch.dependencies).toMatchObject([{ from: { job: 'render' }, to: { job: 'film' } }]);
  expect(assumed).toEqual(['4:14 priority: 80', '12:10 settings.fps: 24']);
  expect(lost).toEqual([]);
});

test('variables of Flamenco, notes and what it knows alone are told', () => {
  const { batch, lost } = imported(
    'job.json',
    job(
      {
        blendfile: '{shared}/a.blend',
        frames: '7',
        render_output_path: '/out/{timestamp}/####',
        use_denoiser: true,
      },
      {
        metadata: { project: 'Spring' },
        submitter_platform: 'linux',
        initial_status: 'paused',
        worker_tag: 'abc',
      },
    ),
  );
  expect(batch.jobs[0]?.steps[0]).toMatchObject({
    parameters: { Flamenco_shared: '{shared}' },
    action: {
      argv: ['blender', '-b', '{{Flamenco_shared}}/a.blend', '-o', '{{Output}}/####', '-f', '{{Frame}}'],
    },
  });
  expect(lost.map((each) => each.replace(/^\S+ /, ''))).toEqual([
    '{shared}',
    'settings.render_output_path: /out/{timestamp}/####',
    'settings.use_denoiser: true',
    'metadata.project: Spring',
    'initial_status: paused',
    'worker_tag: abc',
  ]);
});

test('what is wrong is told with its place', () => {
  expect(refusedFor('j.json', job({ ...settings, frames: '9-1', chunk_size: 0 }))).toEqual([
    '8:13 bad-frames',
    '9:17 bad-chunk',
  ]);
  expect(refusedFor('j.json', job({ message: 'x' }))).toEqual(['3:10 unsupported']);
  expect(refusedFor('j.json', '{ "type": "a", "settings": { ')).toHaveLength(1);
});
