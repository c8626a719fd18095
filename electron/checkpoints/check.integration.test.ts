import { expect, test } from 'vitest';
import { anyFile } from '../../shared/model/checkpoint';
import { ruleFor, Saving } from './saving-for-tests';

const checkedBy = (...check: readonly string[]) => ruleFor(['*.state'], { whole: { ...anyFile, check } });

/** The names of the checkpoints that were found. */
const found = async (saving: Saving): Promise<readonly string[]> =>
  (await saving.all()).map(({ name }) => name).toSorted();

test('a program says whether a file is whole', async () => {
  const saving = await Saving.of(checkedBy('sh', '-c', 'grep -q END "$1"', 'sh'));
  await saving.write('good one.state', 'work END');
  await saving.write("bad'$(touch no).state", 'work');
  await saving.look();
  await saving.look();
  expect(await found(saving)).toEqual(['good one.state']);
  await saving.write("bad'$(touch no).state", 'work, and its END');
  await saving.look();
  await saving.look();
  expect(await found(saving)).toEqual(["bad'$(touch no).state", 'good one.state']);
  expect(saving.warnings).toEqual([]);
});

test('what stands for a name is one argument of it, and never a command', async () => {
  const saving = await Saving.of(checkedBy('test', '{{Word}}', '=', 'a b; exit 0', '-a', '-e'));
  saving.task = { ...saving.task, values: { Word: 'a b; exit 0' } };
  await saving.write('one.state', 'x');
  await saving.look();
  await saving.look();
  expect(await found(saving)).toEqual(['one.state']);
});

test('one that cannot be started is told, and nothing is taken for whole', async () => {
  const saving = await Saving.of(checkedBy('./no-such-program'));
  await saving.write('one.state', 'x');
  await saving.look();
  await saving.look();
  expect(await found(saving)).toEqual([]);
  expect(saving.warnings).toEqual([
    expect.stringContaining('./no-such-program cannot tell whether it is whole'),
  ]);
});

test('one that takes long is ended when Drover closes', async () => {
  const saving = await Saving.of(checkedBy('sh', '-c', 'echo $$ >"$1.pid"; sleep 600', 'sh'));
  await saving.write('one.state', 'x');
  await saving.look();
  const looking = saving.look();
  for (let pid = ''; pid.trim() === '';) pid = await saving.read('one.state.pid').catch(() => '');
  const pid = Number(await saving.read('one.state.pid'));
  await saving.work.close();
  await looking;
  expect(() => process.kill(pid, 0)).toThrow();
  expect(await found(saving)).toEqual([]);
});
