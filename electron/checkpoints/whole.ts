/** Whether a checkpoint is whole, by what its rule says of each of its files. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { WholeRule } from '../../shared/model/checkpoint';
import type { Candidate, CandidateFile } from './candidates';

/** Why it is not; null: it is. */
export async function flawOf(
  folder: string,
  { name, files }: Pick<Candidate, 'name' | 'files'>,
  rule: WholeRule,
): Promise<string | null> {
  for (const held of rule.holds)
    if (!files.some(({ path }) => path === `${name}/${held}` || path.endsWith(`/${held}`)))
      return `there is no ${held} in it`;
  for (const file of files) {
    const { path, bytes } = file;
    if (bytes < rule.leastBytes) return `${path} has ${bytes} bytes, and ${rule.leastBytes} are the least`;
    if (rule.begins === '' && rule.ends === '') continue;
    const flaw = await endsFlaw(folder, file, rule);
    if (flaw !== null) return flaw;
  }
  return null;
}

async function endsFlaw(
  folder: string,
  { path, bytes }: CandidateFile,
  { begins, ends }: WholeRule,
): Promise<string | null> {
  const [first, last] = [begins.length / 2, ends.length / 2];
  const found = path.endsWith('.gz')
    ? await unpackedEndsOf(join(folder, path), first, last)
    : await endsOf(join(folder, path), bytes, first, last);
  if (found === null) return `${path} is cut short: it cannot be unpacked`;
  if (found.begins !== begins) return `${path} does not begin as it should`;
  return found.ends === ends ? null : `${path} is cut short: its end is missing`;
}

/** In hexadecimal. */
type Ends = Pick<WholeRule, 'begins' | 'ends'>;

async function endsOf(path: string, bytes: number, first: number, last: number): Promise<Ends> {
  const file = await open(path);
  try {
    const read = async (length: number, position: number): Promise<string> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, position));
      return buffer.subarray(0, bytesRead).toString('hex');
    };
    return { begins: await read(first, 0), ends: await read(last, bytes - last) };
  } finally {
    await file.close();
  }
}

/** Of what a program has compressed; null: it is not all there. */
async function unpackedEndsOf(path: string, first: number, last: number): Promise<Ends | null> {
  let [begins, ends] = [Buffer.alloc(0), Buffer.alloc(0)];
  try {
    await pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        if (begins.length < first) begins = Buffer.concat([begins, chunk]).subarray(0, first);
        const tail = Buffer.concat([ends, chunk.subarray(Math.max(0, chunk.length - last))]);
        ends = tail.subarray(Math.max(0, tail.length - last));
      }
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return null;
    throw error;
  }
  return { begins: begins.toString('hex'), ends: ends.toString('hex') };
}
