import { crc32 } from 'node:zlib';
import type { AttemptEnd } from '../../../shared/model/attempt';
import type { NextState } from '../../engine/facts';

/**
 * The facts of one append as bytes, a body. Nearly all facts are assignments and ends of attempts;
 * these are packed into ten to twenty bytes each, all others are JSON. Numbers are those that JSON has.
 *
 * A body: format, checksum of all that follows, number of facts, facts. A fact: tag, fields. A text
 * is written where it is first used, and after that by its index. Times, tasks and the numbers of
 * attempts are written as the distance from the one before.
 *
 * All these numbers are on people's disks: they never change, nor the order of the lists.
 */
export const format = 1;
export const headerLength = 5;

export const tags = { json: 0, assigned: 1, finished: 2, finishedAndMore: 3 } as const;
/** The old ones did not say how long the attempt ran; no node ever wrote them. */
export const usageForms = { none: 0, oldWhole: 1, oldFloats: 2, told: 3 } as const;
/** Without `floats`, memory is in whole KiB, as systems count it. */
export const usageMore = { peak: 1, floats: 2 } as const;
export const more = { until: 1, memoryMiB: 2 } as const;
export const endKinds = [
  'exited',
  'signalled',
  'stopped',
  'timedOut',
  'outOfMemory',
  'lost',
  'notStarted',
  'notFetched',
] as const satisfies readonly AttemptEnd['kind'][];
export const nextStates: readonly NextState[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED', 'PENDING'];

export const checksumOf = (body: Uint8Array): number => crc32(body.subarray(headerLength));

/** Why the body cannot be read; null: it is as it was written. */
export function damageOf(body: Uint8Array): string | null {
  if (body.length <= headerLength) return 'it is cut short';
  if (body[0] !== format) return `its format ${body[0]} is not known`;
  const stored = new DataView(body.buffer, body.byteOffset).getUint32(1, true);
  return stored === checksumOf(body) ? null : 'its checksum is wrong';
}
