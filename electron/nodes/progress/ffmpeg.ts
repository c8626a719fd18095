/** ffmpeg: the line that it keeps writing over, and the keys and values of `-progress`. */
import type { Parser, Progress } from './parser';
import { clock, count, partOf, secondsOf, timeLeft } from './words';

interface State extends Progress {
  /** Seconds of the longest input. */
  readonly duration: number | null;
  readonly frame: number | null;
  readonly time: number | null;
  readonly speed: number | null;
}

const opening = /^ffmpeg version \S|^Input #0, \S+, from '/;
const time = String.raw`\d{2,}:\d\d:\d\d(?:\.\d+)?`;
const duration = new RegExp(`^ +Duration: (${time}),`);
const overwritten = /^(?:frame=|L?size=)/;
const timeInside = new RegExp(`\\btime=(${time})`);
const keyAndValue = /^(frame|out_time|speed|progress)= *([^ ]+)$/;

const begun: State = {
  ...{ fraction: null, phrase: null },
  ...{ duration: null, frame: null, time: null, speed: null },
};

export const ffmpeg: Parser<State> = {
  recognises: (line) => opening.test(line) || /^out_time_(?:us|ms)=-?\d+$/.test(line),
  start: () => begun,
  read: (line, state) => {
    if (opening.test(line)) return begun;
    const length = duration.exec(line)?.[1];
    if (length !== undefined) return { ...state, duration: Math.max(state.duration ?? 0, secondsOf(length)) };
    const [, key, value] = keyAndValue.exec(line) ?? [];
    if (key !== undefined && value !== undefined) return readKey(key, value, state);
    if (!overwritten.test(line)) return state;
    const now = told({
      ...state,
      frame: numberOf(/^frame= *(\d+) /.exec(line)?.[1]) ?? state.frame,
      time: secondsIn(timeInside.exec(line)?.[1]) ?? state.time,
      speed: numberOf(/\bspeed= *([\d.]+)x/.exec(line)?.[1]) ?? state.speed,
    });
    return line.includes('Lsize=') ? { ...now, fraction: 1 } : now;
  },
};

function readKey(key: string, value: string, state: State): State {
  switch (key) {
    case 'frame':
      return { ...state, frame: numberOf(value) ?? state.frame };
    case 'speed':
      return { ...state, speed: numberOf(value.replace(/x$/, '')) ?? state.speed };
    case 'out_time':
      return { ...state, time: secondsIn(value) ?? state.time };
    default:
      // The last of each group.
      return value === 'end' ? { ...told(state), fraction: 1 } : told(state);
  }
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text) ? Number(text) : null;
}

const wholeTime = new RegExp(`^${time}$`);

function secondsIn(text: string | undefined): number | null {
  return text !== undefined && wholeTime.test(text) ? secondsOf(text) : null;
}

function told(state: State): State {
  const { duration, time, speed, frame } = state;
  // A picture that is looped, or a film that is slowed down, becomes longer than what goes in.
  if (duration === null || duration === 0 || time === null || time > duration + 1)
    return { ...state, fraction: null, phrase: frame === null ? null : `Frame ${count(frame)}` };
  // Of the first moments, the speed says nothing.
  const left = speed === null || speed === 0 || time < 1 ? null : (duration - time) / speed;
  const phrase = `${clock(time)} of ${clock(duration)}${timeLeft(left)}`;
  return { ...state, fraction: partOf(time, duration), phrase };
}
