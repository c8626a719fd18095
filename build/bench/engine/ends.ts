import type { AttemptId } from '../../../shared/model/ids';

/** When the attempts that run will end: the next first. Bare arrays, so that it costs the run little. */
export class Ends {
  private readonly times: number[] = [];
  private readonly attempts: AttemptId[] = [];

  get size(): number {
    return this.times.length;
  }

  first(): number {
    return this.times[0] ?? Infinity;
  }

  push(time: number, attempt: AttemptId): void {
    const { times, attempts } = this;
    let at = times.length;
    times.push(time);
    attempts.push(attempt);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = times[parent] ?? 0;
      if (above <= time) break;
      times[at] = above;
      attempts[at] = attempts[parent] ?? attempt;
      at = parent;
    }
    times[at] = time;
    attempts[at] = attempt;
  }

  pop(): AttemptId | null {
    const { times, attempts } = this;
    const [first] = attempts;
    const time = times.pop();
    const attempt = attempts.pop();
    if (first === undefined || time === undefined || attempt === undefined) return null;
    const length = times.length;
    if (length === 0) return first;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && (times[child + 1] ?? 0) < (times[child] ?? 0)) child++;
      const below = times[child] ?? 0;
      if (below >= time) break;
      times[at] = below;
      attempts[at] = attempts[child] ?? attempt;
      at = child;
    }
    times[at] = time;
    attempts[at] = attempt;
    return first;
  }
}
