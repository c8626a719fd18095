/** How the simulated work goes: it follows from the seed and the task, not from when it is looked at. */
import type { AttemptEnd } from '../../../shared/model/attempt';
import type { Step } from '../../../shared/model/batch';
import type { Order } from '../effects';
import { hashOf, Random } from './random';

export interface Run {
  /** Null: it goes on until it is stopped. */
  readonly lasts: number | null;
  readonly end: AttemptEnd;
  readonly value: number | null;
  /** So long it takes to end when it is asked to. */
  readonly endsIn: number;
  /** So long it takes to save its work when it is asked to; null: it does not listen. */
  readonly savesIn: number | null;
}

export const valueName = 'loss';

/** What a step's tasks are like, kept where a script would look for it. */
export function character(seconds: number, failsPercent: number, hangsPercent: number): Step['environment'] {
  return { SECONDS: String(seconds), FAILS: String(failsPercent), HANGS: String(hangsPercent) };
}

/** `turn`: how many times the task has been begun before. */
export function runOf(seed: number, { batchName, job, step, task }: Order, turn: number): Run {
  const random = new Random(hashOf(`${seed} ${batchName} ${job} ${step.name} ${task} ${turn}`));
  const of = (name: string): number => Number(step.environment[name] ?? 0);
  const hangs = step.timeoutMs !== null && random.chance(of('HANGS') / 100);
  const lasts = Math.round(of('SECONDS') * 1000 * (0.2 + 1.6 * random.next()));
  return {
    lasts: hangs ? null : Math.max(1, lasts),
    end: random.chance(of('FAILS') / 100) ? badEnd(random) : { kind: 'exited', code: 0 },
    value: random.chance(0.5) ? random.whole(0, 10) : null,
    endsIn: random.chance(0.2) ? random.whole(5000, 15_000) : random.whole(1, 2000),
    savesIn: random.chance(0.7) ? random.whole(10, random.pick(2000, 40_000)) : null,
  };
}

function badEnd(random: Random): AttemptEnd {
  switch (random.whole(0, 5)) {
    case 0:
      return { kind: 'signalled', signal: 9 };
    case 1:
    case 2:
      return { kind: 'outOfMemory' };
    case 3:
      return { kind: 'timedOut' };
    default:
      return { kind: 'exited', code: random.whole(1, 4) };
  }
}

/** Whether the files of an edge are there when they are looked for. */
export function filesAreThere(seed: number, edge: number): boolean {
  return new Random(hashOf(`${seed} files ${edge}`)).chance(0.8);
}

/** Now and then a node has no process left to give. */
export function isRefused(seed: number, { batchName, job, step, task }: Order, turn: number): boolean {
  return new Random(hashOf(`${seed} refused ${batchName} ${job} ${step.name} ${task} ${turn}`)).chance(0.01);
}
