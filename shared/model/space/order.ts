/** In which order the tasks of a step have their turn: some give a first impression earlier. */
export type TaskOrder =
  | { readonly kind: 'reverse' }
  /** Every so many-th, then those that follow them, and so on. */
  | { readonly kind: 'every'; readonly stride: number }
  | { readonly kind: 'middleOut' };

/** What comes at this turn, of `count`. */
export function positionAt(order: TaskOrder, count: number, turn: number): number {
  switch (order.kind) {
    case 'reverse':
      return count - 1 - turn;
    case 'every':
      return strided(count, order.stride, turn);
    case 'middleOut': {
      const middle = Math.floor((count - 1) / 2);
      return turn % 2 === 0 ? middle - turn / 2 : middle + (turn + 1) / 2;
    }
  }
}

/** The first rounds through all of them are one longer, where the stride does not divide their number. */
function strided(count: number, stride: number, turn: number): number {
  const short = Math.floor(count / stride);
  const longer = count % stride;
  const inLonger = longer * (short + 1);
  if (turn < inLonger) return Math.floor(turn / (short + 1)) + (turn % (short + 1)) * stride;
  const rest = turn - inLonger;
  return longer + Math.floor(rest / short) + (rest % short) * stride;
}
