/** What may go wrong around the files of checkpoints; the store's own troubles are tried beside it. */
import { rmSync, symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyFile } from '../../shared/model/checkpoint';
import { ruleFor, Saving } from './saving-for-tests';

const killed = { kind: 'signalled', signal: 9 } as const;
const hour = 3_600_000;

test('of thousands that are written at once the newest whole ones are kept, and nothing is read of the others', async () => {
  const saving = await Saving.of(
    ruleFor(['step_*'], { at: 'step_(?<at>\\d+)', whole: { ...anyFile, ends: '2e' } }),
  );
  const count = 2000;
  for (let step = 1; step <= count; step++) {
    writeFileSync(join(saving.folder, `step_${step}`), step === count ? 'cut sho' : `step ${step}.`);
    utimesSync(join(saving.folder, `step_${step}`), step, step);
  }
  await saving.look();
  await saving.look();
  expect((await saving.all()).map(({ at }) => at)).toEqual([count - 1, count - 2, count - 3]);
  expect(saving.keptPaths).toHaveLength(3);
  await saving.write(`step_${count + 1}`, 'step.', hour);
  await saving.look();
  await saving.look();
  expect((await saving.all()).map(({ at, dropped }) => [at, dropped])).toEqual([
    [count + 1, false],
    [count - 1, false],
    [count - 2, false],
    [count - 3, true],
  ]);
  expect(saving.warnings).toEqual([]);
});

test.each([
  ['ahead', hour],
  ['behind', -hour],
])(
  'that the clock of the node before was %s does not make its checkpoint the newest one or none',
  async (_, skew) => {
    const saving = await Saving.of(ruleFor(['*.restart']));
    const now = Date.now();
    await saving.write('a.restart', 'step 100', now + skew);
    await saving.work.ended(saving.task, killed);
    saving.again();
    await saving.write('b.restart', 'step 200', now);
    await saving.work.ended(saving.task, killed);
    saving.again();
    expect(await saving.prepare()).toMatchObject({ id: 'c2', name: 'b.restart', parent: 'c1' });
    truncateSync(join(saving.folder, 'b.restart'), 3);
    await utimes(join(saving.folder, 'b.restart'), now / 1000, now / 1000);
    expect(await saving.prepare()).toMatchObject({ id: 'c2' });
    expect(await saving.read('b.restart')).toBe('step 200');
  },
);

describe('while it is copied', () => {
  /** The folder of a node is there no more, as when a mount is lost. */
  test('its node is lost: this one is not kept, which is told, and the one before is as it was', async () => {
    const saving = await Saving.of(ruleFor(['*.state']));
    await mkdir(join(saving.folder, 'one.state'));
    await saving.write('one.state/a', 'first');
    await saving.work.ended(saving.task, killed);
    await mkdir(join(saving.folder, 'two.state'));
    await saving.write('two.state/a', 'second');
    await saving.write('two.state/b', 'second');
    saving.onKeep = (path) => {
      if (path.endsWith('a')) rmSync(join(saving.folder, 'two.state'), { recursive: true, force: true });
    };
    await saving.work.ended(saving.task, killed);
    expect((await saving.all()).map(({ name, broken }) => [name, broken])).toEqual([['one.state', null]]);
    expect(saving.warnings).toEqual([expect.stringMatching(/two\.state: .*ENOENT/)]);
    saving.again();
    expect(await saving.prepare()).toMatchObject({ id: 'c1' });
  });

  test('it changes: it is not kept as it was before, but when it is quiet again', async () => {
    const saving = await Saving.of(ruleFor(['run.cpt']));
    await saving.write('run.cpt', 'first');
    saving.onKeep = () => writeFileSync(join(saving.folder, 'run.cpt'), 'second, longer');
    await saving.look();
    await saving.look();
    expect(await saving.all()).toEqual([]);
    saving.onKeep = () => {};
    await saving.look();
    await saving.look();
    expect((await saving.all()).map(({ files }) => files[0]?.bytes)).toEqual([14]);
  });

  test('a link takes its place: nothing from outside is taken for it', async () => {
    const saving = await Saving.of(ruleFor(['run.cpt']));
    await saving.write('run.cpt', 'mine');
    await writeFile(join(saving.kept, 'secret'), 'not yours');
    saving.onKeep = () => {
      unlinkSync(join(saving.folder, 'run.cpt'));
      symlinkSync(join(saving.kept, 'secret'), join(saving.folder, 'run.cpt'));
    };
    await saving.work.ended(saving.task, killed);
    expect(await saving.all()).toEqual([]);
  });
});

test('one that is deleted by hand, its copy too, is told with its reason, and costs no other', async () => {
  const saving = await Saving.of(ruleFor(['*.restart']));
  for (const name of ['a.restart', 'b "quoted"\nü.restart']) {
    await saving.write(name, `state of ${name}`);
    await saving.work.ended(saving.task, killed);
  }
  const [newest] = await saving.all();
  for (const { path, hash } of newest?.files ?? []) {
    unlinkSync(join(saving.folder, path));
    unlinkSync(join(saving.kept, hash));
  }
  saving.again();
  expect(await saving.prepare()).toMatchObject({ id: 'c1', name: 'a.restart' });
  expect((await saving.all())[0]?.broken).toContain('there is no copy of it');
});
