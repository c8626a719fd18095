import { link, mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { anyFile } from '../../shared/model/checkpoint';
import { ruleFor, Saving } from './saving-for-tests';

const savingOf = (...rule: Parameters<typeof ruleFor>): Promise<Saving> => Saving.of(ruleFor(...rule));
const killed = { kind: 'signalled', signal: 9 } as const;

describe('finding', () => {
  test('a file counts when nothing has happened to it from one look to the next', async () => {
    const saving = await savingOf(['*.cpt']);
    await saving.write('run.cpt', 'half');
    await saving.look();
    await saving.write('run.cpt', 'half and more');
    await saving.look();
    expect(await saving.all()).toEqual([]);
    await saving.look();
    expect(await saving.all()).toMatchObject([
      { id: 'c1', name: 'run.cpt', files: [{ path: 'run.cpt', bytes: 13 }], attempt: 'a-1', parent: null },
    ]);
    await saving.look();
    expect(await saving.all()).toHaveLength(1);
  });

  test('what is renamed has the same bytes, and is no other checkpoint', async () => {
    const saving = await savingOf(['*.cpt']);
    await saving.write('run.cpt', 'first');
    await saving.look();
    await saving.look();
    await rename(join(saving.folder, 'run.cpt'), join(saving.folder, 'run_prev.cpt'));
    await saving.write('run.cpt', 'second');
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ id, parent }) => [id, parent])).toEqual([
      ['c2', 'c1'],
      ['c1', null],
    ]);
  });

  test('a folder is one with all that is in it, and how far it is stands in its name', async () => {
    const saving = await savingOf(['[0-9]*'], {
      at: '^(?<at>[0-9.]+)$',
      whole: { ...anyFile, holds: ['U'] },
    });
    await mkdir(join(saving.folder, '0.5/uniform'), { recursive: true });
    await saving.write('0.5/p', 'pressure');
    await saving.write('0.5/uniform/time', '0.5');
    await saving.look();
    await saving.look();
    expect(await saving.all()).toEqual([]);
    await saving.write('0.5/U', 'velocity');
    await saving.look();
    await saving.look();
    const [found] = await saving.all();
    expect(found).toMatchObject({ name: '0.5', at: 0.5 });
    expect(found?.files.map(({ path }) => path)).toEqual(['0.5/U', '0.5/p', '0.5/uniform/time']);
  });

  test('what is found at the end, before the store has it, is found once', async () => {
    const saving = await savingOf(['*.cpt']);
    saving.isSlow = true;
    await saving.write('run.cpt', 'state');
    await saving.look();
    await saving.look();
    await saving.work.ended(saving.task, killed);
    expect(saving.reports.filter(({ kind }) => kind === 'checkpointFound')).toHaveLength(1);
    await saving.write('run.cpt', 'another');
    await saving.work.ended(saving.task, killed);
    expect(saving.reports.filter(({ kind }) => kind === 'checkpointFound')).toHaveLength(2);
  });

  test('it remembers what its task had reported, and the best one is kept', async () => {
    const best = { name: 'loss', is: 'min', count: 1 } as const;
    const saving = await savingOf(['*.cpt'], { keep: { last: 1, everyMs: null, best } });
    for (const loss of [0.5, 0.1, 0.4, 0.3]) {
      saving.task = { ...saving.task, reported: { loss } };
      await saving.write(`at-${loss}.cpt`, `${loss}`);
      await saving.look();
      await saving.look();
    }
    const left = (await saving.all()).filter(({ dropped }) => !dropped);
    // The one before the newest stays until the newest is known for sure.
    expect(left.map(({ values }) => values)).toEqual([{ loss: 0.3 }, { loss: 0.4 }, { loss: 0.1 }]);
  });

  test('what was given up is not found again by the next attempt, and is not read for that', async () => {
    const keep = { last: 1, everyMs: 86_400_000 };
    const saving = await savingOf(['*.cpt'], { keep });
    for (const step of [1, 2, 3, 4]) await saving.write(`at-${step}.cpt`, `${step}`, step * 60_000);
    await saving.work.ended(saving.task, killed);
    const standing = async () => (await saving.all()).map(({ id, dropped }) => `${id} ${dropped}`);
    const before = await standing();
    expect(before).toEqual(['c4 false', 'c3 false', 'c2 true', 'c1 false']);
    saving.again();
    const read = saving.keptPaths.length;
    await saving.look();
    await saving.look();
    expect(await standing()).toEqual(before);
    expect(saving.keptPaths).toHaveLength(read);
    await rename(join(saving.folder, 'at-2.cpt'), join(saving.folder, 'old.cpt'));
    await saving.look();
    await saving.look();
    expect(await standing()).toEqual(before);
  });

  test('files that belong together are one', async () => {
    const saving = await savingOf(['state.bin', 'table.csv'], { together: true });
    await saving.write('state.bin', 'a');
    await saving.write('table.csv', 'b');
    await saving.look();
    await saving.look();
    const all = await saving.all();
    expect(all.map(({ files }) => files.map(({ path }) => path))).toEqual([['state.bin', 'table.csv']]);
  });

  test('what is too small, or begins or ends otherwise, is not whole', async () => {
    const whole = { leastBytes: 6, begins: '4c4d50', ends: '454e44', holds: [] };
    const saving = await savingOf(['*.restart'], { whole });
    await saving.write('small.restart', 'LMP');
    await saving.write('cut.restart', 'LMP state');
    await saving.write('other.restart', 'PNG stEND');
    await saving.write('good.restart', 'LMP stateEND');
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ name }) => name)).toEqual(['good.restart']);
  });

  test('what the program compresses is whole when what is in it is', async () => {
    const whole = { ...anyFile, begins: '4c4d50', ends: '454e44' };
    const saving = await savingOf(['*.gz'], { whole });
    const packed = gzipSync(`LMP${'state '.repeat(100_000)}END`);
    await writeFile(join(saving.folder, 'good.gz'), packed);
    await writeFile(join(saving.folder, 'cut.gz'), packed.subarray(0, -20));
    await writeFile(join(saving.folder, 'other.gz'), gzipSync('LMPstate'));
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ name }) => name)).toEqual(['good.gz']);
  });

  test('names of all kinds, and no link', async () => {
    const saving = await savingOf(['*.cpt', 'inner/*.cpt']);
    const odd = 'two\nlines "and" \'quotes\' ü.cpt';
    await saving.write(odd, 'odd');
    await writeFile(join(saving.kept, 'secret'), 'not yours');
    await symlink(join(saving.kept, 'secret'), join(saving.folder, 'link.cpt'));
    await mkdir(join(saving.kept, 'there'));
    await writeFile(join(saving.kept, 'there/x.cpt'), 'not yours');
    await symlink(join(saving.kept, 'there'), join(saving.folder, 'inner'));
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ name }) => name)).toEqual([odd]);
  });

  test('those of other tasks are not this one’s: numbers in names may have zeros before them', async () => {
    const saving = await savingOf(['frame_{{Frame}}.state']);
    saving.task = { ...saving.task, values: { Frame: '7' } };
    for (const number of ['7', '0007', '0017', '70']) await saving.write(`frame_${number}.state`, number);
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ name }) => name).toSorted()).toEqual([
      'frame_0007.state',
      'frame_7.state',
    ]);
  });

  test('the newest are kept, and what has a tag', async () => {
    const saving = await savingOf(['run.cpt'], { keep: { last: 2, everyMs: null } });
    for (const text of ['one', 'two', 'three', 'four']) {
      await saving.write('run.cpt', text);
      await saving.look();
      await saving.look();
    }
    expect((await saving.all()).map(({ id, dropped }) => [id, dropped])).toEqual([
      ['c4', false],
      ['c3', false],
      ['c2', true],
      ['c1', true],
    ]);
  });
});

