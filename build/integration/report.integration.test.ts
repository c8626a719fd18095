import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { reportSchema } from '../../electron/report/schema/report';
import { test, type Farm } from './farm';

const mixed = (output: string): string => `
drover: 1
batch: Shot <042>
parameters: { API_TOKEN: "hush-hush" }
${output}
jobs:
  melt:
    kind: simulation
    run: echo melting
  beauty:
    kind: render
    frames: 1-4
    resources: { memory: 2 GiB }
    run: |
      echo "begins {{Frame}}"; echo "<b>at frame {{Frame}}</b>" >&2
      [ {{Frame}} -ne 3 ] || { echo "no paint left"; exit 7; }
      printf 'pixels of %s' {{Frame}} > "{{Output}}/frame{{Frame}}.exr"
    after: [melt]
  fickle:
    retry: 1
    run: '[ -e seen ] || { : > seen; exit 3; }'
`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const read = (path: string): ReturnType<typeof reportSchema.parse> =>
  reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** What `drover report` prints. */
function placesIn(out: string): { readonly html: string; readonly json: string } {
  return { html: /^report: (.*)$/m.exec(out)?.[1] ?? '', json: /^json: +(.*)$/m.exec(out)?.[1] ?? '' };
}

async function settled(farm: Farm, ...batches: readonly string[]): Promise<void> {
  for (const batch of batches)
    for (;;) {
      const { out } = await farm.drover('show', batch, '--json');
      const { report } = JSON.parse(out) as { readonly report: string | null };
      if (report !== null && existsSync(report)) break;
    }
}

