import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import { Agents, shells, workOf } from './agent-for-tests';
import { attemptId } from './node-for-tests';
import { shellQuote } from './quote';

describe.each(shells)('the agent in %s', (shell) => {
  let agents: Agents;
  beforeEach(() => {
    agents = new Agents(shell);
  });
  afterEach(() => agents.close());

  test('runs a script, keeps what it prints, and tells its exit status', async () => {
    const node = await agents.add();
    node.run(attemptId(1), 'echo "out"; echo "err" >&2; exit 7');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 7 });
    expect(agents.log(attemptId(1))).toBe('out\nerr\n');
  });

  test('a death by signal is told apart from an exit status', async () => {
    const node = await agents.add();
    node.run(attemptId(1), "exec sh -c 'kill -SEGV $$'");
    expect(await node.end(attemptId(1))).toEqual({ kind: 'signalled', signal: 11 });
  });

  test('text of any kind reaches the script unharmed', async () => {
    const node = await agents.add();
    const text = '%d \\n \\0101 $HOME `id` "q" \'s\' \u{1F40E}\n\ttail';
    node.run(attemptId(1), `cat <<'END'\n${text}\nEND\n`);
    await node.end(attemptId(1));
    expect(agents.log(attemptId(1))).toBe(`${text}\n`);
  });

  test('a script for any shell needs no other one, and reads and ends as it would there', async () => {
    const node = await agents.add();
    const said = '%d \\n $HOME `id` "q" \u{1F40E}\n\ttail';
    const run = (attempt: AttemptId, program: string): Promise<AttemptEnd> => {
      node.run(
        attempt,
        `export SAID=${shellQuote(said)}\ncd -- ${shellQuote(agents.root)} || exit 72\nexec ${program}`,
        {
          anyShell: true,
        },
      );
      return node.end(attempt);
    };
    expect(await run(attemptId(1), `printf '%s|%s' "$SAID" "$PWD"`)).toEqual({ kind: 'exited', code: 0 });
    expect(agents.log(attemptId(1))).toBe(`${said}|${agents.root}`);
    expect(await run(attemptId(2), "sh -c 'kill -TERM $$'")).toEqual({ kind: 'signalled', signal: 15 });
    expect(await run(attemptId(3), 'drover-has-no-such-program')).toEqual({ kind: 'exited', code: 127 });
    expect(agents.log(attemptId(3))).toContain('drover-has-no-such-program: not found');
    expect(existsSync(agents.place(attemptId(1), 'script'))).toBe(shell !== 'bash');
  });

  test('an id is started once, however often it is asked for', async () => {
    const first = await agents.add();
    first.run(attemptId(1), `echo again >>'${join(tmpdir(), 'never')}'; exit 3`);
    await first.end(attemptId(1));
    const second = await agents.add();
    second.run(attemptId(1), 'exit 0');
    expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
    rmSync(join(tmpdir(), 'never'), { force: true });
  });

  test('work outlives its agent; the next one takes it over, and its result', async () => {
    const first = await agents.add();
    const go = join(agents.root, 'go');
    const wait =
      `echo once >>'${agents.root}/ledger'; while [ ! -e '${go}' ]; do sleep 0.05; done; exit 5`.replaceAll(
        "agent's",
        "agent'\\''s",
      );
    first.run(attemptId(1), wait);
    first.run(attemptId(2), 'exit 4');
    await first.end(attemptId(2));
    while (!existsSync(join(agents.root, 'ledger'))) await new Promise((done) => setTimeout(done, 10));
    await first.die();

    const second = await agents.add();
    second.link.adopt([
      { attempt: attemptId(1), work: workOf(wait) },
      { attempt: attemptId(2), work: workOf('exit 9') },
      { attempt: attemptId(3), work: workOf('exit 6') },
    ]);
    expect(await second.reconciled).toBeUndefined();
    expect([...second.ends.keys()]).toEqual([attemptId(2)]);
    expect(await second.end(attemptId(2))).toEqual({ kind: 'exited', code: 4 });
    expect(await second.end(attemptId(3))).toEqual({ kind: 'exited', code: 6 });
    writeFileSync(go, '');
    expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(readFileSync(join(agents.root, 'ledger'), 'utf8')).toBe('once\n');
  });

  test('a job cannot speak for the agent', async () => {
    const node = await agents.add();
    node.run(attemptId(2), 'sleep 0.3; exit 8');
    node.run(
      attemptId(1),
      `echo "EXIT ${attemptId(2)} 0"; { echo "EXIT ${attemptId(2)} 0" >&3; } 2>/dev/null; exit 1`,
    );
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 1 });
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 8 });
  });

  test.runIf(shell === 'sh')(
    'what a killed keeper has left running is not taken for dead, and can still be stopped',
    async () => {
      const first = await agents.add();
      first.run(attemptId(1), 'echo $$; sleep 63; true');
      while (!existsSync(agents.place(attemptId(1), 'log')) || agents.log(attemptId(1)) === '')
        await new Promise((done) => setTimeout(done, 10));
      await first.die();
      const keeper = agents.pidOf(attemptId(1));
      process.kill(keeper, 'SIGKILL');
      while (existsSync(`/proc/${keeper}`)) await new Promise((done) => setTimeout(done, 10));
      const second = await agents.add();
      second.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
      second.run(attemptId(2), 'true');
      await second.end(attemptId(2));
      expect(() => process.kill(-keeper, 0)).not.toThrow();
      second.link.stop(attemptId(1));
      expect(await second.end(attemptId(1))).toEqual({ kind: 'stopped' });
      expect(() => process.kill(-keeper, 0)).toThrow('ESRCH');
    },
  );

  test.runIf(shell === 'sh')("leaves the person's variables, umask and interrupts as they are", async () => {
    process.env['root'] = 'theirs';
    process.env['id'] = '42';
    const before = process.umask(0o027);
    const node = await agents.add();
    process.umask(before);
    delete process.env['root'];
    delete process.env['id'];
    node.run(attemptId(1), 'echo "$root $id $# $(umask)"; sh -c \'kill -INT $$; echo survived\'');
    await node.end(attemptId(1));
    expect(agents.log(attemptId(1))).toBe('theirs 42 0 0027\n');
  });

  test('in a script, $$ is the script, and it can kill itself', async () => {
    const node = await agents.add();
    node.run(attemptId(1), 'echo $$; kill -KILL $$');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'signalled', signal: 9 });
    expect(Number(agents.log(attemptId(1)))).not.toBe(agents.pidOf(attemptId(1)));
  });

  test('a hundred at once all end once', async () => {
    const node = await agents.add();
    const ids = Array.from({ length: 100 }, (_, index) => attemptId(index));
    ids.forEach((id, index) => node.run(id, `exit ${index % 3}`));
    const ends = await Promise.all(ids.map((id) => node.end(id)));
    expect(ends).toEqual(ids.map((_, index) => ({ kind: 'exited', code: index % 3 })));
  });
});

test('is tried in more than one shell', () => {
  expect(shells).toContain('sh');
});
