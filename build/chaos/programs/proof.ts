/** That a program which is interrupted goes on, and comes to what it would have come to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground, Run } from './ground';

export interface Proof {
  readonly title: string;
  /** On the search path; null: it needs none. */
  readonly program: string | null;
  /** What is not as it should be. */
  readonly prove: (ground: Ground, random: () => number) => Promise<readonly string[]>;
}

/** Gathers what is not as it should be. */
export class Complaints {
  readonly all: string[] = [];

  unless(isTrue: boolean, complaint: string): void {
    if (!isTrue) this.all.push(complaint);
  }

  sameBytes(one: Run, other: Run, ...names: readonly string[]): void {
    for (const name of names) {
      const same = readFileSync(join(one.output, name)).equals(readFileSync(join(other.output, name)));
      this.unless(same, `${name} is not what it is when nothing is killed`);
    }
  }

  /** That all of its attempts but the last were killed, and that none began anew without need. */
  async wentOn(ground: Ground, run: Run, kills: number): Promise<void> {
    this.unless((await run.ended) === 'COMPLETED', `${run.job} is ${await run.ended}`);
    const attempts = await ground.attempts(run);
    this.unless(attempts.length === kills + 1, `${attempts.length} attempts after ${kills} kills`);
    for (const [index, { node }] of attempts.entries())
      this.unless(node !== attempts[index + 1]?.node, `it went on at ${node}, where it was killed`);
    const anew = (await ground.history(run)).filter((what) => what.includes('began anew'));
    this.all.push(...anew);
  }
}

/** Of a PNG file, compressed; beside them stands when it was rendered. */
export function pixelsIn(path: string): string {
  const file = readFileSync(path);
  const pixels: Buffer[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      pixels.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(pixels).toString('base64');
}
