import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noRequest } from '../../shared/model/amounts';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { SessionEnvironment } from '../../shared/model/batch';
import type { AttemptId } from '../../shared/model/ids';
import { recognised } from '../../shared/model/progress';
import { sharedFiles } from '../../shared/model/files';
import { noRequirements } from '../../shared/model/requirements';
import { noRetry } from '../../shared/model/retry';
import type { Order } from '../engine/effects';
import { AgentLink } from './agent-link';
import { agentText } from './agent-text';
import { agentFolder, realClock } from './node-for-tests';
import { shellQuote } from './quote';
import { scriptFor } from './script';
import { sessionKey } from './session';

const agentScript = agentText(agentFolder);
const shells = ['dash', 'bash', 'busybox'].filter(
  (shell) => spawnSync(shell, ['-c', ':']).error === undefined,
);

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await soon();
}

const environment = (name: string, rest: Partial<SessionEnvironment> = {}): SessionEnvironment => ({
  ...{ name, variables: {}, enter: null, leave: null, isPrepared: false, timeoutMs: null },
  ...rest,
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe.each(shells)('sessions in %s', (shell) => {
  let root = '';
  const agents: { readonly process: ChildProcessWithoutNullStreams; readonly link: AgentLink }[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "drover session's "));
    mkdirSync(join(root, 'shell'));
    const path = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(path, join(root, 'shell/sh'));
  });
  afterEach(async () => {
    const last = await agent();
    for (const key of last.sessions) last.link.leave(key);
    await until(() => folders().every((folder) => existsSync(join(folder, 'ended'))));
    for (const each of agents.splice(0)) await die(each);
    rmSync(root, { recursive: true, force: true, maxRetries: 20 });
  });

  const folders = (): string[] => globSync(join(root, 'node/sessions/*')).toSorted();
  const session = (number = 1): string => join(root, `node/sessions/${key}-${number}`);
  const sessionLog = (number = 1): string => readFileSync(join(session(number), 'log'), 'utf8');
  const ledger = (): string[] =>
    existsSync(join(root, 'ledger')) ? readFileSync(join(root, 'ledger'), 'utf8').trim().split('\n') : [];
  const log = (attempt: string): string => {
    const place = readFileSync(join(root, 'node/ids', attempt), 'utf8').trim();
    return readFileSync(join(root, 'node/run', place, 'log'), 'utf8');
  };
  const hasEnded = (number = 1): boolean => existsSync(join(session(number), 'ended'));
  const pidIn = (file: string): number => Number(readFileSync(file, 'utf8').split(' ')[0]);
  /** A line of a script that writes a line where the test can read it. */
  const note = (text: string): string => `echo ${text} >>${shellQuote(join(root, 'ledger'))}`;
  const awaits = (name: string): string =>
    `while [ ! -e ${shellQuote(join(root, name))} ]; do sleep 0.05; done`;

  async function agent(host = 'h1') {
    const words = ['-c', agentScript, 'drover-agent', join(root, 'node'), host, 'anna@desk', ''];
    const env = { ...process.env, PATH: `${join(root, 'shell')}:${process.env['PATH'] ?? ''}` };
    const child = spawn(join(root, 'shell/sh'), words, { env });
    const ends = new Map<string, AttemptEnd>();
    const sessions: string[] = [];
    let greeted = (): void => {};
    const hello = new Promise<void>((done) => (greeted = done));
    let pong = (): void => {};
    const ponged = new Promise<void>((done) => (pong = done));
    const link = new AgentLink(
      child.stdin,
      child.stdout,
      realClock,
      {
        hello: () => greeted(),
        claimed: () => greeted(),
        placed: () => {},
        ended: (attempt, end) => ends.set(attempt, end),
        reconciled: () => {},
        pong: () => pong(),
        session: (found) => sessions.push(found),
        vitals: () => {},
      },
      1000,
    );
    const made = { process: child, link };
    agents.push(made);
    await hello;
    // What it tells at its start comes before its first answer.
    link.ping(1);
    await ponged;
    const end = async (attempt: string): Promise<AttemptEnd | undefined> => {
      await until(() => ends.has(attempt));
      return ends.get(attempt);
    };
    return { ...made, sessions, end };
  }

  async function die({ process: child, link }: (typeof agents)[number]): Promise<void> {
    link.close();
    if (child.signalCode !== null || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  function order(attempt: AttemptId, environments: readonly SessionEnvironment[], run: string): Order {
    return {
      attempt,
      node: 'local',
      batch: 'b1',
      batchName: 'Test',
      job: 'beauty',
      step: {
        name: 'main',
        action: { kind: 'script', text: run },
        space: { kind: 'single' },
        request: noRequest,
        needs: noRequirements,
        retry: noRetry,
        timeoutMs: null,
        graceMs: null,
        preemptible: false,
        progress: recognised,
        files: sharedFiles,
        folder: root,
        environment: { BASE: 'of the {{Step}}' },
        environments,
        parameters: { Scene: `it's $HOME "quoted" \`id\`` },
        paths: null,
      },
      task: 0,
      output: join(root, 'output'),
      request: noRequest,
      placement: null,
    };
  }
  const owner = { host: 'h1' };
  const key = sessionKey('h1', { batch: 'b1', job: 'beauty', step: { name: 'main' } });

  function start(
    { link }: { readonly link: AgentLink },
    attempt: AttemptId,
    environments: readonly SessionEnvironment[],
    run: string,
    idle = 300,
  ): void {
    const places = {
      bin: shellQuote(join(agentFolder, 'bin')),
      runtime: null,
      root: shellQuote(join(root, 'node')),
      sessions: shellQuote(join(agentFolder, 'session.sh')),
    };
    const script = scriptFor(order(attempt, environments, run), places, {
      owner,
      pathOn: (path) => path,
      mappings: () => [],
      manners: () => ({ umask: null }),
    });
    link.start(attempt, {
      script: script.replace('session :300 ', `session :${idle} `),
      anyShell: false,
      timeoutMs: 0,
      graceMs: null,
      memoryMiB: 0,
    });
  }

  test('is entered once for tasks that start at once, outer environments first, and left in reverse order', async () => {
    const node = await agent();
    const environments = [
      environment('outer', {
        enter: `${note('enter outer')}; sleep 0.2; echo hello from outer`,
        leave: note('leave outer'),
      }),
      environment('inner', { enter: note('enter inner'), leave: `${note('leave inner')}; exit 5` }),
    ];
    const ids = Array.from({ length: 8 }, (_, index) => `a-${index}` as const);
    for (const id of ids)
      start(node, id, environments, `${note('task')}; touch "$DROVER_SESSION_DIR"/$DROVER_ATTEMPT`);
    for (const id of ids) expect(await node.end(id)).toEqual({ kind: 'exited', code: 0 });
    expect(ledger()).toEqual(['enter outer', 'enter inner', ...ids.map(() => 'task')]);
    expect(globSync(join(session(), 'work/*')).length).toBe(8);
    expect(ids.filter((id) => log(id).includes('hello from outer')).length).toBe(1);
    node.link.leave(key);
    await until(hasEnded);
    expect(ledger().slice(-2)).toEqual(['leave inner', 'leave outer']);
    expect(existsSync(join(session(), 'work'))).toBe(false);
    expect(sessionLog()).toContain('inner was left, but its script ended with status 5');

    start(node, 'a-9', environments, 'exit 4');
    expect(await node.end('a-9')).toEqual({ kind: 'exited', code: 4 });
    expect(existsSync(session(2))).toBe(true);
  });

  test('variables, those that an enter script prints, and parameters reach what follows as data', async () => {
    const node = await agent();
    const hostile = `it's; touch /tmp/x $(id) \`id\` "q" \\n %s {{Scene}}  two  é*`;
    const lines = 'one\ntwo\t"3" \\ it\'s é \u{1F40E}\n';
    const json = JSON.stringify(`LINES=${lines}`)
      .replace('é', '\\u00e9')
      .replace('\u{1F40E}', '\\ud83d\\udc0e');
    writeFileSync(
      join(root, 'printed'),
      `openjd_env: PLAIN=${hostile}\nopenjd_env: ${json}\nopenjd_redacted_env: KEY=s3cret=1\nopenjd_env: not a variable=1\nopenjd_env: DROVER_MARK=1\n`,
    );
    const environments = [
      environment('settings', {
        variables: { GONE: '1', SCENE: '{{Scene}} of {{Job}}', KEPT: '{{Scene}}' },
        enter: `cat ${shellQuote(join(root, 'printed'))}; printf 'openjd_unset_env: GONE'`,
      }),
      environment('later', { enter: 'printf "%s|" "$PLAIN" "$KEY" "$BASE" {{Scene}} "${GONE-gone}" >seen' }),
    ];
    start(
      node,
      'a-1',
      environments,
      'printf "%s|" "$PLAIN" "$LINES" "$KEY" "$SCENE" "${GONE-gone}" >task; cat "$DROVER_SESSION_DIR"/seen >>task',
    );
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 0 });
    const scene = `it's $HOME "quoted" \`id\``;
    expect(readFileSync(join(root, 'task'), 'utf8')).toBe(
      [hostile, lines, 's3cret=1', `${scene} of beauty`, 'gone', hostile, 's3cret=1'].join('|') +
        `|of the main|${scene}|gone|`,
    );
    expect(log('a-1')).toContain('openjd_redacted_env: KEY=********');
    expect(log('a-1')).not.toContain('s3cret');
    node.link.leave(key);
    await until(hasEnded);
    expect(spawnSync('grep', ['-r', 's3cret', join(root, 'node/sessions')]).status).toBe(1);
  });

  test('a failed enter is told by its name, what was begun is left, and the next attempt tries anew', async () => {
    const node = await agent();
    const works = join(root, 'works');
    const environments = [
      environment('outer', { enter: note('enter outer'), leave: note('leave outer') }),
      environment('licence', {
        enter: `${note('enter licence')}; echo no server; [ -e ${shellQuote(works)} ] || exit 7`,
        leave: note('leave licence'),
      }),
      environment('never', { enter: note('enter never'), leave: note('leave never') }),
    ];
    start(node, 'a-1', environments, note('task'));
    start(node, 'a-2', environments, note('task'));
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 70 });
    expect(await node.end('a-2')).toEqual({ kind: 'exited', code: 70 });
    for (const id of ['a-1', 'a-2'])
      expect(log(id)).toMatch(
        /no server[^]*Drover: The environment licence could not be entered: its script ended with status 7/,
      );
    await until(hasEnded);
    expect(ledger()).toEqual(['enter outer', 'enter licence', 'leave licence', 'leave outer']);
    writeFileSync(works, '');
    start(node, 'a-3', environments, 'exit 3');
    expect(await node.end('a-3')).toEqual({ kind: 'exited', code: 3 });
    expect(ledger().slice(4)).toEqual(['enter outer', 'enter licence', 'enter never']);
  });

  test('what takes too long to enter is ended with all its children; what takes too long to leave keeps no other', async () => {
    const node = await agent();
    const slow = environment('slow', { enter: `sleep 371 & ${note('$!')}; wait`, timeoutMs: 1000 });
    start(node, 'a-1', [slow], 'exit 0');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 70 });
    expect(log('a-1')).toContain('slow could not be entered: it took longer than the 1 seconds');
    await until(hasEnded);
    await until(() => !isAlive(Number(ledger()[0])));

    const environments = [
      environment('first', { leave: note('leave first') }),
      environment('hangs', { leave: 'exec sleep 372', timeoutMs: 1000 }),
    ];
    start(node, 'a-2', environments, 'exit 0');
    await node.end('a-2');
    node.link.leave(key);
    await until(() => hasEnded(2));
    expect(ledger().slice(1)).toEqual(['leave first']);
    expect(sessionLog(2)).toContain('hangs was left, but it took longer than the 1 seconds');
  });

  test('a session that is asked to end waits for the tasks in it; one that comes then has a new one', async () => {
    const node = await agent();
    const environments = [environment('only', { enter: note('enter'), leave: note('leave') })];
    start(node, 'a-1', environments, `${note('in')}; ${awaits('go')}; ${note('out')}; exit 9`);
    await until(() => ledger().includes('in'));
    node.link.leave(key);
    start(node, 'a-2', environments, 'exit 2');
    expect(await node.end('a-2')).toEqual({ kind: 'exited', code: 2 });
    expect(ledger()).toEqual(['enter', 'in', 'enter']);
    writeFileSync(join(root, 'go'), '');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 9 });
    await until(hasEnded);
    expect(ledger().slice(3)).toEqual(['out', 'leave']);
    expect(hasEnded(2)).toBe(false);
  });

  test('when all that wait are cancelled, the enter is stopped, and what was begun is left', async () => {
    const node = await agent();
    const environments = [
      environment('outer', { enter: note('enter outer'), leave: note('leave outer') }),
      environment('long', {
        enter: `trap '${note('stopped').replaceAll("'", "'\\''")}; exit 1' TERM; ${note('enter long')}; while :; do sleep 0.05; done`,
        leave: note('leave long'),
      }),
    ];
    start(node, 'a-1', environments, note('task'));
    await until(() => ledger().includes('enter long'));
    node.link.stop('a-1');
    expect(await node.end('a-1')).toEqual({ kind: 'stopped' });
    await until(hasEnded);
    expect(ledger()).toEqual(['enter outer', 'enter long', 'stopped', 'leave long', 'leave outer']);
  });

  test('a keeper that is killed while it enters is followed by another, and nothing is entered twice', async () => {
    const node = await agent();
    const environments = [
      environment('outer', { enter: note('enter outer'), leave: note('leave outer') }),
      environment('slow', {
        enter: `${note('enter slow')}; ${awaits('go')}; echo openjd_env: FOUND=yes`,
        leave: note('leave slow'),
      }),
    ];
    start(node, 'a-1', environments, note('task $FOUND'));
    await until(() => ledger().includes('enter slow'));
    process.kill(pidIn(join(session(), 'keeper-1')), 'SIGKILL');
    await until(() => existsSync(join(session(), 'keeper-2')));
    writeFileSync(join(root, 'go'), '');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 0 });
    expect(ledger()).toEqual(['enter outer', 'enter slow', 'task yes']);
    process.kill(pidIn(join(session(), 'keeper-2')), 'SIGKILL');
    node.link.leave(key);
    await until(hasEnded);
    expect(ledger().slice(3)).toEqual(['leave slow', 'leave outer']);
  });

  test('a keeper that is killed while it leaves is followed by another, and nothing is left twice', async () => {
    const node = await agent();
    const environments = [
      environment('outer', { enter: note('enter outer'), leave: note('leave outer') }),
      environment('slow', { leave: `${note('leave slow')}; ${awaits('go')}; ${note('left slow')}` }),
    ];
    start(node, 'a-1', environments, 'exit 0');
    await node.end('a-1');
    node.link.leave(key);
    await until(() => ledger().includes('leave slow'));
    for (const number of [1, 2, 3]) {
      const keeper = join(session(), `keeper-${number}`);
      await until(() => existsSync(keeper));
      process.kill(pidIn(keeper), 'SIGKILL');
      await until(() => !isAlive(pidIn(keeper)));
      node.link.leave(key);
    }
    await until(() => existsSync(join(session(), 'keeper-4')));
    writeFileSync(join(root, 'go'), '');
    await until(hasEnded);
    expect(ledger()).toEqual(['enter outer', 'leave slow', 'left slow', 'leave outer']);
  });

  test('what an enter has left running is there for the tasks, and gone when it is left', async () => {
    const node = await agent();
    const environments = [
      environment('server', {
        enter: `sleep 373 & ${note('$!')}; setsid sleep 374 >/dev/null 2>&1 & ${note('$!')}`,
      }),
    ];
    start(node, 'a-1', environments, 'exit 1');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 1 });
    expect(ledger().map((pid) => isAlive(Number(pid)))).toEqual([true, true]);
    node.link.leave(key);
    await until(hasEnded);
    await until(() => ledger().every((pid) => !isAlive(Number(pid))));
  });

  test('with no Drover there, a session ends by itself some time after its last task', async () => {
    const node = await agent();
    const environments = [environment('only', { enter: note('enter'), leave: note('leave') })];
    start(node, 'a-1', environments, `${note('in')}; ${awaits('go')}; ${note('out')}`, 2);
    await until(() => ledger().includes('in'));
    await die(node);
    writeFileSync(join(root, 'go'), '');
    await until(hasEnded);
    expect(ledger()).toEqual(['enter', 'in', 'out', 'leave']);
  });

  test('the next agent tells which sessions are there, and has one kept whose keeper was killed', async () => {
    const node = await agent();
    const environments = [environment('only', { enter: note('enter'), leave: note('leave') })];
    start(node, 'a-1', environments, 'exit 0');
    await node.end('a-1');
    await die(node);
    process.kill(pidIn(join(session(), 'keeper-1')), 'SIGKILL');
    const next = await agent();
    expect(next.sessions).toEqual([key]);
    await until(() => existsSync(join(session(), 'keeper-2')));
    start(next, 'a-2', environments, note('in'));
    expect(await next.end('a-2')).toEqual({ kind: 'exited', code: 0 });
    expect(ledger()).toEqual(['enter', 'in']);
  });

  test('after the machine was started again nothing is left by scripts, and its folder is removed', async () => {
    const node = await agent();
    const environments = [environment('only', { enter: note('enter'), leave: note('leave') })];
    start(node, 'a-1', environments, 'exit 0');
    await node.end('a-1');
    await die(node);
    process.kill(pidIn(join(session(), 'keeper-1')), 'SIGKILL');
    for (const file of ['keeper-1', 'entered', '0/enter.run']) {
      const path = join(session(), file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/[0-9a-f-]{36}/, 'another-boot'));
    }
    const next = await agent();
    start(next, 'a-2', environments, note('in'));
    expect(await next.end('a-2')).toEqual({ kind: 'exited', code: 0 });
    await until(hasEnded);
    expect(ledger()).toEqual(['enter', 'enter', 'in']);
    expect(existsSync(join(session(), 'work'))).toBe(false);
    expect(sessionLog()).toContain('The machine was started again');
  });
});
