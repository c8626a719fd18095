import type { Database, Statement } from 'better-sqlite3';
import type { Attempt, AttemptEnd } from '../../../shared/model/attempt';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import type { Fact, FactOf } from '../../engine/facts';
import { joinAttemptId, type SplitAttemptId } from '../codec/attempt-id';
import type { FactReader } from '../codec/decode';
import type { RanRow, TimelineWindow } from '../../../shared/ipc/timeline';
import { endOf, fold, type Ran } from '../timeline/fold';
import { MomentTally, type FarmTally } from '../timeline/tally';
import { AttemptBlock, attemptsInBlock, mostCode, oddEnd, type PackedAttempt } from './attempt-block';
import { AttemptNames } from './attempt-names';
import { AttemptTimes } from './attempt-times';

interface BlockRow {
  readonly id: number;
  readonly prefix: number;
  readonly block: number;
  readonly last: number;
  readonly open: number;
  readonly body: Buffer;
}

/** Of blocks; they take 4 KB each. */
const mostCached = 4096;

/** In one answer: with more, those beside each other are told together. */
const mostBars = 12_000;

/** What became of each attempt, for looking up. */
export class AttemptTable {
  private readonly names: AttemptNames;
  private readonly times: AttemptTimes;
  /** By prefix and block. */
  private readonly cache = new Map<number, Map<number, AttemptBlock>>();
  private cached = 0;
  private readonly changed = new Set<AttemptBlock>();
  private readonly selectBlock: Statement<[number, number], BlockRow>;
  private readonly insertBlock: Statement<[number, number, number, number, Uint8Array, number, number]>;
  private readonly updateBlock: Statement<[number, number, Uint8Array, number, number, number]>;
  private readonly noteTasks: Statement<[number, number, number, number]>;
  private readonly selectOfStep: Statement<[number, number, number], BlockRow>;
  private readonly putOddEnd: Statement<[number, string]>;
  private readonly oddEnd: Statement<[number], string>;
  private readonly putLost: Statement<[number, number]>;
  private readonly lost: Statement<[number], number>;
  private readonly selectOld: Statement<[number, number], BlockRow>;
  private readonly deletions: {
    readonly block: Statement<[number]>;
    readonly ofStep: Statement<[number, number]>;
    readonly oddEnd: Statement<[number]>;
    readonly lost: Statement<[number]>;
  };

  constructor(database: Database) {
    this.names = new AttemptNames(database);
    this.times = new AttemptTimes(database);
    this.selectBlock = database.prepare('SELECT * FROM attempt_blocks WHERE prefix = ? AND block = ?');
    this.insertBlock = database.prepare(
      'INSERT INTO attempt_blocks (prefix, block, last, open, body, begins, ends) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.updateBlock = database.prepare(
      'UPDATE attempt_blocks SET last = ?, open = ?, body = ?, begins = ?, ends = ? WHERE id = ?',
    );
    this.noteTasks = database.prepare(
      `INSERT INTO blocks_of_steps (step, block, first_task, last_task) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          first_task = min(first_task, excluded.first_task), last_task = max(last_task, excluded.last_task)`,
    );
    this.selectOfStep = database.prepare(
      `SELECT attempt_blocks.* FROM blocks_of_steps JOIN attempt_blocks ON id = blocks_of_steps.block
        WHERE step = ? AND last_task >= ? AND first_task < ?`,
    );
    this.putOddEnd = database.prepare('INSERT OR REPLACE INTO odd_ends VALUES (?, ?)');
    this.oddEnd = database.prepare<[number], string>('SELECT end FROM odd_ends WHERE assigned = ?').pluck();
    this.putLost = database.prepare('INSERT OR REPLACE INTO lost_work VALUES (?, ?)');
    this.lost = database
      .prepare<[number], number>('SELECT milliseconds FROM lost_work WHERE assigned = ?')
      .pluck();
    this.selectOld = database.prepare(
      'SELECT * FROM attempt_blocks WHERE open = 0 AND last <= ? ORDER BY last LIMIT ?',
    );
    this.deletions = {
      block: database.prepare('DELETE FROM attempt_blocks WHERE id = ?'),
      ofStep: database.prepare('DELETE FROM blocks_of_steps WHERE step = ? AND block = ?'),
      oddEnd: database.prepare('DELETE FROM odd_ends WHERE assigned = ?'),
      lost: database.prepare('DELETE FROM lost_work WHERE assigned = ?'),
    };
  }

