/** Real files on this machine, and nodes that answer from a table. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noCapacity } from '../../shared/model/amounts';
import type { Action, Batch } from '../../shared/model/batch';
import type { Found } from '../../shared/model/finding';
import { defaultSettings } from '../../shared/model/settings';
import type { Space } from '../../shared/model/space';
import { batch, Farm } from '../engine/farm-for-tests';
import { preflight } from '../engine/preflight/preflight';
import { atOnce } from '../engine/slices';
import type { Question } from '../nodes/preflight/question';
import { onNodes } from './on-nodes';
import { outputOf } from './output';

let farm: Farm;
let folder: string;
/** What is wrong on a node, by `kind name`; all else is as it should be. */
let wrong: Record<string, Record<string, string>>;
let asked: Record<string, readonly string[]>;
beforeEach(async () => {
  farm = new Farm();
  folder = mkdtempSync(join(tmpdir(), 'drover-on-nodes-'));
  wrong = {};
  asked = {};
  await nodeUp('here', 'local');
  await nodeUp('render1');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function nodeUp(
  node: string,
  nodeKind: 'local' | 'ssh' = 'ssh',
  labels: readonly string[] = [],
): Promise<void> {
  const capacity = { ...noCapacity, cpu: 4, memoryMiB: 4096, storageMiB: 10_000 };
  farm.engine.report({ kind: 'nodeUp', node, name: node, nodeKind, system: 'test', capacity, labels });
  farm.engine.report({ kind: 'reconciled', node });
  await farm.settle();
}

const keyOf = ({ kind, name }: Question): string => `${kind} ${name.replace(`${folder}/`, '')}`;
const usual = ({ kind }: Question): string => (kind === 'room' ? '1048576' : 'yes');

async function found(spec: Batch, silent: readonly string[] = []): Promise<readonly Found[]> {
  const { state } = farm.engine;
  const { able } = atOnce(preflight(state, spec, 'ann', farm.time));
  const end = silent.length > 0 ? AbortSignal.timeout(300) : AbortSignal.timeout(10_000);
  return onNodes({
    ...{ state, batch: spec, able, end, dataFolder: folder, isWorking: true },
    output: await outputOf(spec, folder),
    ask: async (node, questions, signal) => {
      asked[node] = questions.map(keyOf);
      if (silent.includes(node)) await new Promise((done) => signal.addEventListener('abort', done));
      return silent.includes(node)
        ? null
        : questions.map((each) => wrong[node]?.[keyOf(each)] ?? usual(each));
    },
    inBackground: (work) => Promise.resolve(atOnce(work)),
  });
}

const words = async (spec: Batch, silent: readonly string[] = []): Promise<readonly string[]> =>
  (await found(spec, silent)).map(
    ({ severity, code, message, about }) =>
      `${severity} ${code} at ${about.field.join('.')}: ${message.replaceAll(`${folder}/`, '')}`,
  );

const run = (text: string): Action => ({ kind: 'script', text });
const one = (text: string, more: object = {}): Batch =>
  batch({ render: { action: run(text), folder, ...more } });
const missing = (node: string, ...keys: readonly string[]): void => {
  wrong[node] = { ...wrong[node], ...Object.fromEntries(keys.map((key) => [key, 'no'])) };
};

describe('frames', () => {
  const plates = (...numbers: readonly number[]): void => {
    mkdirSync(join(folder, 'plates'), { recursive: true });
    for (const number of numbers)
      writeFileSync(join(folder, 'plates', `a.${String(number).padStart(4, '0')}.exr`), '');
  };
  const frames = (first: number, count: number): Space => ({
    kind: 'frames',
    ranges: [{ first, step: 1, count }],
  });

  test('a gap in what is read is told as one, with its frames', async () => {
    plates(1, 2, 5, 6, 7, 9);
    expect(await words(one('ffmpeg -i plates/a.%04d.exr film.mp4'))).toEqual([
      'warning frames-missing at run: frames 3-4, 8 of a.%04d.exr are missing in plates: 6 are there',
    ]);
    plates(3, 4, 8);
    expect(await words(one('ffmpeg -i plates/a.%04d.exr film.mp4'))).toEqual([]);
  });

  test('those of the tasks, or those that are named, count; what may be no input is a note', async () => {
    plates(1, 2, 3, 4);
    const space = frames(2, 4);
    expect(await words(one('comp plates/a.####.exr -F {{Frame}}', { space }))).toEqual([
      'note frames-missing at run: frame 5 of a.####.exr is missing in plates: 4 are there',
    ]);
    expect(await words(one('comp plates/a.[0003-0006].exr'))).toEqual([]);
    const action: Action = { kind: 'command', argv: ['comp', 'plates/a.[0003-0006].exr'] };
    expect(await words(batch({ render: { action, folder } }))).toEqual([
      'note frames-missing at command.1: frames 5-6 of a.[0003-0006].exr are missing in plates: 4 are there',
    ]);
  });

  test('none at all is told only where they are surely read, and not after other work', async () => {
    plates();
    const message = 'warning frames-missing at run: no frame of a.%04d.exr is in plates';
    expect(await words(one('ffmpeg -i plates/a.%04d.exr film.mp4'))).toEqual([message]);
    expect(await words(one('comp plates/a.####.exr'))).toEqual([]);
    const action = run('ffmpeg -i plates/a.%04d.exr film.mp4');
    expect(await words(batch({ first: { folder }, film: { action, folder, after: ['first'] } }))).toEqual([]);
    expect(await words(one('ffmpeg -i elsewhere/a.%04d.exr film.mp4'))).toEqual([]);
  });
});

describe('programs', () => {
  test('are missing on some nodes: a warning, with the nodes and a label that would help', async () => {
    await nodeUp('render2');
    missing('render1', 'program blender');
    const [one1, ...others] = await found(one('blender -b x'));
    expect(others).toEqual([]);
    expect(one1).toMatchObject({
      severity: 'warning',
      message: 'the program blender is missing on render1: on 1 of the 3 nodes that could do it',
      fix: expect.stringContaining('needs: { all: program:blender }'),
      about: { job: 'render', step: 'main', field: ['run'], within: { piece: 'blender', index: 0 } },
    });
  });

  test('are missing on all of them: an error, unless the task goes on without', async () => {
    for (const node of ['here', 'render1']) missing(node, 'program a', 'program b');
    expect(await words(one('a\nb'))).toEqual([
      'warning program-missing at run: the program a is missing on here, render1: on every node that could do it',
      'error program-missing at run: the program b is missing on here, render1: on every node that could do it',
    ]);
  });

  test('of a node that cannot be asked, what it has told before counts; else it is a note', async () => {
    await nodeUp('render1', 'ssh', ['program:ffmpeg']);
    missing('here', 'program blender');
    expect(await words(one('blender -b x'), ['render1'])).toEqual([
      'error program-missing at run: the program blender is missing on here, render1: on every node that could do it',
      'note not-asked at : render1 could not be asked for programs and files: it did not answer in time',
    ]);
    missing('here', 'program maya');
    expect(await words(one('maya'), ['render1'])).toEqual([
      'warning program-missing at run: the program maya is missing on here: on every node that answered, of 2 that could do it',
      expect.stringContaining('note not-asked'),
    ]);
  });
});

describe('files', () => {
  test('an input that is here and not there, but not what nothing says is one', async () => {
    writeFileSync(join(folder, 'scene.json'), '');
    missing('render1', 'file scene.json', 'file made.json');
    expect(await words(one('render scene.json made.json'))).toEqual([
      'warning file-missing at run: scene.json is missing on render1: on 1 of the 2 nodes that could do it',
    ]);
    expect(asked['render1']).not.toContain('file made.json');
  });

  test('a script that is nowhere: an error; after other work it may yet be made', async () => {
    for (const node of ['here', 'render1']) missing(node, 'run melt.sh', 'file bake.py');
    const message = 'is missing on here, render1: on every node that could do it';
    expect(await words(one('./melt.sh'))).toEqual([`error file-missing at run: ./melt.sh ${message}`]);
    expect(await words(one('python3 bake.py'))).toEqual([`error file-missing at run: bake.py ${message}`]);
    const later = batch({
      first: { folder },
      render: { action: run('./melt.sh'), folder, after: ['first'] },
    });
    expect(await words(later)).toEqual([]);
    const environments = [{ name: 'a', variables: {}, enter: 'cp x y', leave: null, timeoutMs: null }];
    expect(await words(one('./melt.sh', { environments }))).toEqual([]);
  });

  test('a script that may not be run', async () => {
    for (const node of ['here', 'render1']) wrong[node] = { 'run melt.sh': 'notExecutable' };
    const [only] = await found(one('./melt.sh'));
    expect(only).toMatchObject({
      severity: 'error',
      fix: 'chmod +x ./melt.sh, or run it by its interpreter, such as sh ./melt.sh',
    });
  });

  test('without the folder, nothing in it is told to be missing', async () => {
    missing('render1', `folder ${folder}`, 'run melt.sh');
    wrong['render1'] = { ...wrong['render1'], [`folder ${folder}`]: 'no' };
    expect(await words(one('./melt.sh'))).toEqual([
      expect.stringMatching(
        /^warning folder-missing at folder: the folder .* is missing on render1: on 1 of the 2/,
      ),
    ]);
  });

  test('paths as they are called there', async () => {
    const paths = [{ from: folder, to: '/Volumes/shots' }];
    const { otherNodes } = defaultSettings;
    await farm.configure({ nodes: { render1: { ...otherNodes, paths } } });
    wrong['render1'] = { 'run /Volumes/shots/melt.sh': 'no' };
    expect(await words(one('./melt.sh'))).toEqual([
      'warning file-missing at run: ./melt.sh (there /Volumes/shots/melt.sh) is missing on render1: on 1 of the 2 nodes that could do it',
    ]);
  });

  test('results that would stay on the node, and a folder for them that it cannot write', async () => {
    missing('render1', `folder ${folder}`);
    expect(await words(batch({ render: { action: run('render {{Output}}'), folder: '/' } }))).toEqual([
      expect.stringMatching(
        /^warning output-not-shared at : results would stay where they are made, since the folder .* is missing on render1/,
      ),
    ]);
    expect(await words(batch({ render: { action: run('render'), folder: '/' } }))).toEqual([]);
    wrong['render1'] = { 'output output': 'readOnly' };
    expect(await words(one('render'))).toEqual([
      expect.stringMatching(/^warning output at : nothing may be written to the folder for results/),
    ]);
  });
});

describe('files that are sent', () => {
  const staged = (send: readonly string[], text = './melt.sh scene.json', more: object = {}): Batch =>
    one(text, { files: { kind: 'staged', send, fetch: ['**'] }, ...more });
  beforeEach(() => {
    for (const name of ['melt.sh', 'scene.json']) writeFileSync(join(folder, name), 'x'.repeat(100));
    mkdirSync(join(folder, 'textures'));
  });

  test('all that is named is among them: nothing of it is asked', async () => {
    expect(await words(staged(['*.sh', 'scene.json']))).toEqual([]);
    expect(asked['render1']).toEqual(['room .drover']);
    expect(asked['here']).toContain('run melt.sh');
  });

  test('what is named and not among them', async () => {
    expect(await words(staged(['*.sh']))).toEqual([
      'warning file-missing at run: scene.json is not among the files that are sent, so it will be missing on render1',
    ]);
    farm = new Farm();
    await nodeUp('render1');
    expect(await words(staged([], './melt.sh'))).toEqual([
      'error file-missing at run: ./melt.sh is not among the files that are sent, so it will be missing on render1',
    ]);
  });

  test('a pattern that nothing fits, a link that leads out: as it would be when they are sent', async () => {
    expect(await words(staged(['*.sh', 'scene.json', '*.png']))).toEqual([
      expect.stringMatching(/^error files-not-sent at files.send: no file in .* is named \*\.png/),
    ]);
  });

  test('a disk with too little room, for what is sent and for what a task asks for', async () => {
    wrong['render1'] = { 'room .drover': '0' };
    expect(await words(staged(['**']))).toEqual([
      expect.stringMatching(
        /^warning disk at files.send: 1 MiB are to be sent, more than is free on render1 \(0 MiB free\)/,
      ),
    ]);
    const asks = { request: { storageMiB: 2048 } };
    wrong['render1'] = { 'room .drover': '1048576' };
    wrong['here'] = { 'room node': '4194304' };
    expect(await words(one('render', asks))).toEqual([
      'warning disk at resources.storage: a task asks for 2 GiB of disk, which is not free now on render1 (1 GiB free)',
    ]);
  });
});

test('steps that name the same are looked at once, and all of them are told of', async () => {
  missing('render1', 'program blender');
  const spec = batch({
    a: { action: run('blender -b x'), folder },
    b: { action: run('blender -b x'), folder },
  });
  expect((await found(spec)).map(({ about }) => about.job)).toEqual(['a', 'b']);
});
