import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Step } from '../../../shared/model/batch';
import { attempt, done, inputOf, node, start, written } from '../report-for-tests';
import type { ReportInput } from '../input';
import { addressBeside, escape } from './escape';
import { outputSection, pictureSection } from './outputs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-page-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A report in which everything that somebody may name is called so. */
function inputCalled(name: string): ReportInput {
  const reason = { kind: 'notStarted', reason: name } as const;
  const input = inputOf(
    folder,
    [attempt(0), attempt(1, reason), attempt(1, done, { id: 'a-1b' }), attempt(2, { kind: 'timedOut' })],
    { batch: name, job: name, node: name, owner: name },
  );
  const called: Partial<Step> = {
    name,
    folder: name,
    environment: { [name]: name },
    parameters: { [name]: name },
    environments: [
      { name, variables: { [name]: name }, enter: name, leave: null, isPrepared: false, timeoutMs: null },
    ],
    needs: { allOf: [name], anyOf: [], noneOf: [], pools: [name] },
  };
  const end = { job: 'b7.beauty', jobName: name, step: { index: 0, name }, endedAt: null } as const;
  return {
    ...input,
    drover: { version: name, runtime: name },
    batch: { ...input.batch, tenant: `of ${name}`, schedule: name, output: folder },
    jobs: input.jobs.map((job) => ({
      ...job,
      steps: job.steps.map((step) => ({ ...step, ...called, name, command: name, folder: name })),
    })),
    spec: {
      ...input.spec,
      recipe: name,
      jobs: input.spec.jobs.map((job) => ({
        ...job,
        steps: job.steps.map((step) => ({ ...step, ...called, action: { kind: 'script', text: name } })),
      })),
    },
    dependencies: [
      {
        from: end,
        to: end,
        relation: { type: 'DATA', files: [name] },
        onFailure: 'hold',
        state: 'FAILED',
        reason: name,
      },
    ],
    nodes: [{ ...node, name, system: name, programs: [{ name, version: name }] }],
    history: [{ number: 1, at: start, by: name, why: name, what: name }],
    logEnd: async () => ({ text: `it says ${name}`, isCut: false }),
  };
}

/** Which tags with which attributes, in their order; throws where something is neither tag nor text. */
function structureOf(html: string): readonly string[] {
  const tags = [...html.matchAll(/<(\/?[a-z!][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)>/g)];
  expect(tags.length, 'each < begins a tag').toBe(html.split('<').length - 1);
  return tags.map(([, name, attributes = '']) => {
    const names = [...attributes.matchAll(/ ([a-zA-Z-]+)(?:="[^"]*")?/g)].map(([, each]) => each);
    return [name, ...names].join(' ');
  });
}

const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, to = '']) => to);

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</style>', '</title>', '</pre>'],
        ...[
          '"',
          "'",
          '&',
          '<',
          '>',
          '<!--',
          '-->',
          ']]>',
          '`',
          '=',
          '/>',
          ' onload=x ',
          'javascript:',
          '&lt;',
          '&#60;',
        ],
        ...[
          '\u0000',
          '\u001b[31m',
          '\u2028',
          '\ud800',
          '\u202e',
          '\ufeff',
          '\n',
          '\r',
          '\t',
          '\\',
          '{{',
          '..',
          '/',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => `x${parts.join('')}`);

test('whatever things are called, the page has the same tags and attributes, and nothing more', async () => {
  const plain = structureOf((await written(inputCalled('xplain'))).html);
  expect(plain).not.toContain('script');
  await fc.assert(
    fc.asyncProperty(nasty, async (name) => {
      const { html, json } = await written(inputCalled(name));
      expect(structureOf(html)).toEqual(plain);
      expect(linksIn(html)).toEqual([]);
      expect(json.batch.name).toBe(name);
    }),
    { numRuns: 250 },
  );
}, 60_000);

test('whatever files are called, links lead to them beside the page', () => {
  const section = (path: string): string => {
    const file = { path, bytes: 5, changedAt: 0, sha256: null };
    const outputs = {
      folder: path,
      files: [file],
      found: 2,
      bytes: 5,
      older: 1,
      notHashed: 1,
      remarks: [path],
    };
    const { schedule, ...batch } = inputOf(folder, []).batch;
    const row = { ...batch, schedule, wallMs: null, expectedEnd: null, recipe: null };
    const pictures = {
      shown: [{ path, width: 1, height: 1, type: 'image/png' as const, base64: 'AAAA' }],
      found: 1,
    };
    return [
      ...outputSection({ outputs, batch: row }, addressBeside),
      ...pictureSection({ pictures }, addressBeside),
    ].join('');
  };
  const plain = structureOf(section('plain'));
  fc.assert(
    fc.property(nasty, (name) => {
      // Those that are no whole characters are not among the outputs.
      const path = name.replace(/\p{Surrogate}/gu, '');
      const html = section(path);
      expect(structureOf(html)).toEqual(plain);
      for (const link of linksIn(html)) {
        const { protocol, pathname } = new URL(link.replaceAll('&#39;', "'"), 'file:///results/report.html');
        expect(protocol).toBe('file:');
        expect(link).toMatch(/^\.\/[^:<>"\s]*$/);
        if (!path.includes('..')) expect(decodeURIComponent(pathname)).toBe(`/results/${path}`);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the page may not run or fetch anything', async () => {
  const { html } = await written(inputCalled('xplain'));
  expect(html).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`,
  );
  expect(html).not.toMatch(/https?:|url\(|@import|<script|<iframe|<object|<link/);
});

test('text that would be read in another order than it stands is shown as it is', () => {
  expect(escape('gnp\u202eexe')).toBe('gnp\ufffdexe');
  expect(escape('שלום, été, 日本')).toBe('שלום, été, 日本');
});
