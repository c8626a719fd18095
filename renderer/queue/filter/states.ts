/** The states that are asked for in the text, for the buttons that write into it. */
import { jobStates } from '../../../shared/model/states';
import type { JobState } from '../../../shared/model/states';
import { parseFilter, replacePiece, writeTerm } from './language';
import type { Filter, Term } from './language';

const asksForStates = (term: Term | null): term is Extract<Term, { kind: 'field' }> =>
  term?.kind === 'field' && term.field === 'state' && !term.isNot;

/** Empty: all. */
export function statesIn(filter: Filter): ReadonlySet<JobState> {
  const asked = new Set(filter.terms.flatMap((term) => (asksForStates(term) ? term.values : [])));
  return new Set(jobStates.filter((state) => asked.has(state.toLowerCase())));
}

/** The same text, but for these states; what else is in it stays as it was typed. */
export function withStates(text: string, states: ReadonlySet<JobState>): string {
  const { pieces } = parseFilter(text);
  const asking = pieces.filter(({ term }) => asksForStates(term));
  const values = jobStates.filter((state) => states.has(state)).map((state) => state.toLowerCase());
  const written =
    values.length === 0
      ? ''
      : writeTerm({ kind: 'field', isNot: false, field: 'state', comparison: ':', values });
  const [first, ...others] = asking;
  if (first === undefined) return [text.trim(), written].filter((part) => part !== '').join(' ');
  // From the end, so that the places before stay where they are.
  const rest = others.toReversed().reduce((left, piece) => replacePiece(left, piece, ''), text);
  return replacePiece(rest, first, written);
}
