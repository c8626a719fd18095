import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Agents, isAlive, shells, workOf } from './agent-for-tests';
import { attemptId } from './node-for-tests';
import type { AttemptSaving } from './saving';

const signal: AttemptSaving = { how: 'usr1', everyMs: 0, timeoutMs: 0, script: null };
const command = (script: string, timeoutMs = 60_000): AttemptSaving => ({
  ...{ how: 'command', everyMs: 0, timeoutMs, script },
});

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((done) => setTimeout(done, 20));
}

describe.each(shells)('an attempt of an agent in %s is asked to save its work', (shell) => {
  let agents: Agents;
  beforeEach(() => {
    agents = new Agents(shell);
    // It says when it listens, saves whenever it is asked, and works on until it may end.
    writeFileSync(
      file('program'),
      "trap 'echo saved >>saved' USR1\necho listening\nuntil [ -e end ]; do sleep 0.05; done\n",
    );
  });
  afterEach(async () => {
    writeFileSync(file('end'), '');
    await until(() => existsSync(agents.place(attemptId(1), 'exit')));
    await agents.close();
  });

  const file = (name: string): string => join(agents.root, name);
  const inFolder = (script: string): string => `cd "${agents.root}" || exit 72\n${script}`;
  const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  const isPrinted = (text: string): Promise<void> =>
    until(() => existsSync(agents.place(attemptId(1), 'log')) && agents.log(attemptId(1)).includes(text));

  test('by a signal, which those of its processes get that listen for it', async () => {
    const node = await agents.add();
    node.run(attemptId(1), inFolder('sh program; echo "its shell goes on"'), { saving: () => signal });
    await isPrinted('listening');
    node.link.save(attemptId(1));
    await until(() => read('saved') === 'saved\n');
    node.link.save(attemptId(1));
    await until(() => read('saved') === 'saved\nsaved\n');
    writeFileSync(file('end'), '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    expect(agents.log(attemptId(1))).toBe('listening\nits shell goes on\n');
  });

  test('by a signal for which nothing listens: it is not harmed, and its log tells that', async () => {
    const node = await agents.add();
    const script = 'echo deaf\nuntil [ -e end ]; do sleep 0.05; done';
    node.run(attemptId(1), inFolder(script), { saving: () => signal });
    await isPrinted('deaf');
    node.link.save(attemptId(1));
    await isPrinted('nothing of this task listens for USR1');
    writeFileSync(file('end'), '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
  });

  test('by a command beside it, whose output stands in its log; and so is how that has failed', async () => {
    const node = await agents.add();
    const script = inFolder(
      'echo "saving for $DROVER_PID"; kill -USR1 "$DROVER_PID"; until [ -s saved ]; do sleep 0.05; done; exit 3',
    );
    node.run(attemptId(1), inFolder('exec sh program'), { saving: () => command(script) });
    await isPrinted('listening');
    node.link.save(attemptId(1));
    await isPrinted('the command that saves the work ended with status 3');
    expect(read('saved')).toBe('saved\n');
    writeFileSync(file('end'), '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
  });

  test('by a command that takes too long, which is ended with all that it has started', async () => {
    const node = await agents.add();
    const script = inFolder('sh -c "echo \\$\\$ >helper; sleep 600"');
    node.run(attemptId(1), inFolder('exec sh program'), { saving: () => command(script, 1000) });
    await isPrinted('listening');
    node.link.save(attemptId(1));
    await isPrinted('took longer than the 1 seconds that it may take');
    await until(() => !isAlive(Number(read('helper'))));
    expect(isAlive(agents.pidOf(attemptId(1)))).toBe(true);
  });

  test('again and again, also when its agent is gone, until it is to end', async () => {
    const node = await agents.add();
    const saving = { ...signal, everyMs: 1000 };
    node.run(attemptId(1), inFolder('exec sh program'), { saving: () => saving });
    await isPrinted('listening');
    await agents.end();
    await until(() => read('saved').startsWith('saved\nsaved\n'));
    const next = await agents.add();
    next.link.adopt([{ attempt: attemptId(1), work: { ...workOf('exit 9'), saving: () => saving } }]);
    next.link.stop(attemptId(1));
    expect(await next.end(attemptId(1))).toMatchObject({ kind: 'stopped' });
  });

  test('as the next link tells it, where the one before was cut before it could', async () => {
    const node = await agents.add();
    node.run(attemptId(1), inFolder('exec sh program'));
    await isPrinted('listening');
    await agents.end();
    const next = await agents.add();
    next.link.adopt([{ attempt: attemptId(1), work: { ...workOf('exit 9'), saving: () => signal } }]);
    await next.reconciled;
    next.link.save(attemptId(1));
    await until(() => read('saved') === 'saved\n');
  });
});
