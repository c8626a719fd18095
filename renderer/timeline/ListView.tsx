import { IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TimelineJob } from '../../shared/ipc/timeline';
import type { JobId } from '../../shared/model/ids';
import { jobHash, nodeHash } from '../app/route';
import { Notice } from '../ui/Notice';
import { Moment } from '../ui/Time';
import { countInWords, numberInWords } from '../ui/words';
import type { Listed } from './listed';
import { stateInWords } from './Tip';

/** What the chart shows, as a table: for those who would rather read it, or have it read to them. */
export function ListView(props: {
  readonly listed: Listed;
  readonly jobs: ReadonlyMap<JobId, TimelineJob>;
}): ReactNode {
  const { items, left } = props.listed;
  if (items.length === 0)
    return (
      <Notice
        icon={<IconZoomQuestion size={28} stroke={1.5} aria-hidden />}
        title="Nothing ran in this time, and nothing is expected"
      >
        Show more time, or go to another one.
      </Notice>
    );
  return (
    <div
      className="timeline-list"
      role="region"
      aria-label="List of what ran and will run"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must be able to scroll it
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Job</th>
            <th scope="col">What</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ key, node, bar }) => (
            <tr key={key}>
              <td>{node.isAdded ? node.name : <a href={nodeHash(node.id)}>{node.name}</a>}</td>
              <td>
                <a href={jobHash(bar.job)}>{props.jobs.get(bar.job)?.name ?? bar.job}</a>
              </td>
              <td>{'tasks' in bar ? countInWords(bar.tasks, 'task') : whatRan(bar)}</td>
              <td>
                <Moment at={bar.from} />
              </td>
              <td>{bar.to === null ? 'still runs' : <Moment at={bar.to} />}</td>
              <td>{'tasks' in bar ? 'expected' : stateInWords(bar)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <p className="timeline-list-more">{numberInWords(left)} more: show less time to see them.</p>
      )}
    </div>
  );
}

const whatRan = ({ task, attempts }: { readonly task: number | null; readonly attempts: number }): string =>
  task === null ? countInWords(attempts, 'attempt') : `Task ${numberInWords(task + 1)}`;
