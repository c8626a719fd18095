/** Where the values of GNU parallel come from, and how they go together. */
import type { PlacedWord } from './parallel-command';

export interface InputSource {
  readonly values: readonly string[];
  /** `:::+`: goes side by side with the one before it. */
  readonly linked: boolean;
}

export interface Inputs {
  readonly command: readonly PlacedWord[];
  readonly sources: readonly InputSource[];
}

/** Those that go side by side. */
export function groupsOf(sources: readonly InputSource[]): readonly (readonly InputSource[])[] {
  const groups: InputSource[][] = [];
  for (const each of sources) {
    const last = groups.at(-1);
    if (each.linked && last !== undefined) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

export const lengthOf = (group: readonly InputSource[]): number =>
  group.reduce((most, { values }) => Math.max(most, values.length), 0);
