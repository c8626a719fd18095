import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attempt } from '../../shared/model/attempt';
import { noTasks } from '../../shared/model/states';
import type { ReportInput } from './input';
import { attempt, done, inputOf, node, start, written, type Names } from './report-for-tests';
import { writeReport } from './write-report';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const input = (attempts: ReportInput['attempts'], names?: Names): ReportInput =>
  inputOf(folder, attempts, names);

test('tells what ran where and when, and what failed', async () => {
  const { json, html } = await written(
    input([
      attempt(0),
      attempt(1, { kind: 'signalled', signal: 9 }),
      attempt(1, done, { id: 'a-1b', assignedAt: start + 4000, endedAt: start + 4500 }),
      attempt(2, { kind: 'exited', code: 3 }),
      attempt(3, { kind: 'stopped' }),
      attempt(4, { kind: 'lost', proof: 'the node was switched off' }),
    ]),
  );
  expect((await readdir(folder)).toSorted()).toEqual(['report.html', 'report.json']);
  expect(json).toMatchObject({
    format: 'drover-report',
    formatVersion: 2,
    drover: { version: '0.1.0' },
    isFinal: true,
    batch: { id: 'b7', name: 'Shot 042', state: 'FAILED', wallMs: 60_000, recipe: '/w/shot.yaml' },
    jobs: [{ name: 'beauty', state: 'FAILED', tasks: { COMPLETED: 23, FAILED: 1 } }],
    nodes: [{ id: 'n1', name: 'workstation', attempts: 6, programs: [{ name: 'povray', version: '3.7' }] }],
    resolved: { name: 'Shot 042' },
    attempts: [
      {
        id: 'a-0',
        job: 'b7.beauty',
        step: 'main',
        task: 0,
        label: 'frame 101',
        node: 'n1',
        assignedAt: start,
        endedAt: start + 1500,
        end: done,
      },
      { id: 'a-1', end: { kind: 'signalled', signal: 9 } },
      { id: 'a-1b' },
      { id: 'a-2' },
      { id: 'a-3' },
      { id: 'a-4' },
    ],
    summary: { attempts: 6, completed: 2, failed: 2, lost: 1, stopped: 1, running: 0, retries: 1 },
    steps: [
      {
        job: 'beauty',
        step: 'main',
        run: { shortestMs: 500, averageMs: 1000, longestMs: 1500, totalMs: 8000, wastedMs: 6000 },
        wait: { betweenTriesMs: 1500 },
        slowest: { task: 0, label: 'frame 101', node: 'workstation', milliseconds: 1500 },
      },
    ],
    failures: [
      { task: 2, how: 'ended with exit status 3', isMended: false },
      { task: 4, how: 'was lost: the node was switched off' },
      { task: 1, how: 'was killed by signal 9', isMended: true },
    ],
    failureGroups: [{ count: 1 }, { count: 1 }, { count: 1 }],
  });
  expect(html).toContain('<title>Shot 042: FAILED</title>');
  expect(html).toContain('1 min 00 s');
  expect(html).toMatch(
    /1 failed attempt at a task that was completed later<\/summary>[^]*beauty, frame 102<\/b> <span class="how">was killed by signal 9</,
  );
  expect(html).toMatch(/beauty, frame 103<\/b> <span class="how">ended with exit status 3.*workstation/);
  expect(html.match(/<rect /g)).toHaveLength(6);
  expect(html).toContain('povray 3.7');
});

test('of a batch that runs it tells how it stands, and the page is looked for again', async () => {
  const report = input([attempt(0), attempt(1, null)]);
  const { json, html } = await written({
    ...report,
    batch: { ...report.batch, state: 'RUNNING', endedAt: null, progress: 0.5 },
    jobs: report.jobs.map((job) => ({
      ...job,
      state: 'RUNNING',
      endedAt: null,
      forecast: {
        job: job.id,
        batch: 'b7',
        start: null,
        end: { p50: start + 90_000, p90: start + 99_000 },
        stuck: null,
        basis: 'step',
      },
    })),
    place: { ...report.place, isRenewed: true },
  });
  expect(json).toMatchObject({
    isFinal: false,
    batch: { wallMs: 61_000, expectedEnd: start + 90_000 },
    summary: { running: 1, run: { totalMs: 1500 } },
  });
  expect(html).toContain('It has not ended');
  expect(html).toContain('http-equiv="refresh"');
  expect((await written(report)).html).not.toContain('http-equiv="refresh"');
});

