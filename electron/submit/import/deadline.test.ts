import { expect, test } from 'vitest';
import { imported, importedFrom, refusedFor } from './imports-for-tests';

const job = (plugin: string, ...more: readonly string[]): string =>
  [`Plugin=${plugin}`, 'Name=Shot 042', 'Frames=1-100x5,200', ...more, ''].join('\n');
const both = (jobInfo: string, pluginInfo: string) =>
  importedFrom([
    { name: 'plugin_info.job', text: pluginInfo },
    { name: 'job_info.job', text: jobInfo },
  ]);

const blender = 'SceneFile=/shots/042.blend\nOutputFile=/renders/042_####\nThreads=8\nBuild=None\n';

test('a render, whichever of its files comes first', () => {
  const info = job(
    'Blender',
    'BatchName=Night',
    'ChunkSize=10',
    'Priority=90',
    'Pool=gpu',
    'SecondaryPool=none',
    'Group=linux64',
    'Department=film',
    'MachineLimit=4',
    'TaskTimeoutMinutes=90',
    'LimitGroups=blender-gpu',
    'EnvironmentKeyValue0=OCIO=/config.ocio',
    'ScheduledStartDateTime=01/12/2026 18:00',
    'JobDependencies=5f1e,5f1f',
    'OutputDirectory0=/renders',
    'InitialStatus=Suspended',
    'Whitelist=render01,render02',
    'Something=Else',
  );
  const { batch, lost, assumed } = both(info, blender);
  expect(batch).toMatchObject({ name: 'Night', tenant: 'film' });
  expect(batch.jobs[0]).toMatchObject({
    name: 'Shot-042',
    priority: 'HIGH',
    most: 4,
    steps: [
      {
        space: { kind: 'frameChunks', size: 10 },
        timeoutMs: 90 * 60_000,
        needs: { allOf: ['linux64'], pools: ['gpu'] },
        request: { special: { 'blender-gpu': 1 } },
        environment: { OCIO: '/config.ocio' },
        action: {
          argv: [
            ...['blender', '-b', '/shots/042.blend', '-o', '/renders/042_####', '-t', '8'],
            ...['-s', '{{FirstFrame}}', '-e', '{{LastFrame}}', '-j', '{{FrameStep}}', '-a'],
          ],
        },
      },
    ],
  });
  expect(batch.dependencies).toMatchObject([{ relation: { type: 'TEMPORAL' } }]);
  expect(lost.map((each) => each.replace(/^\S+ /, ''))).toEqual([
    'Build=None',
    'JobDependencies=5f1e,5f1f',
    'OutputDirectory0=/renders',
    'InitialStatus=Suspended',
    'Whitelist=render01,render02',
    'Something=Else',
  ]);
  expect(assumed).toHaveLength(6);
});

test('command lines: words, padded frames, and shells', () => {
  const action = (...settings: readonly string[]) =>
    both(job('CommandLine'), settings.join('\n')).batch.jobs[0]?.steps[0]?.action;
  expect(
    action('Executable=/bin/echo', 'Arguments=-s <STARTFRAME> "two words" <QUOTE>a b<QUOTE> {{x}}'),
  ).toEqual({
    kind: 'command',
    argv: ['/bin/echo', '-s', '{{Frame}}', 'two words', 'a b', '{{Braces}}x}}'],
  });
  expect(action('Executable=echo', 'Arguments=f.<STARTFRAME%4>.png $HOME')).toEqual({
    kind: 'script',
    text: `'echo' 'f.'"$(printf '%04d' {{Frame}})"'.png' '$HOME'\n`,
  });
  expect(action('Executable=cat', 'Arguments=a.<ENDFRAME%4> | wc', 'ShellExecute=True')).toEqual({
    kind: 'script',
    text: "cat a.$(printf '%04d' {{Frame}}) | wc\n",
  });
});

test('other programs that are known, and those that are not', () => {
  const action = (plugin: string, settings: string) =>
    both(job(plugin), settings).batch.jobs[0]?.steps[0]?.action;
  expect(action('Python', 'ScriptFile=a.py\nArguments=--frame <STARTFRAME>\n')).toMatchObject({
    argv: ['python3', 'a.py', '--frame', '{{Frame}}'],
  });
  expect(action('Povray', 'SceneFile=a.pov\n')).toMatchObject({
    argv: ['povray', '+Ia.pov', '+SF{{Frame}}', '+EF{{Frame}}', '-D'],
  });
  expect(action('FFmpeg', 'InputFile0=a.%04d.png\nInputArgs0=-r 24\nOutputFile=a.mp4\n')).toMatchObject({
    argv: ['ffmpeg', '-y', '-r', '24', '-i', 'a.%04d.png', 'a.mp4'],
  });
  const nuke = both(job('Nuke'), 'SceneFile=a.nk\n');
  expect(nuke.lost).toEqual(['1:1 SceneFile=a.nk', '1:1 Plugin=Nuke']);
  expect(nuke.batch.jobs[0]?.steps[0]?.action).toMatchObject({ text: expect.stringContaining('exit 2') });
});

test('what is wrong is told with its place', () => {
  expect(refusedFor('job', job('Blender'))).toEqual(['1:1 missing-file']);
  expect(refusedFor('plugin', blender)).toEqual(['1:1 missing-file']);
  expect(() => both(job('Blender', 'ChunkSize=none'), blender)).toThrow('bad-chunk');
  expect(() => both(job('Blender', 'nothing'), blender)).toThrow('bad-syntax');
  expect(() => both(job('Blender'), 'OutputFile=x\n')).toThrow('no SceneFile');
  expect(() => imported('job', 'Plugin=Blender\nFrames=5-1\n')).toThrow('missing-file');
});