  /**
   * What these facts say; the first of them has the number `first`. Others are handed on. Nothing of it is
   * in the database before {@link write}: many facts are about the same block.
   */
  record(facts: FactReader, first: number, onOther: (fact: Fact, number: number) => void): void {
    for (let seq = first; facts.left > 0; seq++) {
      const fact = facts.next();
      if (fact.kind === 'taskAssigned') this.assign(fact, facts.splitIdOf(fact), seq);
      else if (fact.kind === 'attemptFinished') {
        this.finish(fact, facts.splitIdOf(fact));
        // Its end is one of the many steps on the way, but not what was lost by it.
        if (fact.lost !== undefined) onOther(fact, seq);
      } else onOther(fact, seq);
    }
  }

  write(): void {
    for (const block of this.changed) this.writeBlock(block);
    this.changed.clear();
    if (this.cached > mostCached) this.clearCaches();
  }

  find(job: JobId, step: number, from: number, count: number): readonly Attempt[] {
    const stepRow = this.names.findStep(job, step);
    if (stepRow === null) return [];
    const found: { readonly seq: number; readonly attempt: Attempt }[] = [];
    for (const row of this.selectOfStep.all(stepRow, from, from + count)) {
      for (const packed of AttemptBlock.read(row.prefix, row, row.body).attempts()) {
        if (packed.step !== stepRow || packed.task < from || packed.task >= from + count) continue;
        found.push({
          seq: packed.seq,
          attempt: { id: this.idOf(row, packed), job, step, ...this.unpack(packed) },
        });
      }
    }
    return found
      .toSorted((a, b) => a.attempt.task - b.attempt.task || a.seq - b.seq)
      .map(({ attempt }) => attempt);
  }

  /** In small parts: what ran on these nodes in a window of time. */
  *ran(window: TimelineWindow, at: number): Generator<undefined, readonly RanRow[]> {
    const byNode = new Map<number, Ran[]>();
    const wanted = new Map(
      window.nodes.flatMap((node) => {
        const row = this.names.find(node);
        return row === null ? [] : [[row, node] as const];
      }),
    );
    yield* this.times.visit(window.from, window.to, (node, step, task, from, to, end, seq) => {
      if (!wanted.has(node)) return;
      const ended = end === 0 ? 'completed' : endOf(this.endOf(seq, end));
      const of = this.names.stepOf(step);
      const ran: Ran = { from, to, job: of.job, step: of.step, task, end: ended };
      const list = byNode.get(node);
      if (list === undefined) byNode.set(node, [ran]);
      else list.push(ran);
    });
    for (let { grain } = window; ; grain *= 2) {
      const rows: RanRow[] = [];
      let bars = 0;
      for (const [row, node] of wanted) {
        const folded = fold(byNode.get(row) ?? [], { ...window, grain }, at);
        rows.push({ node, ...folded });
        bars += folded.bars.length;
        yield;
        if (bars > mostBars) break;
      }
      if (bars <= mostBars || grain > window.to - window.from) return rows;
    }
  }

  /** In small parts: how far each job was at a moment, of those that ran since another. */
  *tally(since: number, at: number): Generator<undefined, FarmTally> {
    const tally = new MomentTally(at);
    yield* this.times.visit(since, at, (node, step, _task, assignedAt, endedAt, end, seq) => {
      const { job } = this.names.stepOf(step);
      const ended = end === 0 ? 'completed' : endOf(this.endOf(seq, end));
      tally.add(job, this.names.node(node), { assignedAt, endedAt, ended });
    });
    return tally.summary();
  }

  /** Forgets some blocks, at most so many, of ended attempts that all were assigned up to this fact. */
  prune(upTo: number, most: number): void {
    for (const row of this.selectOld.all(upTo, most)) {
      const steps = new Set<number>();
      for (const { step, seq, end } of AttemptBlock.read(row.prefix, row, row.body).attempts()) {
        steps.add(step);
        if (end === oddEnd) this.deletions.oddEnd.run(seq);
        if (end !== 0) this.deletions.lost.run(seq);
      }
      this.deletions.block.run(row.id);
      for (const step of steps) {
        this.deletions.ofStep.run(step, row.id);
        this.names.forgetUnusedStep(step);
      }
      if (this.cache.get(row.prefix)?.delete(row.block) === true) this.cached--;
    }
  }

