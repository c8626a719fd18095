import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const cli = resolve(import.meta.dirname, '../../out/main/cli.js');

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

let folder = '';
let data = '';
const hosts: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-farm-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    if (host.exitCode !== null || host.signalCode !== null) continue;
    const gone = new Promise((done) => host.once('exit', done));
    host.kill('SIGKILL');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The terminal's command, on the test's own data folder. */
function drover(...argv: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...argv, '--data', data], { timeout: 25_000 }, (error, out, err) => {
      done({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : null, out, err });
    });
  });
}

function recipe(text: string): string {
  const file = join(folder, 'recipe.yaml');
  writeFileSync(file, text);
  return file;
}

/** A Host in a process of its own; resolves when it serves. */
async function serve(...files: string[]): Promise<ChildProcess> {
  const host = spawn(process.execPath, [cli, 'serve', ...files, '--json', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  hosts.push(host);
  await new Promise<void>((serving, failed) => {
    host.stdout?.once('data', () => serving());
    host.once('exit', (status) => failed(new Error(`serve ended with ${status}`)));
  });
  return host;
}

/** The parts that these tests look at of what the commands print with --json. */
interface Printed {
  readonly batch: string;
  readonly batches: readonly Counted[];
  readonly jobs: readonly Counted[];
  readonly nodes: readonly unknown[];
}
interface Counted {
  readonly state: string;
  readonly tasks: Readonly<Record<string, number>>;
}

/** The last line that was printed. */
function json(text: string): Printed {
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 20));
}

const two = `
drover: 1
batch: Two jobs
parameters: { Who: world }
jobs:
  melt:
    kind: simulation
    run: echo "melting {{Who}}"
  beauty:
    kind: render
    frames: 1-3
    run: echo "frame {{Frame}}" > "{{Output}}/frame{{Frame}}.txt"; echo "wrote {{Frame}}"
    after: [melt]
`;

describe('the terminal', () => {
  test('runs a recipe to its end: output lines marked, results and report where it says, exit status 0', async () => {
    const { status, out, err } = await drover('run', recipe(two), '-p', 'Who=all of us');
    expect(status).toBe(0);
    expect(out.trim().split('\n').toSorted()).toEqual([
      '[beauty/main/0] wrote 1',
      '[beauty/main/1] wrote 2',
      '[beauty/main/2] wrote 3',
      '[melt/main/0] melting all of us',
    ]);
    const output = /^output: (.*)$/m.exec(err)?.[1] ?? '';
    const report = /^report: (.*)$/m.exec(err)?.[1] ?? '';
    expect(readdirSync(output).toSorted()).toEqual([
      'frame1.txt',
      'frame2.txt',
      'frame3.txt',
      'report.html',
      'report.json',
    ]);
    expect(readFileSync(report, 'utf8')).toContain('Two jobs');
  });

  test('run --json ends with the state, the counts of tasks and the wall time', async () => {
    const { status, out } = await drover('run', recipe(two), '--json');
    expect(status).toBe(0);
    expect(json(out)).toMatchObject({
      event: 'ended',
      state: 'COMPLETED',
      tasks: { COMPLETED: 4, FAILED: 0, PENDING: 0 },
      wallMs: expect.any(Number),
    });
    for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  });

  test('exit status 1 when work failed; retry of what failed then completes the batch', async () => {
    const file = recipe(
      two.replace('echo "wrote', 'test -e go || test {{Frame}} -ne 2 || exit 9; echo "wrote'),
    );
    const failed = await drover('run', file, '--json');
    expect(failed.status).toBe(1);
    expect(json(failed.out)).toMatchObject({ state: 'FAILED', tasks: { COMPLETED: 3, FAILED: 1 } });
    expect((await drover('show', 'beauty')).out).toContain('ended with exit status 9');
    writeFileSync(join(folder, 'go'), '');
    await serve();
    expect((await drover('retry', 'beauty')).status).toBe(0);
    for (;;) {
      const [batch] = json((await drover('list', '--json')).out).batches;
      if (batch?.state === 'COMPLETED') break;
    }
    expect((await drover('logs', 'beauty/main/1')).out).toBe('wrote 2\n');
  });

  test('a mistake in a recipe: its place, nothing submitted, exit status 2', async () => {
    const wrong = await drover('run', recipe(two.replace('kind: render', 'kind: rendering')));
    expect(wrong.status).toBe(2);
    expect(wrong.err).toMatch(/recipe\.yaml:10:11: jobs\.beauty\.kind: .*rendering.*render/);
    expect(json((await drover('list', '--json')).out).batches).toEqual([]);
    expect((await drover('check', join(folder, 'missing.yaml'))).status).toBe(2);
    expect((await drover('dance')).status).toBe(2);
    expect((await drover('show', 'nothing')).status).toBe(2);
  });

  test('exit status 3 when Drover itself cannot: a data folder that is a file', async () => {
    writeFileSync(data, '');
    const { status, err } = await drover('run', recipe(two));
    expect(status).toBe(3);
    expect(err).toContain(data);
  });

  test('commands reach the Host that owns the folder; another Host is told whose it is', async () => {
    const host = await serve();
    const named: unknown = JSON.parse(readFileSync(join(data, 'host.json'), 'utf8'));
    expect(named).toMatchObject({ pid: host.pid });
    const second = await drover('serve');
    expect(second.status).toBe(3);
    expect(second.err).toContain(`process id ${host.pid}`);
    expect((await drover('submit', recipe(two))).out).toContain('b1  Two jobs: 4 tasks');
    expect((await drover('run', recipe(two), '--json')).status).toBe(0);
    expect(json((await drover('nodes', '--json')).out).nodes).toEqual([
      expect.objectContaining({ id: 'local', state: 'ONLINE', cpuLoad: expect.any(Number) }),
    ]);
    host.kill('SIGTERM');
    await until(() => host.exitCode !== null);
    expect([host.exitCode, existsSync(join(data, 'host.json'))]).toEqual([0, false]);
  });

  test('two runs at once: one hosts, the other joins it, and both end', async () => {
    const file = recipe(two);
    const runs = await Promise.all([drover('run', file, '--json'), drover('run', file, '--json')]);
    expect(runs.map(({ status }) => status)).toEqual([0, 0]);
    expect(runs.map(({ out }) => json(out).batch)).toEqual(expect.arrayContaining(['b1', 'b2']));
  });

  test('logs -f goes on with a running task until it ends', async () => {
    const go = join(folder, 'go');
    await serve(
      recipe(`
drover: 1
jobs:
  slow:
    run: |
      echo first; while [ ! -e ${go} ]; do sleep 0.05; done; echo last
`),
    );
    const following = drover('logs', 'slow', '-f');
    await until(
      () => existsSync(join(data, 'node', 'run')) && readdirSync(join(data, 'node', 'run')).length > 0,
    );
    writeFileSync(go, '');
    expect((await following).out).toBe('first\nlast\n');
  });

  test('cancel stops the processes of a job', async () => {
    await serve(
      recipe(`
drover: 1
jobs:
  endless:
    run: echo $$ > "{{Output}}/pid"; while :; do sleep 0.1; done
`),
    );
    const pidFile = join(data, 'output', 'b1-recipe', 'pid');
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '');
    expect((await drover('cancel', 'endless')).status).toBe(0);
    for (;;) {
      const { jobs } = json((await drover('list', '--json')).out);
      if (jobs[0]?.tasks['CANCELLED'] === 1) break;
    }
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until(() => !existsSync(`/proc/${pid}`) || /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  });
});

