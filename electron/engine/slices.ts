/** Long work without holding up the thread. */
export interface Slices {
  /** Milliseconds of any clock that goes on. */
  readonly now: () => number;
  /** Lets others go first: what setImmediate does. */
  readonly pause: () => Promise<void>;
}

/** After so long the work rests; what it does between two yields comes on top. */
const sliceMs = 3;

/** Null: it was cancelled. */
export async function inSlices<Result>(
  work: Generator<undefined, Result>,
  { now, pause }: Slices,
  cancelled: { readonly aborted: boolean } = { aborted: false },
): Promise<Result | null> {
  for (;;) {
    if (cancelled.aborted) return null;
    for (const start = now(); now() - start < sliceMs;) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
    await pause();
  }
}

/** In one go, where nobody waits for the thread. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
