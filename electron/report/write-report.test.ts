import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobDetail, NodeRow } from '../../shared/ipc/contract';
import { noCapacity, noRequest } from '../../shared/model/amounts';
import type { Attempt, AttemptEnd } from '../../shared/model/attempt';
import { sharedFiles } from '../../shared/model/files';
import { recognised } from '../../shared/model/progress';
import { noRequirements } from '../../shared/model/requirements';
import { noRetry } from '../../shared/model/retry';
import { noTasks } from '../../shared/model/states';
import type { ReportInput } from './input';
import { writeReport } from './write-report';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const start = Date.UTC(2026, 0, 5, 9, 30);
const done: AttemptEnd = { kind: 'exited', code: 0 };

function attempt(task: number, end: AttemptEnd | null = done, more: Partial<Attempt> = {}): Attempt {
  return {
    id: `a-${task}`,
    job: 'b7.beauty',
    step: 0,
    task,
    node: 'n1',
    assignedAt: start + task * 1000,
    endedAt: start + task * 1000 + 1500,
    end,
    usage: null,
    ...more,
  };
}

function input(
  attempts: ReportInput['attempts'],
  names: { batch?: string; job?: string; node?: string; owner?: string } = {},
): ReportInput {
  const { batch = 'Shot 042', job = 'beauty', node = 'workstation', owner = 'mara' } = names;
  const request = { ...noRequest, cpu: 2, memoryMiB: 1024 };
  const limits = { needs: noRequirements, retry: noRetry, timeoutMs: null, preemptible: false };
  const tasks = { ...noTasks, COMPLETED: 23, FAILED: 1 };
  const detail: JobDetail = {
    id: 'b7.beauty',
    batch: 'b7',
    name: job,
    kind: 'render',
    priority: 'MEDIUM',
    state: 'FAILED',
    tasks,
    progress: 1,
    stopping: 0,
    startedAt: start,
    endedAt: start + 60_000,
    batchName: batch,
    owner,
    tenant: 'default',
    deadline: null,
    most: null,
    submittedAt: start - 5000,
    output: folder,
    recipe: null,
    after: [],
    conditions: [],
    verdicts: [],
    forecast: null,
    steps: [
      {
        name: 'main',
        count: 24,
        space: { kind: 'frames', ranges: [{ first: 1, step: 1, count: 24 }] },
        tasks,
        request,
        ...limits,
        command: 'povray',
        folder: '/w',
      },
    ],
  };
  const machine: NodeRow = {
    id: 'n1',
    name: node,
    kind: 'local',
    state: 'ONLINE',
    reason: null,
    address: null,
    setAsideUntil: null,
    vitals: null,
    clock: null,
    system: 'Linux',
    running: 0,
    resources: [],
    labels: [],
    capacity: { ...noCapacity, cpu: 8, memoryMiB: 16_000 },
  };
  return {
    batch: {
      id: 'b7',
      name: batch,
      owner,
      state: 'FAILED',
      tasks,
      progress: 1,
      submittedAt: start - 5000,
      startedAt: start,
      endedAt: start + 60_000,
      output: folder,
      report: null,
      notify: [],
    },
    jobs: [detail],
    spec: {
      name: batch,
      recipe: '/w/shot.yaml',
      output: null,
      tenant: 'default',
      dependencies: [],
      jobs: [
        {
          name: job,
          kind: 'render',
          priority: 'MEDIUM',
          deadline: null,
          most: null,
          steps: [
            {
              name: 'main',
              action: { kind: 'script', text: 'povray' },
              space: { kind: 'frames', ranges: [{ first: 101, step: 1, count: 2_000_000 }] },
              request,
              ...limits,
              progress: recognised,
              files: sharedFiles,
              folder: '/w',
              environment: {},
              environments: [],
              graceMs: null,
              paths: null,
              parameters: {},
            },
          ],
        },
      ],
    },
    attempts,
    nodes: [machine],
    version: '0.1.0',
    folder,
  };
}

async function written(report: ReportInput): Promise<{ json: unknown; html: string }> {
  const paths = await writeReport(report);
  expect(paths).toEqual({ json: join(folder, 'report.json'), html: join(folder, 'report.html') });
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return { json: JSON.parse(await readFile(paths.json, 'utf8')), html: await readFile(paths.html, 'utf8') };
}

