/** LAMMPS: the table of a run; how many steps it has is told only with `-echo screen`. */
import type { Parser, Progress } from './parser';
import { capitalised, count, partOf, timeLeft } from './words';

interface State extends Progress {
  /** Counts the runs of the input. */
  readonly run: number;
  readonly wanted: { readonly steps: number; readonly isLast: boolean } | null;
  readonly isMinimising: boolean;
  /** Names of the columns, while a table is written. */
  readonly columns: readonly string[] | null;
  readonly first: number | null;
}

const opening = /^LAMMPS \(\d{1,2} [A-Z][a-z]{2} \d{4}/;
const runCommand = /^\s*run\s+(\d+)(\s+upto)?(?=\s|$)/;

const begun: State = {
  ...{ fraction: null, phrase: null, run: 0, wanted: null },
  ...{ isMinimising: false, columns: null, first: null },
};

export const lammps: Parser<State> = {
  recognises: (line) => opening.test(line),
  start: () => begun,
  read: (line, state) => {
    if (opening.test(line)) return begun;
    const [, steps, upto] = runCommand.exec(line) ?? [];
    if (steps !== undefined)
      return { ...state, wanted: { steps: Number(steps), isLast: upto !== undefined }, isMinimising: false };
    if (/^Setting up \S+ style minimization/.test(line))
      return { ...state, wanted: null, isMinimising: true };
    if (line.startsWith('Loop time of ')) return ended(state);
    if (/^\s*Step\s+\S/.test(line))
      return { ...state, run: state.run + 1, columns: line.trim().split(/\s+/), first: null };
    return row(line, state);
  },
};

function row(line: string, state: State): State {
  const { columns } = state;
  if (columns === null || !/^\s*\d+\s/.test(line)) return state;
  const values = line.trim().split(/\s+/).map(Number);
  if (values.length !== columns.length || values.some(Number.isNaN)) return state;
  const [step = 0] = values;
  const first = state.first ?? step;
  const left = values[columns.indexOf('CPULeft')] ?? null;
  return told({ ...state, first }, step, left);
}

function told(state: State, step: number, left: number | null): State {
  const { run, wanted, first, isMinimising } = state;
  const start = first ?? step;
  const last = wanted === null ? null : wanted.isLast ? wanted.steps : start + wanted.steps;
  const words = `step ${count(step)}${last === null ? '' : ` of ${count(last)}`}${timeLeft(left)}`;
  const before = [run > 1 ? `run ${run}` : '', isMinimising ? 'minimising' : ''];
  return {
    ...state,
    fraction: last === null ? null : last === start ? 1 : partOf(step - start, last - start),
    phrase: capitalised([...before, words].filter((part) => part !== '').join(', ')),
  };
}

/** How many runs follow, nobody knows. */
const ended = (state: State): State => ({
  ...state,
  ...{ wanted: null, isMinimising: false, columns: null, first: null },
  fraction: state.wanted === null ? state.fraction : 1,
});