describe('going on', () => {
  test('what was written last counts also when the attempt was killed right after', async () => {
    const saving = await savingOf(['run.cpt']);
    await saving.write('run.cpt', 'at the last moment');
    await saving.work.ended(saving.task, killed);
    expect(await saving.all()).toHaveLength(1);
    saving.again();
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
  });

  test('a file that is gone or cut short is put back as it was', async () => {
    const saving = await savingOf(['run.cpt'], { whole: { ...anyFile, ends: '2e' } });
    await saving.write('run.cpt', 'all of it.');
    await saving.work.ended(saving.task, killed);
    saving.again();
    await truncate(join(saving.folder, 'run.cpt'), 4);
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
    expect(await saving.read('run.cpt')).toBe('all of it.');
    expect(await saving.read('.run.cpt.damaged')).toBe('all ');
    await rm(join(saving.folder, 'run.cpt'));
    await saving.prepare();
    expect(await saving.read('run.cpt')).toBe('all of it.');
  });

  test('those before it come along where it is nothing without them', async () => {
    const saving = await savingOf(['*.part'], { type: 'INCREMENTAL' });
    for (const name of ['a.part', 'b.part', 'c.part']) {
      await saving.write(name, name);
      await saving.work.ended(saving.task, killed);
    }
    for (const name of ['a.part', 'c.part']) await rm(join(saving.folder, name));
    saving.again();
    expect(await saving.prepare()).toMatchObject({ id: 'c3' });
    expect(await saving.read('a.part')).toBe('a.part');
    expect(saving.files).toEqual(['a.part', 'b.part', 'c.part'].map((name) => join(saving.folder, name)));
  });

  test('what was damaged in a folder is no part of it when it has been put back', async () => {
    const saving = await savingOf(['[0-9]*'], { whole: { ...anyFile, ends: '2e' } });
    await mkdir(join(saving.folder, '0.5'));
    await saving.write('0.5/U', 'all of it.');
    await saving.work.ended(saving.task, killed);
    saving.again();
    await truncate(join(saving.folder, '0.5/U'), 4);
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
    expect(await saving.read('0.5/.U.damaged')).toBe('all ');
    await saving.work.ended(saving.task, killed);
    expect(await saving.all()).toHaveLength(1);
  });

  test('what the program has written since, and is whole, is left as it is', async () => {
    const saving = await savingOf(['run.cpt']);
    await saving.write('run.cpt', 'first', 10_000_000);
    await saving.work.ended(saving.task, killed);
    saving.again();
    await saving.write('run.cpt', 'newer', 20_000_000);
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
    expect(await saving.read('run.cpt')).toBe('newer');
  });

  test('of two that cannot be used the reason is kept, and the one before is used', async () => {
    const saving = await savingOf(['*.restart'], { keep: { last: 5, everyMs: null } });
    for (const name of ['a.restart', 'b.restart', 'c.restart']) {
      await saving.write(name, `state ${name}`);
      await saving.work.ended(saving.task, killed);
    }
    for (const { files } of (await saving.all()).slice(0, 2))
      for (const { path, hash } of files) {
        await rm(join(saving.folder, path));
        await rm(join(saving.kept, hash));
      }
    saving.again();
    expect(await saving.prepare()).toMatchObject({ name: 'a.restart' });
    expect((await saving.all()).map(({ broken }) => broken)).toEqual([
      expect.stringContaining('there is no copy of it'),
      expect.stringContaining('there is no copy of it'),
      null,
    ]);
  });

  test('that copies cannot be read now does not make a checkpoint a broken one', async () => {
    const saving = await savingOf(['run.cpt']);
    await saving.write('run.cpt', 'state');
    await saving.work.ended(saving.task, killed);
    await rm(join(saving.folder, 'run.cpt'));
    saving.again();
    saving.trouble = 'the disk is not there';
    expect(await saving.prepare()).toBeNull();
    expect(saving.warnings).toEqual(['b1.run: c1 could not be put back: the disk is not there']);
    saving.trouble = null;
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
    expect(await saving.read('run.cpt')).toBe('state');
  });

  test('from one that a person chooses: what was saved after it is out of the way', async () => {
    const saving = await savingOf(['*.restart'], { keep: { last: 5, everyMs: null } });
    await saving.write('a.restart', 'step 100', 1_000_000);
    await saving.work.ended(saving.task, killed);
    await saving.write('b.restart', 'step 200', 1_000_000);
    await saving.work.ended(saving.task, killed);
    await saving.write('a.restart', 'step 300', 3_000_000);
    await saving.work.ended(saving.task, killed);
    saving.again();
    expect(await saving.prepare('c1')).toMatchObject({ id: 'c1', name: 'a.restart' });
    expect(await saving.read('a.restart')).toBe('step 100');
    expect(await saving.read('.b.restart.later')).toBe('step 200');
  });

  test('nothing is put back behind a link', async () => {
    const saving = await savingOf(['out/run.cpt']);
    await mkdir(join(saving.folder, 'out'));
    await saving.write('out/run.cpt', 'mine');
    await saving.work.ended(saving.task, killed);
    await rm(join(saving.folder, 'out'), { recursive: true });
    await mkdir(join(saving.kept, 'elsewhere'));
    await symlink(join(saving.kept, 'elsewhere'), join(saving.folder, 'out'));
    saving.again();
    expect(await saving.prepare()).toBeNull();
    await expect(link(join(saving.kept, 'elsewhere/run.cpt'), join(saving.kept, 'x'))).rejects.toThrow(
      'ENOENT',
    );
  });

  test.each([
    ['continuing from step 300', { from: 'c1', line: 'continuing from step 300' }],
    ['starting at step 0', { from: 'c1', line: null }],
  ])('the output %j proves it or not', async (line, proof) => {
    const saving = await savingOf(['run.cpt'], { resumed: 'from step (?<from>\\d+)' });
    await saving.write('run.cpt', 'state');
    await saving.work.ended(saving.task, killed);
    saving.again();
    saving.log = `hello\r${line}\nmore\n`;
    await saving.work.ended(saving.task, { kind: 'exited', code: 0 });
    expect(saving.reports.at(-1)).toMatchObject({ kind: 'attemptWentOn', ...proof });
  });
});
