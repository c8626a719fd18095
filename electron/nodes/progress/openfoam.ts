/** OpenFOAM: the solvers that go through time. Its end is told only by the lines of system/controlDict. */
import type { Parser, Progress } from './parser';
import { partOf } from './words';

interface State extends Progress {
  readonly start: number;
  /** Null: not told. */
  readonly end: number | null;
}

const number = String.raw`(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)`;
const banner = /^\| +\\\\ +\/ +F ield +\| (?:OpenFOAM|foam-extend): /;
const setting = new RegExp(`^(startTime|endTime)\\s+${number};`);
const time = new RegExp(`^Time = ${number}s?$`);

export const openfoam: Parser<State> = {
  recognises: (line) => banner.test(line) || setting.test(line),
  start: () => ({ fraction: null, phrase: null, start: 0, end: null }),
  read: (line, state) => {
    const [, name, value] = setting.exec(line) ?? [];
    if (name === 'startTime') return { ...state, start: Number(value) };
    if (name === 'endTime') return { ...state, end: Number(value) };
    const now = time.exec(line)?.[1];
    if (now === undefined) return state;
    const { start, end } = state;
    return {
      ...state,
      fraction: end === null ? null : partOf(Number(now) - start, end - start),
      phrase: end === null ? `Time ${now}` : `Time ${now} of ${end}`,
    };
  },
};
