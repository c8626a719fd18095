/** Blender, with Cycles or EEVEE: one frame, several in one run, or a film. */
import type { Parser, Progress } from './parser';
import { capitalised, count, partOf, secondsOf, timeLeft } from './words';

interface State extends Progress {
  readonly frames: Frames;
  /** The one that is rendered now. */
  readonly frame: number | null;
  /** Of this frame. */
  readonly began: boolean;
  /** No other was rendered before it. */
  readonly isFirst: boolean;
}

/** What is to be rendered, as the command says: Blender itself does not tell. */
type Frames =
  | { readonly kind: 'single' }
  | { readonly kind: 'range'; readonly first: number; readonly last: number; readonly step: number }
  | { readonly kind: 'unknown' };

const opening = /^Blender \d+\.\d+/;
const line = /^Fra: ?(-?\d+) (.*)$/;

export const blender: Parser<State> = {
  recognises: (text) => opening.test(text) || /^Fra:-?\d+ Mem:/.test(text),
  start: (command) => begin(framesOf(command)),
  read: (text, state) => {
    if (opening.test(text)) return begin(state.frames);
    const [, number, rest] = line.exec(text) ?? [];
    if (number !== undefined && rest !== undefined) return rendering(rest, onFrame(state, Number(number)));
    const appended = /^Append frame (-?\d+)$/.exec(text)?.[1];
    if (appended !== undefined) return saved(onFrame(state, Number(appended)));
    return text.startsWith("Saved: '") || text.startsWith('skipping existing frame ') ? saved(state) : state;
  },
};

const begin = (frames: Frames): State => ({
  ...{ fraction: null, phrase: null, frames },
  ...{ frame: null, began: false, isFirst: true },
});

function framesOf(command: string): Frames {
  const number = (names: string): number | null => {
    const found = new RegExp(String.raw`(?:^|\s)(?:${names})\s+(-?\d+)(?=\s|$)`).exec(command)?.[1];
    return found === undefined ? null : Number(found);
  };
  if (!/(?:^|\s)(?:-a|--render-anim)(?=\s|$)/.test(command)) return { kind: 'single' };
  const first = number('-s|--frame-start');
  const last = number('-e|--frame-end');
  const step = number('-j|--frame-jump') ?? 1;
  return first !== null && last !== null && last >= first && step > 0
    ? { kind: 'range', first, last, step }
    : { kind: 'unknown' };
}

const onFrame = (state: State, frame: number): State =>
  frame === state.frame ? state : { ...state, frame, began: false, isFirst: state.frame === null };

function rendering(text: string, state: State): State {
  const tiles = /\| Rendered (\d+)\/(\d+) Tiles/.exec(text);
  const samples = tiles ?? /\| (?:Sample|Rendering) (\d+) ?\/ ?(\d+)(?: samples)?$/.exec(text);
  if (samples === null) return state.began ? state : told(state, 0, 'preparing');
  const [, done = 0, total = 0] = samples.map(Number);
  const left = /\| Remaining:([\d:.]+) /.exec(text)?.[1];
  const part = `${tiles === null ? 'sample' : 'tile'} ${count(done)} of ${count(total)}`;
  // What Blender tells is left of this frame.
  const withLeft = isAlone(state) && left !== undefined;
  return told(
    { ...state, began: true },
    partOf(done, total) ?? 0,
    part + (withLeft ? timeLeft(secondsOf(left)) : ''),
  );
}

const saved = (state: State): State => told({ ...state, began: true }, 1, 'saved');

/** As far as is known, this is the only frame. */
const isAlone = ({ frames, isFirst }: State): boolean => frames.kind === 'single' && isFirst;

/** `ofFrame`: the part of the present frame that is done. */
function told(state: State, ofFrame: number, part: string): State {
  const { frames, frame } = state;
  if (frames.kind !== 'range' || frame === null)
    return { ...state, fraction: isAlone(state) ? ofFrame : null, phrase: phrase(state, part) };
  const { first, last, step } = frames;
  const total = Math.floor((last - first) / step) + 1;
  return { ...state, fraction: partOf((frame - first) / step + ofFrame, total), phrase: phrase(state, part) };
}

function phrase(state: State, part: string): string {
  const { frames, frame } = state;
  if (frame === null || isAlone(state)) return capitalised(part);
  if (frames.kind !== 'range') return `Frame ${frame}, ${part}`;
  const all = frames.first === 1 && frames.step === 1 ? frames.last : `${frames.first} to ${frames.last}`;
  return `Frame ${frame} of ${all}, ${part}`;
}
