/** Whether a checkpoint is whole, by what its rule says of each of its files. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
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
  const file = await open(join(folder, path));
  try {
    const read = async (length: number, position: number): Promise<string> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, position));
      return buffer.subarray(0, bytesRead).toString('hex');
    };
    if ((await read(begins.length / 2, 0)) !== begins) return `${path} does not begin as it should`;
    const length = ends.length / 2;
    return (await read(length, bytes - length)) === ends ? null : `${path} is cut short: its end is missing`;
  } finally {
    await file.close();
  }
}
