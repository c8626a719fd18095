/** The execution reports of a farm's batches: written when they end, and at any time for those who ask. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BatchId } from '../shared/model/ids';
import { ResultHashes } from './batch-report-hashes';
import { reportInput, type ReportedFarm } from './batch-report-input';
import { alsoAsUsual, finalPlace, keptPlace, placeIn } from './batch-report-places';
import { Renewals } from './batch-report-renewals';
import type { Changes } from './engine/reduce/changes';
import type { BatchRecord } from './engine/state';
import { pageThatLeadsTo } from './report/html/leads-to';
import type { ReportPlace } from './report/input';
import { writeReport } from './report/write-report';
import { systemClock } from './system-clock';

/** How long hashes of results may take, in milliseconds: who waits for a report waits for them, too. */
export interface HashingTimes {
  readonly quick: number;
  readonly thorough: number;
}
const usual: HashingTimes = { quick: 2000, thorough: 600_000 };

export class BatchReports {
  /** Of batches that have just ended: what waits for their first report. */
  private readonly ending = new Map<BatchId, Promise<void>>();
  /** The ends of which there is a report. */
  private readonly told = new Map<BatchId, BatchRecord['ended']>();
  private readonly since: number;
  private readonly turns = new Map<BatchId, Promise<unknown>>();
  /** Where the report is, if it is not where it belongs; null: it could not be written. */
  private readonly elsewhere = new Map<BatchId, string | null>();
  /** Call off what takes long: hashes, and reports that can do without being written. */
  private readonly calledOff = new Map<BatchId, AbortController>();
  private readonly closing = new AbortController();
  private readonly hashes = new ResultHashes();
  /** Those that run, and that somebody has looked at. */
  private readonly renewals: Renewals<BatchRecord>;

  constructor(
    private readonly farm: ReportedFarm,
    private readonly dataFolder: string,
    private readonly onWritten: (batch: BatchRecord) => void,
    private readonly times: HashingTimes = usual,
  ) {
    this.since = farm.now();
    this.renewals = new Renewals({ clock: systemClock, renew: (batch) => this.renew(batch) });
  }

  /** Null: it is not written yet. */
  placeOf(batch: BatchRecord): string | null {
    if (batch.ended === null) return this.renewals.has(batch) ? keptPlace(this.dataFolder, batch).html : null;
    if (this.isWriting(batch)) return null;
    const elsewhere = this.elsewhere.get(batch.id);
    return elsewhere === undefined ? finalPlace(batch).html : elsewhere;
  }

  /** It has ended, and its first report is being written, or is about to be. */
  isWriting({ id, ended }: BatchRecord): boolean {
    const isNew = ended !== null && ended.at >= this.since && this.told.get(id) !== ended;
    return isNew || this.ending.has(id);
  }

  /** It has ended. It may do so again, after a retry, while its report is being written. */
  write(batch: BatchRecord): void {
    this.calledOff.get(batch.id)?.abort();
    const { ended } = batch;
    const writing: Promise<void> = this.inTurn(batch, async () => {
      const isComplete = await this.writeFinal(batch, this.times.quick);
      this.told.set(batch.id, ended);
      if (this.ending.get(batch.id) !== writing) return;
      this.ending.delete(batch.id);
      this.onWritten(batch);
      if (!isComplete) void this.complete(batch);
    }).catch(complain);
    this.ending.set(batch.id, writing);
  }

  /** Writes it now, because somebody asks for it; of a batch that runs it is kept up from then on. */
  async make(batch: BatchRecord, folder: string | null): Promise<ReportPlace> {
    this.calledOff.get(batch.id)?.abort();
    return this.inTurn(batch, async () => {
      if (folder !== null) {
        const place = placeIn(folder, batch);
        await mkdir(folder, { recursive: true });
        await this.writeTo(place, batch, batch.ended === null ? this.times.quick : this.times.thorough);
        return place;
      }
      if (batch.ended === null) {
        const place = await this.writeKept(batch, this.times.quick);
        this.renewals.add(batch);
        this.onWritten(batch);
        return place;
      }
      await this.writeFinal(batch, this.times.thorough);
      this.onWritten(batch);
      const elsewhere = this.elsewhere.get(batch.id);
      if (elsewhere === null) throw new Error(`The report of "${batch.batch.name}" could not be written.`);
      return elsewhere === undefined ? finalPlace(batch) : keptPlace(this.dataFolder, batch);
    });
  }

  /** The page that is there already; else, or when the batch runs, one that is written now. */
  async page(batch: BatchRecord): Promise<string> {
    await this.ending.get(batch.id);
    const page = batch.ended === null ? null : this.placeOf(batch);
    return page !== null && existsSync(page) ? page : (await this.make(batch, null)).html;
  }