test('adds up what the attempts used, where that was measured', async () => {
  const hour = 3_600_000;
  const used = (peakMemoryMiB: number | null, cpuMs: number): Partial<Attempt> => ({
    usage: { peakMemoryMiB, cpuMs, wallMs: 10 * hour },
  });
  const { json, html } = await written(
    input([
      attempt(0, done, used(2150.25, 15 * hour)),
      attempt(1, { kind: 'exited', code: 3 }, used(300, 16 * hour)),
      attempt(2, done, used(null, 2 * hour)),
      attempt(3),
    ]),
  );
  const sum = { attempts: 3, cpuMs: 33 * hour, efficiency: 0.55, peakMemoryMiB: 2150.25 };
  expect(json).toMatchObject({
    attempts: [
      { usage: { peakMemoryMiB: 2150.25, cpuMs: 15 * hour, wallMs: 10 * hour } },
      {},
      {},
      { usage: null },
    ],
    summary: { usage: sum },
    steps: [{ usage: sum, cores: { average: 0.85 } }],
    nodes: [{ usage: sum }],
  });
  expect(html).toContain('<dt>Core hours used</dt><dd>33<small>cores 55 % busy</small></dd>');
  expect(html).toContain('<dt>Most memory</dt><dd>2.1 GiB');
  expect(html).toContain('<i class="over" style="width:100.00%"></i></span> 2.1 GiB');
});

test('says nothing of what nobody measured', async () => {
  const { json, html } = await written(input([attempt(0)]));
  expect(json).toMatchObject({
    summary: {
      usage: { attempts: 0, cpuMs: 0, efficiency: null, peakMemoryMiB: null },
      cost: null,
      energyKWh: null,
    },
    steps: [{ cores: null }],
  });
  for (const words of ['Core hours', 'Most memory', 'Cost', 'Energy', 'Asked for, and used', 'Next time'])
    expect(html).not.toContain(words);
});

test('tells costs and energy of the nodes of which they are known, for the part that was asked for', async () => {
  const minute = 60_000;
  const took = (minutes: number, on: string): Partial<Attempt> => ({
    node: on,
    assignedAt: start,
    endedAt: start + minutes * minute,
  });
  const report = input([
    attempt(0, done, took(60, 'n1')),
    attempt(1, { kind: 'exited', code: 1 }, took(30, 'n1')),
    attempt(2, done, took(30, 'n2')),
  ]);
  const { json, html } = await written({
    ...report,
    nodes: [
      { ...node, costPerHour: 2, watts: 400 },
      { ...node, id: 'n2', name: 'old' },
    ],
  });
  // Two of eight cores, and less of the memory: a quarter of an hour and a half.
  expect(json).toMatchObject({
    summary: { cost: 0.75, energyKWh: 0.15, unpricedMs: 30 * minute, unmeteredMs: 30 * minute },
    nodes: [
      { id: 'n1', cost: 0.75, energyKWh: 0.15, costPerHour: 2, watts: 400 },
      { id: 'n2', cost: null, energyKWh: null, costPerHour: null, watts: null },
    ],
  });
  expect(html).toContain('<dt>Cost</dt><dd>0.75<small>not known of 25 % of the time</small>');
  expect(html).toContain('150 Wh');
});