test('tells what ran where and when, and what failed', async () => {
  const attempts = [
    attempt(0),
    attempt(1, { kind: 'signalled', signal: 9 }),
    attempt(1, done, { id: 'a-1b', endedAt: start + 4500 }),
    attempt(2, { kind: 'exited', code: 3 }),
    attempt(3, { kind: 'stopped' }),
  ];
  const { json, html } = await written(input(attempts));
  expect(json).toMatchObject({
    format: 'drover-report',
    formatVersion: 1,
    drover: '0.1.0',
    batch: { id: 'b7', name: 'Shot 042', state: 'FAILED', wallMs: 60_000 },
    jobs: [{ name: 'beauty', state: 'FAILED', tasks: { COMPLETED: 23, FAILED: 1 } }],
    nodes: [{ id: 'n1', name: 'workstation' }],
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
    ],
    summary: {
      attempts: 5,
      failed: 2,
      jobs: [
        {
          name: 'beauty',
          attempts: 5,
          failed: 2,
          shortestMs: 1500,
          averageMs: 1900,
          longestMs: 3500,
          totalMs: 9500,
        },
      ],
    },
  });
  expect(html).toContain('<title>Shot 042: FAILED</title>');
  expect(html).toContain('1 min 00 s');
  expect(html).toMatch(
    /beauty, frame 102<\/td><td>was killed by signal 9 <span class="soft">\(completed later\)/,
  );
  expect(html).toMatch(/beauty, frame 103<\/td><td>ended with exit status 3<\/td><td>workstation/);
  expect(html).not.toContain('frame 104</td>');
  expect(html.match(/<rect /g)).toHaveLength(5);
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
    summary: { usage: sum, jobs: [{ usage: sum }] },
  });
  expect(html).toContain('<dt>Core hours used</dt><dd>33</dd>');
  expect(html).toContain('<dt>Most memory</dt><dd>2.1 GiB</dd>');
  expect(html).toContain('<td class="n">33</td><td class="n">55 %</td><td class="n">2.1 GiB</td></tr>');
});

test('says nothing of what nobody measured', async () => {
  const { json, html } = await written(input([attempt(0)]));
  expect(json).toMatchObject({
    summary: { usage: { attempts: 0, cpuMs: 0, efficiency: null, peakMemoryMiB: null } },
  });
  expect(html).not.toContain('Core hours used');
  expect(html).not.toContain('<dt>Most memory');
});

test('names are text and never markup', async () => {
  const nasty = `<script>alert("1")</script>'"&`;
  await writeFile(
    join(
      folder,
      `a"><img src=x onerror=alert(1)>#?.png`.replaceAll(
        /[<>"?]/g,
        process.platform === 'win32' ? '_' : '$&',
      ),
    ),
    '',
  );
  const { json, html } = await written(
    input([attempt(0), attempt(1, { kind: 'notStarted', reason: nasty })], {
      batch: nasty,
      job: nasty,
      node: nasty,
      owner: nasty,
    }),
  );
  expect(html).not.toContain('<script');
  expect(html).not.toContain('<img src=x');
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&quot;&amp;');
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:"`);
  expect(json).toMatchObject({ batch: { name: nasty } });
});

test('shows the pictures of the output folder, in the order of their numbers', async () => {
  await mkdir(join(folder, 'stills & more'));
  for (const name of ['frame_10.png', 'frame_9.PNG', 'notes.txt', 'stills & more/50%.png', '.hidden.png'])
    await writeFile(join(folder, name), '');
  const { html } = await written(input([]));
  expect([...html.matchAll(/<img src="([^"]*)"/g)].map((match) => match[1])).toEqual([
    './frame_9.PNG',
    './frame_10.png',
    './stills%20%26%20more/50%25.png',
  ]);
});

test('of many pictures it shows some, from the first to the last', async () => {
  await Promise.all(Array.from({ length: 150 }, (_, index) => writeFile(join(folder, `f${index}.png`), '')));
  const { html } = await written(input([]));
  const shown = [...html.matchAll(/<img src="\.\/([^"]*)"/g)].map((match) => match[1]);
  expect(shown).toHaveLength(60);
  expect([shown[0], shown.at(-1)]).toEqual(['f0.png', 'f149.png']);
  expect(html).toContain('60 of 150 pictures');
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
    summary: { attempts: 0, jobs: [{ averageMs: null }] },
  });
  expect(html).toContain('never started');
});

test('attempts that nobody knows any more do not stop it', async () => {
  const stray = attempt(5, null, {
    job: 'b9.gone',
    step: 4,
    node: 'n9',
    endedAt: null,
    assignedAt: start - 3_600_000,
  });
  const { json } = await written(input([stray, attempt(9, done, { step: 3 })]));
  expect(json).toMatchObject({
    attempts: [{ job: 'b9.gone', step: 'step 4', label: 'task 5' }, { step: 'step 3' }],
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
  expect(html).toContain('And 300 failures more: see report.json.');
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
  await expect(writeReport({ ...input([]), folder: gone })).rejects.toThrow(
    `to ${gone}: the folder is not there any more`,
  );
  const file = join(folder, 'report.json');
  await expect(writeReport({ ...input([]), folder: file })).rejects.toThrow(`to ${file}: it is no folder`);
});
