import type { Database } from 'better-sqlite3';

const attempts = 64;
const floats = 5;
const counts = 4;
const noEnd = 2 ** 32 - 1;

/** From when to when the attempts of each block ran, so that those of a time are found without reading all. */
export function noteTimes(database: Database): void {
  database.exec('ALTER TABLE attempt_blocks ADD COLUMN begins REAL NOT NULL DEFAULT 0');
  database.exec('ALTER TABLE attempt_blocks ADD COLUMN ends REAL NOT NULL DEFAULT 0');
  const ids = database.prepare<[], number>('SELECT id FROM attempt_blocks').pluck().all();
  const select = database.prepare<[number], Buffer>('SELECT body FROM attempt_blocks WHERE id = ?').pluck();
  const update = database.prepare<[number, number, number]>(
    'UPDATE attempt_blocks SET begins = ?, ends = ? WHERE id = ?',
  );
  for (const id of ids) update.run(...spanOf(new Uint8Array(select.get(id) ?? [])), id);
  // All that is asked for first is in it: which blocks there are, without their bodies.
  database.exec('CREATE INDEX blocks_by_time ON attempt_blocks (ends, begins)');
}

function spanOf({ buffer }: Uint8Array): readonly [begins: number, ends: number] {
  const times = new Float64Array(buffer, 0, attempts * floats);
  const numbers = new Uint32Array(buffer, times.byteLength, attempts * counts);
  let [begins, ends] = [Infinity, -Infinity];
  for (let slot = 0; slot < attempts; slot++) {
    const [seq = 0, assignedAt = 0, endedAt = 0] = times.subarray(slot * floats);
    if (seq === 0) continue;
    begins = Math.min(begins, assignedAt);
    ends = Math.max(ends, numbers[slot * counts + counts - 1] === noEnd ? Infinity : endedAt);
  }
  return [begins, ends];
}