  note(changes: Changes, batchOf: (id: BatchId) => BatchRecord | undefined): void {
    for (const id of changes.batches) {
      const batch = batchOf(id);
      if (batch !== undefined && batch.ended === null) this.renewals.note(batch);
    }
  }

  /** After a crash between a batch's end and its report. */
  catchUp(batches: readonly BatchRecord[]): void {
    for (const batch of batches)
      if (batch.ended !== null && !existsSync(finalPlace(batch).html)) this.write(batch);
  }

  /** Ends what takes long, and lets reports be written that are being written. */
  async close(): Promise<void> {
    this.closing.abort();
    this.renewals.close();
    while (this.turns.size > 0) await Promise.allSettled(this.turns.values());
  }

  private async renew(batch: BatchRecord): Promise<void> {
    await this.inTurn(batch, async () => {
      if (batch.ended === null && this.renewals.has(batch))
        await this.writeTo(keptPlace(this.dataFolder, batch), batch, this.times.quick, 'spared');
    }).catch(complain);
  }

  /** What the first report had no time for. */
  private async complete(batch: BatchRecord): Promise<void> {
    if (this.closing.signal.aborted) return;
    await this.inTurn(batch, async () => {
      if (batch.ended === null || this.ending.has(batch.id)) return;
      await this.writeTo(finalPlace(batch), batch, this.times.thorough, 'spared');
      await this.makeFound(batch, finalPlace(batch));
      this.onWritten(batch);
    }).catch(complain);
  }

  /** Where it belongs, or where Drover keeps its own things. True: nothing is left to be found out. */
  private async writeFinal(batch: BatchRecord, milliseconds: number): Promise<boolean> {
    const place = finalPlace(batch);
    try {
      // A folder that the recipe names may lie on what is not mounted now.
      if (batch.output !== batch.batch.output) await mkdir(dirname(place.html), { recursive: true });
      const { notHashed } = await this.writeTo(place, batch, milliseconds);
      this.elsewhere.delete(batch.id);
      await this.makeFound(batch, place).catch(complain);
      return notHashed === 0;
    } catch (error) {
      complain(error);
      return this.writeElsewhere(batch);
    }
  }

  /** Under its usual name, and by those who still look at the one that was kept up. */
  private async makeFound(batch: BatchRecord, last: ReportPlace): Promise<void> {
    await alsoAsUsual(batch, this.farm.state.batches.values());
    if (!this.renewals.has(batch)) return;
    this.renewals.delete(batch);
    const { html, json } = keptPlace(this.dataFolder, batch);
    await writeFile(html, pageThatLeadsTo(last.html, batch.batch.name));
    await rm(json, { force: true });
  }

  private async writeElsewhere(batch: BatchRecord): Promise<boolean> {
    this.elsewhere.set(batch.id, null);
    try {
      const { html } = await this.writeKept(batch, this.times.quick);
      this.elsewhere.set(batch.id, html);
      this.renewals.delete(batch);
      console.error(`It is in ${html} instead.`);
    } catch (error) {
      complain(error);
    }
    return true;
  }

  private async writeKept(batch: BatchRecord, milliseconds: number): Promise<ReportPlace> {
    const place = keptPlace(this.dataFolder, batch);
    await mkdir(dirname(place.html), { recursive: true, mode: 0o700 });
    await this.writeTo(place, batch, milliseconds);
    return place;
  }

  private async writeTo(
    place: ReportPlace,
    batch: BatchRecord,
    milliseconds: number,
    need: 'wanted' | 'spared' = 'wanted',
  ): Promise<{ readonly notHashed: number }> {
    const called = new AbortController();
    this.calledOff.set(batch.id, called);
    const signal = AbortSignal.any([called.signal, this.closing.signal]);
    const hash = this.hashes.within(milliseconds, signal);
    try {
      const input = await reportInput(this.farm, batch, place, hash, need === 'spared' ? signal : null);
      return await writeReport(input);
    } catch (error) {
      // There is one already, or another one comes.
      if (need === 'spared' && signal.aborted) return { notHashed: 0 };
      throw error;
    } finally {
      if (this.calledOff.get(batch.id) === called) this.calledOff.delete(batch.id);
    }
  }

  /** Of each batch one after the other. */
  private inTurn<Result>(batch: BatchRecord, work: () => Promise<Result>): Promise<Result> {
    const before = this.turns.get(batch.id) ?? Promise.resolve();
    const turn = before.then(work, work);
    const done = turn
      .catch(() => {})
      .then(() => {
        if (this.turns.get(batch.id) === done) this.turns.delete(batch.id);
      });
    this.turns.set(batch.id, done);
    return turn;
  }
}

const complain = (error: unknown): void => console.error(error instanceof Error ? error.message : error);
