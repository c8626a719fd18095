import type { ReactNode } from 'react';
import type { ExpectedEnd } from '../../shared/model/forecast';
import { Moment } from '../ui/Time';

/** Half of the time it has ended by the first, nearly always by the second. */
export function ExpectedMoment({ end }: { readonly end: ExpectedEnd }): ReactNode {
  return (
    <>
      <Moment at={end.p50} />
      {end.p90 - end.p50 >= 60_000 && (
        <>
          {' to '}
          <Moment at={end.p90} />
        </>
      )}
      {end.isGuess && <span className="faint"> (a guess)</span>}
    </>
  );
}
