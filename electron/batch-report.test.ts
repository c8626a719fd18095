import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BatchReports, type HashingTimes } from './batch-report';
import { batch, Farm, failed } from './engine/farm-for-tests';
import type { BatchRecord } from './engine/state';

let folder = '';
let studio: Studio;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-reports-'));
});
afterEach(async () => {
  await studio.reports.close();
  await rm(folder, { recursive: true, force: true });
});

/** A farm whose reports lie in the test's folder. */
class Studio extends Farm {
  readonly data = join(folder, 'data');
  readonly output = join(folder, 'results');
  readonly reports: BatchReports;
  private heard: (() => void)[] = [];

  constructor(times?: HashingTimes) {
    super();
    const { engine } = this;
    this.reports = new BatchReports(
      {
        state: engine.state,
        scheduler: engine.scheduler,
        store: { attempts: async () => [], history: async () => [] },
        now: () => this.time,
        progress: { of: () => null },
        reportOf: (record) => this.reports.placeOf(record),
        forecastOf: () => null,
        info: { version: '0.1.0', runtime: 'Node.js' },
        readLog: async () => ({ from: 0, bytes: Buffer.alloc(0), size: 0 }),
      },
      this.data,
      () => this.heard.splice(0).forEach((tell) => tell()),
      times,
    );
  }

  /** A report was written, from here on. */
  written(): Promise<void> {
    return new Promise((resolve) => this.heard.push(resolve));
  }

  async begin(): Promise<BatchRecord> {
    await mkdir(this.output, { recursive: true });
    await this.nodeUp();
    await this.command({
      kind: 'submit',
      by: 'ann',
      batch: batch({ film: {} }),
      outputFor: () => this.output,
    });
    const record = this.engine.state.batches.get('b1');
    if (record === undefined) throw new Error('it was not submitted');
    return record;
  }

  read(name = 'report.json'): { batch: { state: string }; outputs: { files: { sha256: string | null }[] } } {
    return JSON.parse(readFileSync(join(this.output, name), 'utf8'));
  }
}

test('hashes that would keep people waiting for a report are added to it afterwards', async () => {
  studio = new Studio({ quick: 1, thorough: 60_000 });
  const record = await studio.begin();
  await studio.endTask('film 0');
  const file = join(studio.output, 'film.mov');
  writeFileSync(file, 'begins');
  truncateSync(file, 8 * 1024 * 1024);
  const first = studio.written();
  studio.reports.write(record);
  expect(studio.reports.placeOf(record)).toBe(null);
  await first;
  const second = studio.written();
  expect(studio.reports.placeOf(record)).toBe(join(studio.output, 'report.html'));
  expect(studio.read().outputs).toMatchObject({ files: [{ path: 'film.mov', sha256: null }], notHashed: 1 });
  await second;
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(studio.read().outputs).toMatchObject({ files: [{ path: 'film.mov', sha256 }], notHashed: 0 });
});

test('a batch that has ended is not without its report for a moment in which nobody has begun to write it', async () => {
  studio = new Studio();
  const record = await studio.begin();
  expect(studio.reports.isWriting(record)).toBe(false);
  await studio.endTask('film 0', failed);
  expect([studio.reports.isWriting(record), studio.reports.placeOf(record)]).toEqual([true, null]);
  const written = studio.written();
  studio.reports.write(record);
  await written;
  expect(studio.reports.isWriting(record)).toBe(false);
  await studio.retry('b1.film');
  expect(studio.reports.isWriting(record)).toBe(false);
  await studio.endTask('film 0');
  expect(studio.reports.isWriting(record)).toBe(true);
});

test('a batch that ends again while its report is being written is told of as it ended last', async () => {
  studio = new Studio();
  const record = await studio.begin();
  await studio.endTask('film 0', failed);
  studio.reports.write(record);
  await studio.retry('b1.film');
  expect(studio.reports.placeOf(record), 'it runs').toBe(null);
  await studio.endTask('film 0');
  const last = studio.written();
  studio.reports.write(record);
  await last;
  expect(studio.reports.isWriting(record)).toBe(false);
  expect(studio.read().batch.state).toBe('COMPLETED');
});

test('who wants to see a report that is gone gets one made anew', async () => {
  studio = new Studio();
  const record = await studio.begin();
  await studio.endTask('film 0');
  const page = join(studio.output, 'report.html');
  expect(await studio.reports.page(record)).toBe(page);
  rmSync(page);
  expect(await studio.reports.page(record)).toBe(page);
  expect(existsSync(page)).toBe(true);
});

test('closing does not wait for hashes', async () => {
  studio = new Studio({ quick: 1, thorough: 600_000 });
  const record = await studio.begin();
  await studio.endTask('film 0');
  const file = join(studio.output, 'film.mov');
  writeFileSync(file, 'begins');
  // A hole: it needs no room, but it would take hours.
  truncateSync(file, 2 ** 38);
  const first = studio.written();
  studio.reports.write(record);
  await first;
  await studio.reports.close();
  expect(studio.read().outputs).toMatchObject({ files: [{ sha256: null }] });
});
