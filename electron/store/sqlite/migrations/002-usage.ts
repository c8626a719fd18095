import type { Database } from 'better-sqlite3';

const attempts = 64;
/** Before, an attempt was seven 64-bit floats. */
const before = { size: 7, step: 3, end: 6, oddEnd: Infinity } as const;
const after = { floats: 5, wallMs: 4, counts: 4, noEnd: 2 ** 32 - 1, oddEnd: 2 ** 32 - 2 } as const;

/** The blocks of attempts get room for what each of them used, by packing the rest closer; of old ones it is not known. */
export function makeRoomForUsage(database: Database): void {
  const ids = database.prepare<[], number>('SELECT id FROM attempt_blocks').pluck().all();
  const select = database.prepare<[number], Buffer>('SELECT body FROM attempt_blocks WHERE id = ?').pluck();
  const update = database.prepare<[Uint8Array, number]>('UPDATE attempt_blocks SET body = ? WHERE id = ?');
  const keepOddEnd = database.prepare<[number, string]>('INSERT INTO odd_ends VALUES (?, ?)');
  for (const id of ids) {
    const old = new Float64Array(new Uint8Array(select.get(id) ?? []).buffer);
    const body = new Uint8Array(attempts * (8 * after.floats + 4 * after.counts + 4));
    const floats = new Float64Array(body.buffer, 0, attempts * after.floats);
    const counts = new Uint32Array(body.buffer, floats.byteLength, attempts * after.counts);
    for (let slot = 0; slot < attempts; slot++) {
      const from = slot * before.size;
      const [seq = 0, ...times] = old.subarray(from, from + before.step);
      if (seq === 0) continue;
      floats.set([seq, ...times], slot * after.floats);
      floats[slot * after.floats + after.wallMs] = NaN;
      const end = old[from + before.end] ?? NaN;
      const packed = packedEnd(end);
      counts.set([...old.subarray(from + before.step, from + before.end), packed], slot * after.counts);
      if (packed === after.oddEnd && end !== before.oddEnd)
        keepOddEnd.run(seq, JSON.stringify({ kind: 'exited', code: end }));
    }
    update.run(body, id);
  }
}

function packedEnd(end: number): number {
  if (Number.isNaN(end)) return after.noEnd;
  return Number.isInteger(end) && end >= 0 && end < after.oddEnd ? end : after.oddEnd;
}
