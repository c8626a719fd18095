/** The pipeline that is being put together: it stays when its page or Drover is closed. */
import { useSyncExternalStore } from 'react';
import { emptySketch } from './model/sketch';
import type { Sketch } from './model/sketch';
import { redone, stepped, stepsFrom, undone } from './model/steps';
import type { Steps } from './model/steps';

const place = 'drover.pipeline';

/** The shape of what is kept may change with Drover: then what is there is let go. */
interface Kept {
  readonly version: 1;
  readonly sketch: Sketch;
}

function read(): Sketch {
  try {
    const kept: Kept | null = JSON.parse(localStorage.getItem(place) ?? 'null');
    return kept?.version === 1 ? kept.sketch : emptySketch;
  } catch {
    return emptySketch;
  }
}

let steps: Steps<Sketch> = stepsFrom(read());
const listeners = new Set<() => void>();

function set(next: Steps<Sketch>): void {
  const isSame = next.present === steps.present;
  steps = next;
  if (!isSame) {
    const kept: Kept = { version: 1, sketch: next.present };
    try {
      localStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // There is no more room: it is kept until the window closes.
    }
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSteps = (): Steps<Sketch> => useSyncExternalStore(subscribe, () => steps);
export const sketchNow = (): Sketch => steps.present;

/** `of`: as for stepped. */
export const change = (make: (sketch: Sketch) => Sketch, of: string | null = null): void =>
  set(stepped(steps, make(steps.present), of));
export const undo = (): void => set(undone(steps));
export const redo = (): void => set(redone(steps));
/** As it was when it was last saved as a file. */
let saved: Sketch | null = null;
export const noteSaved = (sketch: Sketch): void => {
  saved = sketch;
};
export const isSaved = (): boolean => steps.present === saved;

/** Another one, of which nothing was before. */
export const begin = (sketch: Sketch): void => set(stepsFrom(sketch));
