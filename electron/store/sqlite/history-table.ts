import type { Database, Statement } from 'better-sqlite3';
import { mostAbout, type HistoryEntry } from '../../../shared/model/history';
import type { Fact } from '../../engine/facts';
import { tell } from '../../engine/history';

/** The newest are kept: years of a busy studio. */
const mostKept = 200_000;

interface HistoryRow extends Omit<HistoryEntry, 'about'> {
  readonly about: string;
}

/** Who did what, when and why. Follows from the facts, and outlives them. */
export class HistoryTable {
  private readonly insert: Statement<[number, number, string | null, string | null, string, string]>;
  private readonly select: Statement<[number, string | null, string | null, number], HistoryRow>;
  private readonly forget: Statement<[number]>;
  private added = 0;

  constructor(database: Database) {
    this.insert = database.prepare('INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?, ?, ?)');
    this.select = database.prepare(
      `SELECT number, at, "by", why, what, substr(about, 1, ${longestAbout}) AS about FROM history
        WHERE number < ? AND (? IS NULL OR instr(about, ?) > 0) ORDER BY number DESC LIMIT ?`,
    );
    this.forget = database.prepare(
      `DELETE FROM history WHERE number <=
        (SELECT number FROM history ORDER BY number DESC LIMIT 1 OFFSET ?)`,
    );
  }

  note(fact: Fact, number: number): void {
    const told = tell(fact);
    if (told === null) return;
    const { by, why, what, about } = told;
    this.insert.run(number, fact.at, by, why, what, about.map(marked).join(''));
    this.added++;
  }

  /** The newest first. `about`: of this batch or job only. */
  list(about: string | null, before: number, count: number): readonly HistoryEntry[] {
    const wanted = about === null ? null : marked(about);
    return this.select
      .all(before, wanted, wanted, count)
      .map(({ about: ids, ...row }) => ({ ...row, about: idsIn(ids) }));
  }

  /** Looks now and then only. */
  prune(): void {
    if (this.added < 1000) return;
    this.added = 0;
    this.forget.run(mostKept);
  }
}

/** As many ids as are told have room in it, unless they are very long. */
const longestAbout = 4000;

/** The last of many may have been cut off. */
const idsIn = (about: string): readonly string[] =>
  about
    .slice(1, about.lastIndexOf('|'))
    .split('||')
    .filter((id) => id !== '')
    .slice(0, mostAbout);

/** So that b1 is not found in b12. */
const marked = (id: string): string => `|${id}|`;