describe('a crash', () => {
  test('kill -9 of the Host, again and again: every task runs exactly once, and the job finishes', async () => {
    const ledger = join(folder, 'ledger');
    const file = recipe(`
drover: 1
batch: Survivor
jobs:
  work:
    frames: 1-24
    run: echo "{{Frame}} $DROVER_ATTEMPT" >> ${ledger}; sleep 0.25
  after:
    run: echo after >> ${ledger}
    after: work
`);
    const written = (): readonly string[] =>
      existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : [];
    let host = await serve(file);
    for (const seen of [3, 8, 13, 18]) {
      await until(() => written().length >= seen);
      const gone = new Promise((done) => host.once('exit', done));
      host.kill('SIGKILL');
      await gone;
      host = await serve();
    }
    await until(() => written().includes('after'));
    for (;;) {
      const [batch] = json((await drover('list', '--json')).out).batches;
      if (batch?.state === 'COMPLETED') {
        expect(batch.tasks).toMatchObject({ COMPLETED: 25, FAILED: 0 });
        break;
      }
    }
    const frames = written()
      .filter((line) => line !== 'after')
      .map((line) => Number(line.split(' ')[0]));
    expect(frames.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(written().at(-1)).toBe('after');
  });

  test('while Drover is away, work goes on; its results are taken over', async () => {
    const done = join(folder, 'done');
    const host = await serve(
      recipe(`
drover: 1
jobs:
  long: { run: "sleep 0.5; touch ${done}; exit 4" }
`),
    );
    await until(
      () => existsSync(join(data, 'node', 'run')) && readdirSync(join(data, 'node', 'run')).length === 1,
    );
    host.kill('SIGKILL');
    await until(() => existsSync(done));
    await serve();
    for (;;) {
      const { jobs } = json((await drover('list', '--json')).out);
      if (jobs[0]?.state === 'FAILED') break;
    }
    expect((await drover('show', 'long')).out).toContain('ended with exit status 4');
  });
});