test('the last lines of the logs of what failed are in it, and where they cannot be had it says why', async () => {
  const failed = { kind: 'exited', code: 1 } as const;
  const report = input([
    attempt(0, failed),
    attempt(1, failed, { node: 'n2' }),
    attempt(2, { kind: 'timedOut' }, { node: 'n2' }),
    attempt(3, failed),
  ]);
  const asked: string[] = [];
  const { json, html } = await written({
    ...report,
    nodes: [node, { ...node, id: 'n2', name: 'attic' }],
    logEnd: async ({ id, node: on }) => {
      asked.push(id);
      if (on === 'n2') throw new Error('it is on attic, which is not connected');
      return { text: 'loading <scene>\n\u001b[31mout of paint\u001b[0m\n', isCut: true };
    },
  });
  const missing = { kind: 'missing', why: 'it is on attic, which is not connected' };
  expect(json.failures.map(({ log }) => log)).toEqual([
    { kind: 'lines', lines: ['loading <scene>', 'out of paint'], isCut: true },
    missing,
    missing,
    null,
  ]);
  expect(asked, 'a node that does not answer is asked once, and of each kind two are asked for').toEqual([
    'a-0',
    'a-1',
  ]);
  expect(html).toContain('loading &lt;scene&gt;\nout of paint</pre>');
  expect(html).toContain('What it printed could not be read: it is on attic, which is not connected.');
});

test('lists the files that were made since it began, with their hashes', async () => {
  const now = Date.now();
  await mkdir(join(folder, 'stills'));
  for (const name of [
    'a.exr',
    'stills/b 10.exr',
    'stills/b 9.exr',
    '.hidden',
    'report-b9-20260105-093000.html',
  ])
    await writeFile(join(folder, name), 'x'.repeat(10));
  const report = input([]);
  const begun = { ...report, batch: { ...report.batch, startedAt: now } };
  const hash = 'ab'.repeat(32);
  const { json, html } = await written({
    ...begun,
    hash: (path) => Promise.resolve(path.endsWith('a.exr') ? hash : null),
  });
  expect(json.outputs).toEqual({
    folder,
    files: [
      { path: 'a.exr', bytes: 10, changedAt: expect.any(Number), sha256: hash },
      { path: 'stills/b 9.exr', bytes: 10, changedAt: expect.any(Number), sha256: null },
      { path: 'stills/b 10.exr', bytes: 10, changedAt: expect.any(Number), sha256: null },
    ],
    found: 3,
    bytes: 30,
    older: 0,
    notHashed: 2,
    remarks: [],
  });
  expect(html).toContain(`<code>${hash}</code>`);
  expect(html).toContain('href="./stills/b%2010.exr"');
  const later = await written({ ...report, batch: { ...report.batch, startedAt: now + 3_600_000 } });
  expect(later.json.outputs).toMatchObject({ files: [], older: 3 });
  expect(later.html).toContain('3 files that were there before are not listed');
});

test('values of variables that are called secret are left out', async () => {
  const report = input([]);
  const environment = { RENDER_TOKEN: 'abc-123', Licence_Password: 'abc-123', QUALITY: '9' };
  const { json, html } = await written({
    ...report,
    spec: {
      ...report.spec,
      jobs: report.spec.jobs.map((job) => ({
        ...job,
        steps: job.steps.map((step) => ({ ...step, environment })),
      })),
    },
  });
  expect(json.resolved.jobs[0]?.steps[0]?.environment).toEqual({
    RENDER_TOKEN: '(left out)',
    Licence_Password: '(left out)',
    QUALITY: '9',
  });
  expect(html).toContain('QUALITY=9');
  expect(html + JSON.stringify(json)).not.toContain('abc-123');
});

test('a batch that never started has a report too', async () => {
  const report = input([]);
  const { json, html } = await written({
    ...report,
    batch: { ...report.batch, startedAt: null, state: 'CANCELLED', tasks: { ...noTasks, CANCELLED: 24 } },
  });
  expect(json).toMatchObject({
    attempts: [],
    batch: { wallMs: null },
    summary: { attempts: 0, wait: { averageMs: null } },
    steps: [{ attempts: 0, run: { averageMs: null } }],
    outputs: { files: [] },
  });
  expect(html).toContain('never started');
});

