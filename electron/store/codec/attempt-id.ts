import type { AttemptId } from '../../../shared/model/ids';

/** An attempt id is counted up from a prefix that many have in common, so it is kept as the two. */
export interface SplitAttemptId {
  readonly prefix: string;
  /** What the prefix and this number in decimal make up is exactly the id; -1: the prefix alone is. */
  readonly number: number;
}

const zero = 0x30;
const nine = 0x39;
/** So many digits are always exact as a number. */
const mostDigits = 15;

export const isAttemptId = (text: string): text is AttemptId => text.startsWith('a-');

/** Splits ids; ids in a row mostly have one prefix, and to find that out is quicker than to cut it out. */
export class AttemptIdSplitter {
  private prefix = '';

  split(id: AttemptId): SplitAttemptId {
    const first = Math.max('a-'.length, id.length - mostDigits);
    let start = id.length;
    let number = 0;
    for (let scale = 1; start > first; scale *= 10) {
      const digit = id.charCodeAt(start - 1);
      if (digit < zero || digit > nine) break;
      number += (digit - zero) * scale;
      start--;
    }
    // In decimal a number has no zeros in front: these belong to the prefix.
    while (start < id.length - 1 && id.charCodeAt(start) === zero) start++;
    if (start === id.length) return { prefix: id, number: -1 };
    if (start !== this.prefix.length || !id.startsWith(this.prefix)) this.prefix = id.slice(0, start);
    return { prefix: this.prefix, number };
  }
}

export function joinAttemptId(prefix: AttemptId, number: number): AttemptId {
  return number < 0 ? prefix : `${prefix}${number}`;
}
