import type { ReactNode } from 'react';
import { durationInWords, exactDurationInWords } from '../../shared/model/durations-in-words';
import { useNow, useToday } from './useNow';
import { momentInFull, momentInWords } from './words';

/** How long something took, or has taken until now. */
export function Elapsed(props: { readonly from: number | null; readonly to: number | null }): ReactNode {
  const { from, to } = props;
  const now = useNow(from !== null && to === null);
  if (from === null) return <span className="faint">–</span>;
  const title = to === null ? `Since ${momentInFull(from)}` : `${momentInFull(from)} to ${momentInFull(to)}`;
  return (
    <span title={title}>{to === null ? durationInWords(now - from) : exactDurationInWords(to - from)}</span>
  );
}

/** When something was, by the clock on the wall here. */
export function Moment(props: { readonly at: number }): ReactNode {
  const today = useToday();
  return (
    <time dateTime={new Date(props.at).toISOString()} title={momentInFull(props.at)}>
      {momentInWords(props.at, today)}
    </time>
  );
}
