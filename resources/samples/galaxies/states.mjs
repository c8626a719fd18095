// States on disk: the start, the snapshots and the checkpoints are all files of this one form.
// A line of text, readable with `head -1`, then the numbers as they are in memory. The line names
// the SHA-256 of the numbers, so that a damaged file is never taken for a whole one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './files.mjs';

const KEPT = 2;

const bytesOf = (numbers) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
export const hashOf = (numbers) => createHash('sha256').update(bytesOf(numbers)).digest('hex');

export function writeState(path, { step, origin, numbers }) {
  const type = numbers.constructor.name;
  const head = JSON.stringify({
    galaxies: 1,
    step,
    origin,
    type,
    count: numbers.length,
    sha256: hashOf(numbers),
  });
  writeWhole(path, Buffer.concat([Buffer.from(`${head}\n`), bytesOf(numbers)]));
}

// Throws an Error that says what is wrong with the file.
export function readState(path) {
  const file = readFileSync(path);
  const line = file.indexOf(10);
  let head;
  try {
    head = JSON.parse(file.toString('utf8', 0, Math.max(0, line)));
  } catch {
    throw new Error('its first line cannot be read');
  }
  const Numbers = { Float64Array, Float32Array }[head.type];
  if (head.galaxies !== 1 || !Numbers) throw new Error('it is of an unknown form');
  const body = file.subarray(line + 1);
  const expected = head.count * Numbers.BYTES_PER_ELEMENT;
  if (body.length !== expected)
    throw new Error(`it has ${body.length} bytes of numbers instead of ${expected}`);
  const numbers = new Numbers(Uint8Array.from(body).buffer);
  if (hashOf(numbers) !== head.sha256) throw new Error('its checksum is wrong');
  return { step: head.step, origin: head.origin, sha256: head.sha256, numbers };
}

// Newest first.
function checkpointsIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^checkpoint_\d+\.state$/.test(name))
    .toSorted()
    .toReversed();
}

export function writeCheckpoint(folder, state) {
  const path = join(folder, `checkpoint_${String(state.step).padStart(6, '0')}.state`);
  writeState(path, state);
  for (const old of checkpointsIn(folder).slice(KEPT)) rmSync(join(folder, old), { force: true });
  return path;
}

// The newest whole checkpoint that came from this start. Others are set aside, not deleted.
export function newestCheckpoint(folder, origin) {
  for (const name of checkpointsIn(folder)) {
    const path = join(folder, name);
    let problem;
    try {
      const state = readState(path);
      if (state.origin === origin) return state;
      problem = 'it belongs to another start';
    } catch (error) {
      if (error.syscall) throw error;
      problem = error.message;
    }
    renameSync(path, `${path}.bad`);
    console.log(`checkpoint ${name} is set aside as ${name}.bad: ${problem}`);
  }
  return undefined;
}
