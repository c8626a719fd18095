/** In milliseconds. A look may be a way to a node and back. */
const shortest = 150;
const longest = 1000;

/** How soon to look again: the longer nothing comes, the later. */
export class Pace {
  pause = shortest;

  looked(hadNews: boolean): void {
    this.pause = hadNews ? shortest : Math.min(longest, this.pause * 1.5);
  }
}