  /** After a transaction that was taken back, what was changed or looked up in it is not so. */
  clearCaches(): void {
    this.cache.clear();
    this.cached = 0;
    this.changed.clear();
    this.names.clearCaches();
  }

  private assign(fact: FactOf<'taskAssigned'>, id: SplitAttemptId, seq: number): void {
    const { block, slot } = this.placeOf(id);
    block.assign(slot, {
      seq,
      assignedAt: fact.at,
      step: this.names.step(fact.job, fact.step),
      task: fact.task,
      node: this.names.name(fact.node),
    });
    this.changed.add(block);
  }

  private finish(fact: FactOf<'attemptFinished'>, id: SplitAttemptId): void {
    const { block, slot } = this.placeOf(id);
    const code = exitCodeOf(fact.end);
    const seq = block.finish(slot, fact.at, code ?? oddEnd, fact.usage);
    // After a restore from a snapshot, attempts of the time before are not known here.
    if (seq === null) return;
    if (code === null) this.putOddEnd.run(seq, JSON.stringify(fact.end));
    if (fact.lost !== undefined) this.putLost.run(seq, fact.lost.milliseconds);
    this.changed.add(block);
  }

  private placeOf({ prefix, number }: SplitAttemptId): { block: AttemptBlock; slot: number } {
    const index = Math.floor(number / attemptsInBlock);
    const slot = number - index * attemptsInBlock;
    return { block: this.block(this.names.name(prefix), index), slot };
  }

  private block(prefix: number, index: number): AttemptBlock {
    let blocks = this.cache.get(prefix);
    if (blocks === undefined) this.cache.set(prefix, (blocks = new Map()));
    const known = blocks.get(index);
    if (known !== undefined) return known;
    const row = this.selectBlock.get(prefix, index);
    const block =
      row === undefined ? AttemptBlock.empty(prefix, index) : AttemptBlock.read(prefix, row, row.body);
    blocks.set(index, block);
    this.cached++;
    return block;
  }

  private writeBlock(block: AttemptBlock): void {
    const { prefix, last, open, body } = block;
    if (block.id === null) {
      const { lastInsertRowid } = this.insertBlock.run(prefix, block.block, last, open, body, ...block.span);
      block.id = Number(lastInsertRowid);
    } else {
      this.updateBlock.run(last, open, body, ...block.span, block.id);
    }
    for (const [step, tasks] of block.newTasks) this.noteTasks.run(step, block.id, tasks.first, tasks.last);
    block.newTasks.clear();
  }

  private idOf({ prefix, block }: BlockRow, { slot }: PackedAttempt): AttemptId {
    return joinAttemptId(this.names.prefix(prefix), block * attemptsInBlock + slot);
  }

  private unpack(packed: PackedAttempt): Omit<Attempt, 'id' | 'job' | 'step'> {
    const { seq, task, node, assignedAt, endedAt, end, usage } = packed;
    const lostMs = end === null || end === 0 ? undefined : this.lost.get(seq);
    return {
      ...{ task, node: this.names.node(node), assignedAt, endedAt, end: this.endOf(seq, end), usage },
      ...(lostMs === undefined ? {} : { lostMs }),
    };
  }

  private endOf(seq: number, end: number | null): AttemptEnd | null {
    if (end === null) return null;
    return end === oddEnd ? parseEnd(this.oddEnd.get(seq) ?? 'null') : { kind: 'exited', code: end };
  }
}

/** Null where it is none, or one that a block has no room for. */
function exitCodeOf(end: AttemptEnd): number | null {
  if (end.kind !== 'exited') return null;
  return Number.isInteger(end.code) && end.code >= 0 && end.code <= mostCode ? end.code : null;
}

// What this table wrote is trusted to have the shape in which it was written.
const parseEnd = (text: string): AttemptEnd | null => JSON.parse(text);
