/** GROMACS mdrun: a simulation with `-v`, or an energy minimisation. */
import type { Parser, Progress } from './parser';
import { count, partOf, timeLeft } from './words';

interface State extends Progress {
  /** Null: it goes on until it is stopped. */
  readonly total: number | null;
}

const starting = /^starting mdrun '/;
const minimiser = /^(?:Steepest Descents|Polak-Ribiere Conjugate Gradients|Low-Memory BFGS Minimizer):$/;
const steps = /^(-?\d+) steps, +(?:[\d.]+|infinite) ps/;
const step = /^step (\d+)(?:, remaining wall clock time: +(\d+) s|, will finish (.+?))? *$/;
const minimising = /^Step[= ] *(\d+), (?:Dmax|Epot)= ?/;

const begun: State = { fraction: null, phrase: null, total: null };

export const gromacs: Parser<State> = {
  recognises: (line) =>
    starting.test(line) || minimiser.test(line) || /^ *:-\) GROMACS - gmx mdrun, /.test(line),
  start: () => begun,
  read: (line, state) => {
    if (starting.test(line) || minimiser.test(line)) return begun;
    const total = /^ +Number of steps += +(\d+)$/.exec(line)?.[1] ?? steps.exec(line)?.[1];
    if (total !== undefined) return { ...state, total: Number(total) < 0 ? null : Number(total) };
    const [, done, left, finish] = step.exec(line) ?? [];
    if (done !== undefined) return simulated(state, Number(done), left, finish);
    const minimised = minimising.exec(line)?.[1];
    return minimised === undefined ? state : minimisedTo(state, Number(minimised));
  },
};

function simulated(state: State, done: number, left?: string, finish?: string): State {
  const { total } = state;
  const of = total === null ? '' : ` of ${count(total)}`;
  // `Sat Nov 21 20:17:41 2026`: neither its seconds nor its year are worth the room.
  const until = finish === undefined ? '' : `, will finish ${finish.replace(/:\d\d \d{4}$/, '')}`;
  return {
    total,
    fraction: total === null ? null : partOf(done, total),
    phrase: `Step ${count(done)}${of}${until}${timeLeft(left === undefined ? null : Number(left))}`,
  };
}

/** Most end long before the last step that they may do, so there is no fraction. */
function minimisedTo(state: State, done: number): State {
  const most = state.total === null ? '' : ` of at most ${count(state.total)}`;
  return { ...state, fraction: null, phrase: `Minimising, step ${count(done)}${most}` };
}
