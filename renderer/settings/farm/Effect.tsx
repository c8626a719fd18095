import type { ReactNode } from 'react';
import type { WhatIf } from '../../../shared/model/forecast';
import { jobHash } from '../../app/route';
import { useToday } from '../../ui/useNow';
import { momentInWords } from '../../ui/words';
import { effectInWords } from './effect-in-words';

/** Which jobs would end at other times. */
export function Effect({ whatIf }: { readonly whatIf: WhatIf }): ReactNode {
  const today = useToday();
  const { summary, rows } = effectInWords(whatIf);
  const end = (at: number | undefined): string => (at === undefined ? 'never' : momentInWords(at, today));
  return (
    <div className="effect">
      <p className="effect-summary" role="status">
        {summary} Nothing is changed yet.
      </p>
      {rows.length > 0 && (
        <table className="effect-table">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Ends now</th>
              <th scope="col">Would end</th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ job, before, after, words, tone }) => (
              <tr key={job}>
                <td>
                  <a className="queue-link" href={jobHash(job)}>
                    {job}
                  </a>
                </td>
                <td>{end(before?.end?.p50)}</td>
                <td>{end(after?.end?.p50)}</td>
                <td className={`effect-${tone}`}>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
