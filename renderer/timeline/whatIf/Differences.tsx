import { Loader } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TimelineWhatIf } from '../../../shared/ipc/timeline';
import { durationInWords } from '../../../shared/model/durations-in-words';
import { stuckInWords } from '../../../shared/model/forecast';
import type { JobDifference, JobForecast } from '../../../shared/model/forecast';
import { jobHash } from '../../app/route';
import { countInWords, momentInWords } from '../../ui/words';
import type { Tried } from './useWhatIf';

/** Which jobs would end at another time. */
export function Differences(props: {
  readonly tried: Tried;
  readonly now: number;
  readonly isEmpty: boolean;
}): ReactNode {
  const { tried, now } = props;
  if (props.isEmpty)
    return (
      <p className="timeline-hint">
        Change something here: the timeline shows what would be. Nothing happens until you apply it.
      </p>
    );
  switch (tried.kind) {
    case 'nothing':
      return null;
    case 'refused':
      return <p className="timeline-trouble">{tried.refusal.message}</p>;
    case 'working':
      return (
        <div className="timeline-working" role="status">
          <Loader size={14} color="gray" /> Working it out …
        </div>
      );
    case 'found':
      return <Found found={tried.found} now={now} />;
  }
}

function Found({ found, now }: { readonly found: TimelineWhatIf; readonly now: number }): ReactNode {
  const { differences, left, jobs, isCut } = found;
  const names = new Map(jobs.map((job) => [job.id, job]));
  if (differences.length === 0)
    return (
      <p className="timeline-hint" role="status">
        No job would end at another time.
      </p>
    );
  return (
    <div role="status">
      <h3>Ends</h3>
      <ul className="timeline-differences">
        {differences.map((difference) => (
          <li key={difference.job}>
            <a href={jobHash(difference.job)} className="timeline-difference-name">
              {names.get(difference.job)?.name ?? difference.job}{' '}
              <span className="faint">{names.get(difference.job)?.batchName ?? ''}</span>
            </a>
            <span className="timeline-difference-ends">
              {endInWords(difference.before, now)}
              <IconArrowRight size={13} aria-label="would be" />
              {endInWords(difference.after, now)}
            </span>
            <Change {...difference} />
          </li>
        ))}
      </ul>
      {left > 0 && <p className="faint">{countInWords(left, 'more job')} would end at another time.</p>}
      {isCut && <p className="faint">There is too much to draw all of it.</p>}
    </div>
  );
}

function endInWords(forecast: JobForecast | null, now: number): string {
  if (forecast === null) return 'not there';
  const { end, stuck } = forecast;
  if (end !== null) return momentInWords(end.p50, now);
  return stuck === null ? 'never' : `never: ${stuckInWords(stuck)}`;
}

/** To the second; less is nothing. */
function Change({ milliseconds, before, after }: JobDifference): ReactNode {
  if (milliseconds === null) return <span className="faint">{changeWithoutEnd(before, after)}</span>;
  if (Math.abs(milliseconds) < 1000) return <span className="faint">about the same</span>;
  const isLater = milliseconds > 0;
  return (
    <span className={isLater ? 'timeline-later' : 'timeline-earlier'}>
      {durationInWords(Math.abs(milliseconds))} {isLater ? 'later' : 'earlier'}
    </span>
  );
}

function changeWithoutEnd(before: JobForecast | null, after: JobForecast | null): string {
  if ((before?.end ?? null) === null) return (after?.end ?? null) === null ? 'no end' : 'would end';
  return 'would not end';
}
