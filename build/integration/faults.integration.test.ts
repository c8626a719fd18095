import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { json, test, until } from './farm';

describe('a crash', () => {
  test('kill -9 of the Host, again and again: every task runs exactly once, and the job finishes', async ({
    farm,
  }) => {
    const ledger = join(farm.folder, 'ledger');
    const file = farm.recipe(`
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
    let host = await farm.serve(file);
    for (const seen of [3, 8, 13, 18]) {
      await until(() => written().length >= seen);
      await farm.kill(host);
      host = await farm.serve();
    }
    await until(() => written().includes('after'));
    for (;;) {
      const [batch] = json((await farm.drover('list', '--json')).out).batches;
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

  test('while Drover is away, work goes on; its results are taken over', async ({ farm }) => {
    const done = join(farm.folder, 'done');
    const host = await farm.serve(
      farm.recipe(`
drover: 1
jobs:
  long: { run: "sleep 0.5; touch ${done}; exit 4" }
`),
    );
    await until(
      () =>
        existsSync(join(farm.data, 'node', 'ids')) &&
        readdirSync(join(farm.data, 'node', 'ids')).length === 1,
    );
    await farm.kill(host);
    await until(() => existsSync(done));
    await farm.serve();
    for (;;) {
      const { jobs } = json((await farm.drover('list', '--json')).out);
      if (jobs[0]?.state === 'FAILED') break;
    }
    expect((await farm.drover('show', 'long')).out).toContain('ended with exit status 4');
  });
});

describe('what work and disks may do', () => {
  test('output without line ends, as much as there may be, does no harm', async ({ farm }) => {
    const host = await farm.serve();
    const flood = farm.recipe(`
drover: 1
jobs:
  flood: { run: "head -c 20000000 /dev/zero" }
  other: { run: "echo heard" }
`);
    const { status, out } = await farm.drover('run', flood);
    expect(status).toBe(0);
    expect(out).toContain('[other/main/0] heard');
    expect(out.length).toBeGreaterThan(20_000_000);
    expect(host.exitCode).toBeNull();
  });

  test('logs -f prints every byte once, whatever the bytes are', async ({ farm }) => {
    const go = join(farm.folder, 'go');
    await farm.serve(
      farm.recipe(`
drover: 1
jobs:
  odd:
    run: |
      printf '\\377\\376 caf\\303'; printf '\\251\\n'
      while [ ! -e ${go} ]; do sleep 0.05; done; echo late
`),
    );
    const log = (): string => join(farm.data, 'node', 'run');
    await until(() => existsSync(log()) && readdirSync(log()).length > 0);
    const following = farm.drover('logs', 'odd', '-f');
    writeFileSync(go, '');
    expect((await following).out).toBe('\ufffd\ufffd café\nlate\n');
  });

  test('a damaged store is told and left as it is; no command hangs', async ({ farm }) => {
    mkdirSync(farm.data);
    const store = join(farm.data, 'drover.sqlite');
    writeFileSync(store, 'precious '.repeat(1000));
    const { status, err } = await farm.drover('list');
    expect(status).toBe(3);
    expect(err).toContain('file is not a database');
    expect(readFileSync(store, 'utf8')).toBe('precious '.repeat(1000));
  });

  test('repair sets a damaged store aside, and goes on with what can be read of it', async ({ farm }) => {
    await farm.drover('run', farm.recipe('drover: 1\njobs: { one: { run: "true" } }\n'));
    expect((await farm.drover('repair')).out).toContain('Nothing is wrong');
    const store = join(farm.data, 'drover.sqlite');
    const pages = readFileSync(store);
    pages.fill(0xff, 100, 2000);
    writeFileSync(store, pages);
    const refused = await farm.drover('list');
    expect(refused.status).toBe(3);
    expect(refused.err).toContain('drover repair');
    const repaired = await farm.drover('repair', '--json');
    const { aside }: { aside: string } = JSON.parse(repaired.out);
    expect(readFileSync(aside)).toEqual(pages);
    expect((await farm.drover('list')).status).toBe(0);
    expect(
      (await farm.drover('run', farm.recipe('drover: 1\njobs: { two: { run: "true" } }\n'))).status,
    ).toBe(0);
  });

  test('a command whose Host dies says so', async ({ farm }) => {
    const host = await farm.serve();
    const running = farm.drover('run', farm.recipe('drover: 1\njobs: { long: { run: sleep 30 } }\n'));
    await until(
      () =>
        existsSync(join(farm.data, 'node', 'run')) && readdirSync(join(farm.data, 'node', 'run')).length > 0,
    );
    await farm.kill(host);
    const { status, err } = await running;
    expect(status).toBe(3);
    expect(err).toContain('has gone');
    await farm.serve();
    expect((await farm.drover('cancel', 'long')).status).toBe(0);
  });

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'a full disk is told, and everything goes on when there is room again',
    async ({ farm }) => {
      const small = join(farm.folder, 'small');
      const go = join(farm.folder, 'go');
      mkdirSync(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', small]);
      try {
        farm.data = join(small, 'data');
        const host = await farm.serve();
        const fill = `head -c 300000000 /dev/zero > ${small}/filler; while [ ! -e ${go} ]; do sleep 0.05; done; rm ${small}/filler`;
        await farm.drover('submit', farm.recipe(`drover: 1\njobs: { fill: { run: "${fill}" } }\n`));
        await until(() => existsSync(join(small, 'filler')) && statfsSync(small).bfree === 0);
        const refused = await farm.drover(
          'submit',
          farm.recipe('drover: 1\njobs: { late: { run: "true" } }\n'),
        );
        expect(refused.status).toBe(3);
        expect(refused.err).toMatch(/could not save this: .*full/);
        expect(json((await farm.drover('list', '--json')).out).trouble).toContain(farm.data);
        writeFileSync(go, '');
        for (;;) {
          const { trouble, batches } = json((await farm.drover('list', '--json')).out);
          if (trouble === null && batches.every(({ state }) => state === 'COMPLETED')) break;
        }
        await farm.kill(host);
      } finally {
        execFileSync('umount', ['-l', small]);
      }
    },
  );
});
