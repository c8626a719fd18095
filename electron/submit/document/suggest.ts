import { nearestName } from '../../../shared/nearest-name';

export { nearestName };

/** ` (did you mean "beauty"?)` for a name that is near to one that exists; otherwise nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === null ? '' : ` (did you mean "${nearest}"?)`;
}
