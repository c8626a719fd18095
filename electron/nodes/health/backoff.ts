const first = 500;
const longest = 60_000;
const lasted = 30_000;

/** How long to wait before a node is reached for again: up to 0.5 s, then up to twice as long each time. */
export class Backoff {
  private ceiling = first;

  /** @param random 0 to 1, as from Math.random: nodes that were lost together are not all sought together */
  constructor(private readonly random: () => number) {}

  /**
   * In whole milliseconds.
   *
   * @param connectedFor how long the connection that was lost had been there, in milliseconds; 0: it never
   *   came to be. One of 30 s was a good one, and all begins anew.
   */
  next(connectedFor: number): number {
    if (connectedFor >= lasted) this.ceiling = first;
    const wait = Math.round(this.random() * this.ceiling);
    this.ceiling = Math.min(longest, this.ceiling * 2);
    return wait;
  }
}
