/** POV-Ray: one picture, or the frames of an animation. */
import type { Parser, Progress } from './parser';
import { count, partOf } from './words';

interface State extends Progress {
  readonly frame: number;
  readonly frames: number;
}

const opening = /^Persistence of Vision\(tm\) Ray Tracer Version/;
const pixels = /^Rendered (\d+) of (\d+) pixels \(\d+%\)/;

const begun: State = { fraction: null, phrase: null, frame: 1, frames: 1 };

export const povray: Parser<State> = {
  recognises: (line) => opening.test(line) || pixels.test(line),
  start: () => begun,
  read: (line, state) => {
    if (opening.test(line)) return begun;
    const [, frame, frames] = (/^Rendering frame (\d+) of (\d+)/.exec(line) ?? []).map(Number);
    if (frame !== undefined && frames !== undefined) return told({ ...state, frame, frames }, 0, null);
    const [, done, total] = (pixels.exec(line) ?? []).map(Number);
    if (done !== undefined && total !== undefined)
      return told(state, partOf(done, total), `${count(done)} of ${count(total)} pixels`);
    return line === 'POV-Ray finished' ? { ...state, fraction: 1 } : state;
  },
};

/** `ofFrame`: the part of the present frame that is done. */
function told(state: State, ofFrame: number | null, part: string | null): State {
  const { frame, frames } = state;
  const fraction = ofFrame === null ? null : partOf(frame - 1 + ofFrame, frames);
  if (frames === 1) return { ...state, fraction, phrase: part };
  const phrase = `Frame ${count(frame)} of ${count(frames)}${part === null ? '' : `, ${part}`}`;
  return { ...state, fraction, phrase };
}
