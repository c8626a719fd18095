import type { Random } from './random';
import type { Timeline } from './timeline';

const longestHold = 600_000;

/** What lies between the Host and a machine. Outlives both; messages may overtake each other at any time. */
export class Wire {
  isCut = false;
  isFlaky = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  carry(deliver: () => void): void {
    const { random } = this;
    if (this.isCut) {
      // What was under way may arrive when nobody expects it any more.
      if (random.chance(0.3)) this.timeline.after(random.whole(1000, longestHold), deliver);
      return;
    }
    if (this.isFlaky && random.chance(0.2)) return;
    const copies = this.isFlaky && random.chance(0.2) ? 2 : 1;
    for (let i = 0; i < copies; i++)
      this.timeline.after(random.whole(1, this.isFlaky ? 20_000 : 40), deliver);
  }
}
