import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { json, test, until } from './farm';

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
  test('runs a recipe to its end: output lines marked, results and report where it says, exit status 0', async ({
    farm,
  }) => {
    const { status, out, err } = await farm.drover('run', farm.recipe(two), '-p', 'Who=all of us');
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

  test('sweeps, chunks, tables and files that are included: each task has its values, as data', async ({
    farm,
  }) => {
    writeFileSync(join(farm.folder, 'common.yaml'), 'drover: 1\nparameters: { Greeting: "hi; there" }\n');
    writeFileSync(join(farm.folder, 'points.csv'), 'Name,Size\n"a b; $(touch oops)",1\nc,2\n');
    const study = `drover: 1
include: common.yaml
variables: { Words: "{{Greeting}}, all" }
jobs:
  study:
    table: points.csv
    frames: 1-5
    chunk: 3
    order: reverse
    run: echo "{{Words}} {{Name}} {{Frames}} {{FirstFrame}} {{LastFrame}}" > "{{Output}}/{{Size}}-{{FirstFrame}}.txt"
`;
    const { status, err } = await farm.drover('run', farm.recipe(study));
    expect(status).toBe(0);
    const output = /^output: (.*)$/m.exec(err)?.[1] ?? '';
    const written = (name: string): string => readFileSync(join(output, name), 'utf8').trim();
    expect(['1-1.txt', '1-4.txt', '2-1.txt', '2-4.txt'].map(written)).toEqual([
      'hi; there, all a b; $(touch oops) 1-3 1 3',
      'hi; there, all a b; $(touch oops) 4-5 4 5',
      'hi; there, all c 1-3 1 3',
      'hi; there, all c 4-5 4 5',
    ]);
    expect(existsSync(join(farm.folder, 'oops'))).toBe(false);
    const { out } = await farm.drover('schema');
    expect(JSON.parse(out)).toMatchObject({ title: 'Drover recipe' });
  });

  test('run --json ends with the state, the counts of tasks and the wall time', async ({ farm }) => {
    const { status, out } = await farm.drover('run', farm.recipe(two), '--json');
    expect(status).toBe(0);
    expect(json(out)).toMatchObject({
      event: 'ended',
      state: 'COMPLETED',
      tasks: { COMPLETED: 4, FAILED: 0, PENDING: 0 },
      wallMs: expect.any(Number),
    });
    for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  });

  test('exit status 1 when work failed; retry of what failed then completes the batch', async ({ farm }) => {
    const file = farm.recipe(
      two.replace('echo "wrote', 'test -e go || test {{Frame}} -ne 2 || exit 9; echo "wrote'),
    );
    const failed = await farm.drover('run', file, '--json');
    expect(failed.status).toBe(1);
    expect(json(failed.out)).toMatchObject({ state: 'FAILED', tasks: { COMPLETED: 3, FAILED: 1 } });
    expect((await farm.drover('show', 'beauty')).out).toContain('ended with exit status 9');
    expect((await farm.drover('show', 'melt')).out).toContain('completed on This machine');
    writeFileSync(join(farm.folder, 'go'), '');
    await farm.serve();
    expect((await farm.drover('retry', 'beauty')).status).toBe(0);
    for (;;) {
      const [batch] = json((await farm.drover('list', '--json')).out).batches;
      if (batch?.state === 'COMPLETED') break;
    }
    expect((await farm.drover('logs', 'beauty/main/1')).out).toBe('wrote 2\n');
  });

  test('a mistake in a recipe: its place, nothing submitted, exit status 2', async ({ farm }) => {
    const wrong = await farm.drover('run', farm.recipe(two.replace('kind: render', 'kind: rendering')));
    expect(wrong.status).toBe(2);
    expect(wrong.err).toMatch(/recipe\.yaml:10:11: jobs\.beauty\.kind: .*rendering.*render/);
    expect(json((await farm.drover('list', '--json')).out).batches).toEqual([]);
    expect((await farm.drover('check', join(farm.folder, 'missing.yaml'))).status).toBe(2);
    expect((await farm.drover('dance')).status).toBe(2);
    expect((await farm.drover('show', 'nothing')).status).toBe(2);
  });

  test('exit status 3 when Drover itself cannot: a data folder that is a file', async ({ farm }) => {
    writeFileSync(farm.data, '');
    const { status, err } = await farm.drover('run', farm.recipe(two));
    expect(status).toBe(3);
    expect(err).toContain(farm.data);
  });

  test('commands reach the Host that owns the folder; another Host is told whose it is', async ({ farm }) => {
    const host = await farm.serve();
    const named: unknown = JSON.parse(readFileSync(join(farm.data, 'host.json'), 'utf8'));
    expect(named).toMatchObject({ pid: host.pid });
    const second = await farm.drover('serve');
    expect(second.status).toBe(3);
    expect(second.err).toContain(`process id ${host.pid}`);
    expect((await farm.drover('submit', farm.recipe(two))).out).toContain('b1  Two jobs: 4 tasks');
    expect((await farm.drover('run', farm.recipe(two), '--json')).status).toBe(0);
    expect(json((await farm.drover('nodes', '--json')).out).nodes).toEqual([
      expect.objectContaining({
        id: 'local',
        state: 'ONLINE',
        resources: expect.arrayContaining([
          expect.objectContaining({ name: 'cpu', used: expect.any(Number), health: 'ok' }),
        ]),
      }),
    ]);
    host.kill('SIGTERM');
    await until(() => host.exitCode !== null);
    expect([host.exitCode, existsSync(join(farm.data, 'host.json'))]).toEqual([0, false]);
  });

  test('two runs at once: one hosts, the other joins it, and both end', async ({ farm }) => {
    const file = farm.recipe(two);
    const runs = await Promise.all([farm.drover('run', file, '--json'), farm.drover('run', file, '--json')]);
    expect(runs.map(({ status }) => status)).toEqual([0, 0]);
    expect(runs.map(({ out }) => json(out).batch)).toEqual(expect.arrayContaining(['b1', 'b2']));
  });

  test('logs -f goes on with a running task until it ends', async ({ farm }) => {
    const go = join(farm.folder, 'go');
    await farm.serve(
      farm.recipe(`
drover: 1
jobs:
  slow:
    run: |
      echo first; while [ ! -e ${go} ]; do sleep 0.05; done; echo last
`),
    );
    await farm.reaches('b1.slow', 'RUNNING');
    const following = farm.drover('logs', 'slow', '-f');
    await until(
      () =>
        existsSync(join(farm.data, 'node', 'run')) && readdirSync(join(farm.data, 'node', 'run')).length > 0,
    );
    writeFileSync(go, '');
    expect((await following).out).toBe('first\nlast\n');
  });

  test('cancel stops the processes of a job', async ({ farm }) => {
    await farm.serve(
      farm.recipe(`
drover: 1
jobs:
  endless:
    run: echo $$ > "{{Output}}/pid"; while :; do sleep 0.1; done
`),
    );
    const pidFile = join(farm.data, 'output', 'b1-recipe', 'pid');
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '');
    expect((await farm.drover('cancel', 'endless')).status).toBe(0);
    for (;;) {
      const { jobs } = json((await farm.drover('list', '--json')).out);
      if (jobs[0]?.tasks['CANCELLED'] === 1) break;
    }
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until(() => !existsSync(`/proc/${pid}`) || /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  });

  test('history tells who did what and why, of all or of a job', async ({ farm }) => {
    const recipe = farm.recipe(
      'drover: 1\nbatch: Long\njobs: { a: { run: sleep 60 }, b: { run: "true" } }\n',
    );
    await farm.serve(recipe);
    await farm.reaches('b1.b', 'COMPLETED');
    await farm.drover('hold', 'a', '--why', 'too dark');
    await farm.drover('undo');
    await farm.drover('cancel', 'a', '--why', 'not needed');
    await farm.reaches('b1.a', 'CANCELLED');
    const lines = (await farm.drover('history')).out.trimEnd().split('\n');
    expect(lines.map((line) => line.split(/ {2,}/).at(-1))).toEqual([
      'submitted b1 Long: 2 tasks',
      'held b1.a (too dark)',
      'by undo: released b1.a',
      'cancelled b1.a (not needed)',
      'b1 ended: CANCELLED',
    ]);
    expect((await farm.drover('history', 'b')).out).toBe('Nothing has been done yet.\n');
    const [newest] = json((await farm.drover('history', '--json', '--count', '1')).out).entries;
    expect(newest).toMatchObject({ by: null, what: 'b1 ended: CANCELLED' });
    expect((await farm.drover('history', '--count', 'x')).status).toBe(2);
  });
});