test('attempts that nobody knows any more do not stop it', async () => {
  const stray = attempt(5, null, { job: 'b9.gone', step: 4, node: 'n9', assignedAt: start - 3_600_000 });
  const { json } = await written(input([stray, attempt(9, done, { step: 3 })]));
  expect(json).toMatchObject({
    attempts: [{ job: 'b9.gone', step: 'step 4', label: 'task 5' }, { step: 'step 3' }],
    steps: [{ job: 'beauty', attempts: 0 }, { step: 'step 3' }, { job: 'b9.gone', step: 'step 4' }],
    nodes: expect.arrayContaining([expect.objectContaining({ id: 'n9', name: 'n9' })]),
  });
});

test('many attempts pass through one by one, and the page stays small', async () => {
  const many = 50_000;
  let alive = 0;
  async function* attempts(): AsyncGenerator<Attempt> {
    for (let task = 0; task < many; task++) {
      alive++;
      yield attempt(task, task % 100 === 0 ? { kind: 'exited', code: 1 } : done, {
        node: `n${task % 90}`,
        assignedAt: start + task,
        endedAt: start + task + 700,
      });
    }
  }
  const { json, html } = await written(input(attempts()));
  expect(alive).toBe(many);
  expect(json).toMatchObject({ attempts: { length: many }, summary: { attempts: many, failed: 500 } });
  expect(html.length).toBeLessThan(400_000);
  expect(html).toContain('Of 500 failures the first ones of each kind are shown');
  expect(html).toContain('50 nodes with fewer attempts not shown');
  expect(html).toMatch(/up to \d+ at once/);
});

test('a report that cannot be written says why, and the one before it stays', async () => {
  await written(input([attempt(0)]));
  const before = await readFile(join(folder, 'report.json'), 'utf8');
  async function* broken(): AsyncGenerator<Attempt> {
    yield attempt(0);
    throw new Error('the store is closed');
  }
  await expect(writeReport(input(broken()))).rejects.toThrow(
    `The report of "Shot 042" could not be written to ${folder}: the store is closed`,
  );
  expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(before);
  expect((await readdir(folder)).toSorted()).toEqual(['report.html', 'report.json']);
  const gone = join(folder, 'gone');
  await expect(writeReport(inputOf(gone, []))).rejects.toThrow(
    `to ${gone}: the folder is not there any more`,
  );
  const file = join(folder, 'report.json');
  await expect(writeReport(inputOf(file, []))).rejects.toThrow(`to ${file}: it is no folder`);
});

test('whatever the clocks and the nodes say, the document has its shape', async () => {
  const time = fc.integer({ min: -5, max: 2 ** 45 });
  const amount = fc.double({ min: 0, max: 1e15, noNaN: true });
  const end = fc.oneof(
    fc.record({ kind: fc.constant('exited' as const), code: fc.integer() }),
    fc.record({ kind: fc.constant('signalled' as const), signal: fc.nat() }),
    fc.constantFrom(
      { kind: 'stopped' } as const,
      { kind: 'timedOut' } as const,
      { kind: 'outOfMemory' } as const,
    ),
    fc.record({ kind: fc.constant('lost' as const), proof: fc.string() }),
    fc.record({ kind: fc.constant('notFetched' as const), reason: fc.string() }),
  );
  const attempts = fc.array(
    fc.record({
      id: fc.nat().map((number) => `a-${number}` as const),
      job: fc.constantFrom('b7.beauty' as const, 'b9.gone' as const),
      step: fc.nat(2),
      task: fc.nat(2 ** 40),
      node: fc.string(),
      assignedAt: time,
      endedAt: fc.option(time),
      end: fc.option(end),
      usage: fc.option(fc.record({ peakMemoryMiB: fc.option(amount), cpuMs: amount, wallMs: amount })),
    }),
    { maxLength: 30 },
  );
  const rates = fc.record({ costPerHour: fc.option(amount), watts: fc.option(amount) });
  await fc.assert(
    fc.asyncProperty(attempts, rates, time, async (all, rate, startedAt) => {
      const report = input(all);
      const { json } = await written({
        ...report,
        batch: { ...report.batch, startedAt },
        nodes: [{ ...node, ...rate }],
      });
      expect(json.summary.attempts).toBe(all.length);
    }),
    { numRuns: 200 },
  );
}, 60_000);
