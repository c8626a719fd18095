import { describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/model/batch';
import { step, type StepWish } from '../../engine/farm-for-tests';
import type { Output } from './commands';
import { wantedOf, type Wanted } from './wanted';

const run = (text: string): Action => ({ kind: 'script', text });
const command = (...argv: readonly string[]): Action => ({ kind: 'command', argv });

const own: Output = { folder: '/data/output', isNamed: false, parent: '/data' };
const named: Output = { folder: '/renders/a', isNamed: true, parent: '/renders' };

const all = (wish: StepWish, output = own, pathOn = (path: string): string => path): readonly Wanted[] =>
  wantedOf({ batch: 'Shot', job: 'beauty', step: step({ folder: '/shots', ...wish }), output, pathOn });

const words = ({ kind, name, isSure }: Wanted): string => `${kind} ${name}${isSure ? '' : '?'}`;
const wanted = (wish: StepWish, output = own): readonly string[] =>
  all(wish, output)
    .filter(({ kind }) => !['folder', 'output', 'shared'].includes(kind))
    .map(words);

describe('what a step names', () => {
  test('a program, its script and what else may be an input', () => {
    expect(wanted({ action: command('python3', 'bake.py', 'scene.json', '--quick') })).toEqual([
      'program python3',
      'file bake.py',
      'file scene.json?',
    ]);
    expect(wanted({ action: run('./melt.sh --out {{Output}} scene.json\n') })).toEqual([
      'run ./melt.sh',
      'file scene.json?',
    ]);
  });

  test('of a template: what it runs, and the files that it is given', () => {
    const action: Action = {
      kind: 'prepared',
      text: 'exec x\n',
      program: 'blender',
      reads: ['Scene', 'Cache'],
    };
    expect(wanted({ action, parameters: { Scene: '/shots/a.blend', Cache: '', Other: '/b' } })).toEqual([
      'program blender',
      'file /shots/a.blend',
    ]);
  });

  test('with the values of parameters, but nothing that only a task knows', () => {
    const parameters = { Scene: 'my shot.blend', Program: '/opt/blender' };
    const action = run('{{Program}} -b {{Scene}} -o {{Output}}/x -f {{Frame}} textures/{{Frame}}.png');
    expect(wanted({ action, parameters })).toEqual(['run /opt/blender', 'file my shot.blend']);
  });

  test('nothing that an earlier command may have made, or that lies where results go', () => {
    const action = run('set -e\nmkdir -p work\n./configure\n./work/build in.txt\nmake');
    expect(wanted({ action })).toEqual(['program mkdir', 'run ./configure', 'program make']);
    const film = command('ffmpeg', '-i', '{{Output}}/sound.wav', 'film.mp4');
    expect(wanted({ action: film }, named)).toEqual(['program ffmpeg']);
  });

  test('no program where its PATH is not known', () => {
    expect(wanted({ action: run('render x'), environment: { PATH: '/opt' } })).toEqual(['file x?']);
    const environments = [
      { ...{ name: 'a', variables: {}, enter: './a.sh' }, leave: null, isPrepared: false, timeoutMs: null },
    ];
    expect(wanted({ action: run('render x'), environments })).toEqual(['file x?']);
  });

  test('a program whose failure is no failure of the task is not sure', () => {
    expect(wanted({ action: run('notify-send begun\nrender') })).toEqual([
      'program notify-send?',
      'file begun?',
      'program render',
    ]);
  });

  test('paths as they are called there: values as a whole, and what is written out as it is', () => {
    const pathOn = (path: string): string => path.replace(/^\/mnt\//, '/Volumes/');
    const action = command('/mnt/tool', '{{Scene}}', 'x/{{Scene}}', '{{Output}}/a.png');
    const parameters = { Scene: '/mnt/a.blend' };
    const output = { folder: '/mnt/out', isNamed: true, parent: '/mnt' };
    expect(all({ folder: '/mnt/shots', action, parameters }, output, pathOn).map(words)).toEqual([
      'folder /Volumes/shots',
      'output /Volumes/out',
      'shared /mnt?',
      'run /mnt/tool',
      'file /Volumes/a.blend?',
      'file x//Volumes/a.blend?',
    ]);
  });

  test('where results go, when it puts any there', () => {
    expect(all({ action: run('render') }).map(words)).toEqual([
      'folder /shots',
      'output /data/output',
      'program render',
    ]);
    expect(all({ action: run('render "$DROVER_PARAM_Output"') }).map(words)).toContain('shared /data?');
  });

  test('each with the place where it stands', () => {
    const of = (action: Action) =>
      all({ action }).flatMap(({ kind, about: { field, within } }) =>
        kind === 'output' ? [] : [[field.join('.'), within?.piece, within?.index]],
      );
    expect(of(command('python3', 'bake.py'))).toEqual([
      ['folder', undefined, undefined],
      ['command.0', undefined, undefined],
      ['command.1', undefined, undefined],
    ]);
    expect(of(run('sh "{{Batch}}.sh"'))).toEqual([
      ['folder', undefined, undefined],
      ['run', 'sh', 0],
      ['run', '"{{Batch}}.sh"', 3],
    ]);
  });
});
