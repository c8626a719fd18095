/** What it costs to keep the state of a large simulation, and to keep it again when little of it is new. */
import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, statfsSync, writeSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChunkStore, type KeptFile } from '../../../electron/checkpoints/store/store';
import { withFolder } from '../engine/durable';
import { millisecondsSince, type BenchCase, type Measurement } from '../measure';

const mebibyte = 1 << 20;
const blockBytes = 36 * mebibyte;
const changedPlaces = 16;

export const openChunkStore = async (folder: string): Promise<ChunkStore> => {
  const workerFile = join(import.meta.dirname, 'checkpoint-worker.js');
  return (await ChunkStore.open(join(folder, 'store'), { workerFile, mostBytesASecond: null })).store;
};

/** 2 GiB, where the disk has room for what is made of it and memory for what is read again. */
function bytesOfState(): number {
  const { bavail, bsize } = statfsSync(tmpdir());
  const isRoomy = bavail * bsize > 12 * 2 ** 30 && freemem() > 4 * 2 ** 30;
  return isRoomy ? 2 ** 31 : 2 ** 28;
}

/** Particles: positions and velocities, which do not compress; numbers, kinds and cells, which do. */
function particles(first: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  const count = blockBytes / 72;
  const states = new Float64Array(block.buffer, block.byteOffset, 6 * count);
  const chance = randomFillSync(new Uint32Array(6 * count));
  for (let index = 0; index < states.length; index++)
    states[index] = ((chance[index] ?? 0) + Math.sqrt(index)) / 2 ** 26;
  const numbers = new Float64Array(block.buffer, block.byteOffset + 48 * count, count);
  for (let index = 0; index < count; index++) numbers[index] = first + index;
  const kinds = new Int32Array(block.buffer, block.byteOffset + 56 * count, 4 * count);
  for (let index = 0; index < kinds.length; index++) kinds[index] = index % 4 === 0 ? index % 3 : 0;
  return block;
}

function writeState(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  for (let at = 0; at < bytes; at += blockBytes)
    writeSync(file, particles(at / 72).subarray(0, Math.min(blockBytes, bytes - at)));
  fsyncSync(file);
  closeSync(file);
}

function changeInPlace(path: string, bytes: number): void {
  const piece = Buffer.alloc(Math.round(bytes / 100 / changedPlaces));
  const file = openSync(path, 'r+');
  for (let place = 0; place < changedPlaces; place++)
    writeSync(
      file,
      randomFillSync(piece),
      0,
      piece.length,
      Math.floor(((place + 0.5) * bytes) / changedPlaces),
    );
  fsyncSync(file);
  closeSync(file);
}

function insertAtFront(path: string, longer: string): void {
  const file = openSync(longer, 'w');
  writeSync(file, randomFillSync(Buffer.alloc(mebibyte)));
  closeSync(file);
  execFileSync('sh', ['-c', 'cat "$0" >>"$1" && sync "$1"', path, longer]);
}

async function timed<Result>(work: () => Promise<Result>): Promise<readonly [Result, number]> {
  const start = process.hrtime.bigint();
  const result = await work();
  return [result, millisecondsSince(start) / 1000];
}

export const largeState: BenchCase = {
  name: 'large-state',
  about: 'a state of 2 GiB (256 MiB where room is short) is kept, and again when little of it is new',
  runs: 1,
  run: () =>
    withFolder(async (folder): Promise<readonly Measurement[]> => {
      const bytes = bytesOfState();
      const size = `${bytes / mebibyte} MiB`;
      const path = join(folder, 'state');
      writeState(path, bytes);
      const store = await openChunkStore(folder);
      const speed = (seconds: number): number => bytes / 1e6 / seconds;
      const [, cold] = await timed(() => store.keep(path));
      const [, bare] = await timed(async () => {
        execFileSync('cp', [path, join(folder, 'copy')]);
        execFileSync('sha256sum', [path]);
      });
      execFileSync('rm', [join(folder, 'copy')]);
      changeInPlace(path, bytes);
      const changed = await timed(() => store.keep(path));
      insertAtFront(path, join(folder, 'longer'));
      const inserted = await timed(() => store.keep(join(folder, 'longer')));
      await store.close();
      const again = (what: string, [kept, seconds]: readonly [KeptFile, number]): readonly Measurement[] => [
        {
          case: what,
          value: speed(seconds),
          unit: 'MB/s',
          reference: speed(cold),
          against: 'the same state, the first time',
          target: { of: 'ratio', is: 'least', amount: 3 },
        },
        {
          case: `${what}: new bytes`,
          value: kept.newBytes / mebibyte,
          unit: 'MiB',
          reference: bytes / mebibyte,
          against: 'the state',
          target: { of: 'ratio', is: 'most', amount: 0.05 },
        },
      ];
      return [
        {
          case: `${size}, the first time`,
          value: speed(cold),
          unit: 'MB/s',
          reference: speed(bare),
          against: 'cp and sha256sum, one after the other',
          target: { of: 'ratio', is: 'least', amount: 0.6 },
        },
        ...again(`1% of it changed in ${changedPlaces} places`, changed),
        ...again('1 MiB inserted at its front', inserted),
      ];
    }),
};
