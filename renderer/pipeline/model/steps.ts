/** What was before and after, for undo and redo. */
export interface Steps<State> {
  readonly present: State;
  readonly past: readonly State[];
  readonly future: readonly State[];
  /** What the last step was of: more of the same belongs to it. Null: nothing does. */
  readonly of: string | null;
}

const most = 200;

export const stepsFrom = <State>(present: State): Steps<State> => ({
  present,
  past: [],
  future: [],
  of: null,
});

/** `of`: such as the field that is typed in, of which each letter is no step of its own. */
export function stepped<State>(steps: Steps<State>, next: State, of: string | null): Steps<State> {
  if (next === steps.present) return steps;
  const isSame = of !== null && of === steps.of && steps.past.length > 0;
  const past = isSame ? steps.past : [...steps.past, steps.present].slice(-most);
  return { present: next, past, future: [], of };
}

export function undone<State>({ present, past, future, of }: Steps<State>): Steps<State> {
  const before = past.at(-1);
  return before === undefined
    ? { present, past, future, of }
    : { present: before, past: past.slice(0, -1), future: [present, ...future], of: null };
}

export function redone<State>({ present, past, future, of }: Steps<State>): Steps<State> {
  const [after, ...rest] = future;
  return after === undefined
    ? { present, past, future, of }
    : { present: after, past: [...past, present], future: rest, of: null };
}
