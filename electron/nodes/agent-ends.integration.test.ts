import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Agents, shells, isAlive, workOf } from './agent-for-tests';
import { attemptId } from './node-for-tests';

describe.each(shells)('how the agent in %s ends attempts, and tells what they took', (shell) => {
  let agents: Agents;
  beforeEach(() => {
    agents = new Agents(shell);
  });
  afterEach(() => agents.close());

  test('stop lets a program end in its own way', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `trap 'echo saved; exit 75' TERM; echo ready; while :; do sleep 0.05; done`);
    await agents.appears(attemptId(1), 'log');
    while (!agents.log(attemptId(1)).includes('ready')) await new Promise((done) => setTimeout(done, 10));
    node.link.stop(attemptId(1));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 75 });
    expect(agents.log(attemptId(1))).toContain('saved');
  });

  test('what does not listen is killed with all its children', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `trap '' TERM; sleep 61 & echo $!; wait; sleep 62`);
    while (!existsSync(agents.place(attemptId(1), 'log')) || agents.log(attemptId(1)) === '')
      await new Promise((done) => setTimeout(done, 10));
    const child = Number(agents.log(attemptId(1)));
    node.link.stop(attemptId(1));
    expect(isAlive(child)).toBe(true);
    node.passTime();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
    while (isAlive(child)) await new Promise((done) => setTimeout(done, 10));
  });

  test('an attempt that kills its own keeper is found lost, not waited for for ever', async () => {
    const node = await agents.add();
    node.run(attemptId(1), 'kill -KILL 0');
    await agents.appears(attemptId(1), 'log');
    expect(await node.end(attemptId(1))).toMatchObject({ kind: 'lost' });
  });

  test('a stop that comes right after the start is not lost', async () => {
    const node = await agents.add();
    node.run(attemptId(1), 'sleep 64');
    node.link.stop(attemptId(1));
    await agents.appears(attemptId(1), 'exit');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('what is to end does, also when a full disk has kept the words of that', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `trap '' TERM; echo ready; while :; do sleep 70; done`);
    await agents.appears(attemptId(1), 'log');
    while (!agents.log(attemptId(1)).includes('ready')) await new Promise((done) => setTimeout(done, 10));
    writeFileSync(agents.place(attemptId(1), 'stop'), '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('what is stopped before the node has ever seen it is never started', async () => {
    const node = await agents.add();
    node.link.adopt([{ attempt: attemptId(1), work: workOf('sleep 65') }]);
    node.link.stop(attemptId(1));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
    expect(existsSync(agents.place(attemptId(1), 'script'))).toBe(false);
  });

  test('nothing that an attempt has left behind outlives it', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `(trap '' TERM HUP; exec sleep 66) & echo $!`);
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    const child = Number(agents.log(attemptId(1)));
    while (isAlive(child)) await new Promise((done) => setTimeout(done, 10));
  });

  test('what takes longer than it may is ended by the node itself, with nobody connected', async () => {
    const first = await agents.add();
    first.run(attemptId(1), `trap 'echo saved' TERM; echo ready; sleep 67 & wait; wait`, { timeoutMs: 1000 });
    await agents.appears(attemptId(1), 'log');
    await first.die();
    await agents.appears(attemptId(1), 'exit');
    const second = await agents.add();
    second.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    expect(await second.end(attemptId(1))).toEqual({ kind: 'timedOut' });
    expect(agents.log(attemptId(1))).toContain('saved');
  });

  test('what uses more memory than it may is ended, and how much that was is told', async () => {
    const node = await agents.add();
    const hog = `exec '${process.execPath}' -e 'const all = []; setInterval(() => all.push(Buffer.alloc(4e6, 1)), 5)'`;
    node.run(attemptId(1), hog, { memoryMiB: 200 });
    expect(await node.end(attemptId(1))).toEqual({ kind: 'outOfMemory' });
    expect(node.usages.get(attemptId(1))?.peakMemoryMiB).toBeGreaterThan(200);
  });

  test('tells the processor time, the time and the memory that an attempt took', async () => {
    const node = await agents.add();
    node.run(
      attemptId(1),
      `'${process.execPath}' -e 'const t = Date.now(); const used = () => process.cpuUsage().user; while (Date.now() - t < 1600 || used() < 700_000);'`,
    );
    await node.end(attemptId(1));
    const usage = node.usages.get(attemptId(1));
    expect(usage?.wallMs).toBeGreaterThan(1500);
    expect(usage?.cpuMs).toBeGreaterThan(500);
    expect(usage?.cpuMs).toBeLessThan(2 * (usage?.wallMs ?? 0));
    expect(usage?.peakMemoryMiB).toBeGreaterThan(10);
  });

  test.runIf(shell === 'sh')('what has left its group is killed when the attempt has ended', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `setsid sleep 68 >/dev/null 2>&1 & echo $!; sleep 0.2`);
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    const pid = Number(agents.log(attemptId(1)));
    while (isAlive(pid)) await new Promise((done) => setTimeout(done, 50));
  });
});