describe('the execution report', () => {
  test('of work that completed and failed tells what a person looks for', async ({ farm }) => {
    const { status, err } = await farm.drover('run', farm.recipe(mixed('')));
    expect(status).toBe(1);
    const html = /^report: (.*)$/m.exec(err)?.[1] ?? '';
    const report = read(html.replace(/html$/, 'json'));
    expect(report).toMatchObject({
      isFinal: true,
      batch: { id: 'b1', name: 'Shot <042>', state: 'FAILED', tasks: { COMPLETED: 5, FAILED: 1 } },
      summary: { attempts: 7, completed: 5, failed: 2, lost: 0, retries: 1 },
      dependencies: [{ from: { jobName: 'melt' }, to: { jobName: 'beauty' }, state: 'SATISFIED' }],
      failures: [
        {
          job: 'beauty',
          task: 2,
          label: 'frame 3',
          node: hostname(),
          how: 'ended with exit status 7',
          isMended: false,
          log: { kind: 'lines', lines: ['begins 3', '<b>at frame 3</b>', 'no paint left'], isCut: false },
        },
        { job: 'fickle', how: 'ended with exit status 3', isMended: true },
      ],
      nodes: [{ id: 'local', kind: 'local', attempts: 7, completed: 5, failed: 2 }],
      outputs: {
        files: [1, 2, 4].map((frame) => ({
          path: `frame${frame}.exr`,
          bytes: 11,
          sha256: sha256(`pixels of ${frame}`),
        })),
        found: 3,
        notHashed: 0,
      },
    });
    expect(report.history.map(({ what }) => what)).toContain('submitted b1 Shot <042>: 6 tasks');
    expect(report.summary.wait.averageMs).not.toBe(null);
    const [melt, beauty] = report.steps;
    // It waited for melt, which is not the fault of the farm.
    expect(beauty?.wait.longestMs).toBeLessThan((report.batch.endedAt ?? 0) - report.batch.submittedAt);
    expect(melt?.completed).toBe(1);

    const page = readFileSync(html, 'utf8');
    expect(page).toContain('<title>Shot &lt;042&gt;: FAILED</title>');
    expect(page).toContain('no paint left</pre>');
    expect(page).toContain('&lt;b&gt;at frame 3&lt;/b&gt;');
    expect(page).not.toMatch(/<b>at frame|<script|hush-hush/);
    expect(page).toContain(sha256('pixels of 4'));
    expect(page).toContain('1 failed attempt at a task that was completed later');
  }, 120_000);

  test('is made of a batch that runs when somebody asks, away from its results, and its last one is found from there', async ({
    farm,
  }) => {
    const go = join(farm.folder, 'go');
    await farm.serve(
      farm.recipe(`
drover: 1
batch: Slow
jobs:
  quick: { run: echo done }
  slow: { run: 'while [ ! -e ${go} ]; do sleep 0.05; done; echo late > "{{Output}}/late.txt"' }
`),
    );
    await farm.reaches('b1.quick', 'COMPLETED');
    await farm.reaches('b1.slow', 'RUNNING');
    const kept = placesIn((await farm.drover('report', 'Slow')).out);
    expect(kept).toEqual({
      html: join(farm.data, 'reports', 'b1.html'),
      json: join(farm.data, 'reports', 'b1.json'),
    });
    expect(read(kept.json)).toMatchObject({
      isFinal: false,
      batch: { state: 'RUNNING', endedAt: null },
      summary: { completed: 1, running: 1 },
    });
    expect(readFileSync(kept.html, 'utf8')).toContain('http-equiv="refresh" content="30"');
    expect(existsSync(join(farm.data, 'output', 'b1-slow', 'report.html'))).toBe(false);

    writeFileSync(go, '');
    await farm.reaches('b1.slow', 'COMPLETED');
    await settled(farm, 'b1');
    const last = join(farm.data, 'output', 'b1-slow', 'report.html');
    expect(readFileSync(last, 'utf8')).toContain('<title>Slow: COMPLETED</title>');
    expect(readFileSync(kept.html, 'utf8')).toContain(`url=file://${last}`);
    expect(read(last.replace(/html$/, 'json')).outputs.files).toMatchObject([{ path: 'late.txt' }]);

    // What is there is found out a little after the first work may begin.
    while (!(await farm.drover('nodes', '--json')).out.includes('program:node'));
    const again = reportSchema.parse(JSON.parse((await farm.drover('report', 'b1', '--json')).out));
    expect(again.nodes[0]?.programs.map(({ name }) => name)).toContain('node');
  }, 120_000);

  test('two batches with one output folder have a report each, and the newest has the usual name, too', async ({
    farm,
  }) => {
    const results = join(farm.folder, 'results');
    const file = farm.recipe(
      `drover: 1\nbatch: Same\noutput: ${results}\njobs: { a: { run: "echo {{Batch}}" } }\n`,
    );
    const runs = [await farm.drover('run', file, '--json'), await farm.drover('run', file, '--json')];
    const reports = runs.map(({ out }) => {
      const last: unknown = JSON.parse(out.trim().split('\n').at(-1) ?? '');
      return (last as { readonly report: string }).report;
    });
    const [first = '', second = ''] = reports;
    expect(first).toMatch(/results[\\/]report-b1-\d{8}-\d{6}\.html$/);
    expect(second).toMatch(/results[\\/]report-b2-\d{8}-\d{6}\.html$/);
    const idIn = (page: string): string => read(page.replace(/html$/, 'json')).batch.id;
    expect([first, second, join(results, 'report.html')].map(idIn)).toEqual(['b1', 'b2', 'b2']);
    expect(read(join(results, 'report.json')).outputs).toMatchObject({ found: 0 });

    // Making the older one again leaves the newer one its name.
    const again = await farm.drover('report', 'b1');
    expect(placesIn(again.out).html).toBe(first);
    expect(idIn(join(results, 'report.html'))).toBe('b2');
    expect(readdirSync(results).filter((name) => name.includes('tmp'))).toEqual([]);
  }, 120_000);

  test('goes where it is wanted, and into a pipe', async ({ farm }) => {
    await farm.drover('run', farm.recipe('drover: 1\nbatch: One\njobs: { a: { run: echo hello } }\n'));
    const elsewhere = join(farm.folder, 'for the client');
    const { out, status } = await farm.drover('report', 'b1', '--output', elsewhere);
    expect(status).toBe(0);
    const { html, json } = placesIn(out);
    expect(
      readdirSync(elsewhere)
        .map((name) => join(elsewhere, name))
        .toSorted(),
    ).toEqual([html, json]);
    const piped = await farm.drover('report', 'a', '--json');
    expect(reportSchema.parse(JSON.parse(piped.out))).toMatchObject({ batch: { name: 'One' } });
    expect(piped.err).toContain('report.html');
    const missing = await farm.drover('report', 'Nothing');
    expect([missing.status, missing.err]).toEqual([
      2,
      expect.stringContaining('no job or batch named Nothing'),
    ]);
  }, 120_000);

  test('where the results cannot be written to, it is kept beside the data', async ({ farm }) => {
    const results = join(farm.folder, 'results');
    writeFileSync(results, 'a file, no folder');
    const { err, status } = await farm.drover(
      'run',
      '--force',
      farm.recipe(`drover: 1\nbatch: Lost\noutput: ${results}\njobs: { a: { run: "true" } }\n`),
    );
    expect(status).toBe(1);
    const kept = join(farm.data, 'reports', 'b1.html');
    expect(err).toContain(`could not be written to ${results}`);
    expect(/^report: (.*)$/m.exec(err)?.[1]).toBe(kept);
    expect(readFileSync(kept, 'utf8')).toContain('<title>Lost: FAILED</title>');
  });
});
