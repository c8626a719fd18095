/** What stands in the cells of the queue that need more than a word. */
import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconClock,
  IconClockExclamation,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { amountsInWords } from '../../shared/model/amounts';
import type { Request } from '../../shared/model/amounts';
import { durationInWords } from '../../shared/model/durations-in-words';
import type { ExpectedEnd } from '../../shared/model/forecast';
import { isEnded } from '../../shared/model/states';
import { KindIcon, PriorityMark } from '../ui/StateMark';
import { Moment } from '../ui/Time';
import { useNow } from '../ui/useNow';
import { capitalised, momentInFull, momentInWords, numberInWords } from '../ui/words';
import { standingOf } from './deadline';
import type { Standing } from './deadline';
import type { RunRow } from './rows';
import { sumOf } from './sums';

interface Props {
  readonly row: RunRow;
}

const none = <span className="faint">–</span>;

/** A batch tells of its jobs what they tell themselves only while they are folded. */
export function KindOf({ row }: Props): ReactNode {
  if (row.kind === 'batch' && row.isExpanded) return null;
  const kind = row.kind === 'job' ? row.job.kind : sumOf(row.all).kind;
  if (kind === null) return <span className="faint">Several</span>;
  return (
    <span className="state-mark">
      <KindIcon kind={kind} />
      {capitalised(kind)}
    </span>
  );
}

export function PriorityOf({ row }: Props): ReactNode {
  if (row.kind === 'batch' && row.isExpanded) return null;
  const priority = row.kind === 'job' ? row.job.priority : sumOf(row.all).priority;
  return priority === null ? null : <PriorityMark priority={priority} />;
}

export function EndOf({ row }: Props): ReactNode {
  const { endedAt, state } = row.kind === 'batch' ? row.batch : row.job;
  if (endedAt !== null && isEnded(state)) return <Moment at={endedAt} />;
  const end = row.kind === 'batch' ? sumOf(row.all).end : row.job.end;
  return end === null ? none : <Expected end={end} />;
}

const apart = 60_000;

function Expected({ end }: { readonly end: ExpectedEnd }): ReactNode {
  const now = useNow();
  const { p50, p90, isGuess } = end;
  const latest = p90 - p50 >= apart ? ` – ${momentInWords(p90, p50)}` : '';
  const words = `Half of the time by ${momentInFull(p50)}, nine times of ten by ${momentInFull(p90)}`;
  return (
    <span className="faint" title={isGuess ? `${words}. A guess: nothing like it has ended yet` : words}>
      {`≈ ${momentInWords(p50, now)}${latest}${isGuess ? ' ?' : ''}`}
    </span>
  );
}

export function DeadlineOf({ row }: Props): ReactNode {
  const job = row.kind === 'job' ? row.job : sumOf(row.all).pressing;
  const now = useNow(job !== null && job.deadline !== null && !isEnded(job.state));
  const standing = job === null ? null : standingOf(job, now);
  if (standing !== null) return <Slack standing={standing} now={now} />;
  return job?.deadline == null ? none : <Moment at={job.deadline} />;
}

const slackIcons: Readonly<Record<Standing['kind'], Icon>> = {
  met: IconCircleCheck,
  missed: IconAlertTriangleFilled,
  late: IconAlertTriangleFilled,
  close: IconClockExclamation,
  fine: IconClock,
};

function Slack({ standing, now }: { readonly standing: Standing; readonly now: number }): ReactNode {
  const { kind, deadline } = standing;
  const Shape = slackIcons[kind];
  return (
    <span
      className={`queue-slack queue-slack-${kind}`}
      title={`${capitalised(slackInFull(standing, now))}. Deadline: ${momentInFull(deadline)}`}
    >
      <Shape size={15} stroke={1.8} aria-hidden />
      <span>{momentInWords(deadline, now)}</span>
      <span className="queue-slack-words">{slackInWords(standing)}</span>
    </span>
  );
}

function slackInWords({ kind, slack }: Standing): string {
  // Seconds matter only where there is nothing else.
  const time = durationInWords(Math.abs(slack)).replace(/(?<=min) \d+ s$/, '');
  return kind === 'late' || kind === 'missed' ? `${time} late` : kind === 'met' ? 'met' : time;
}

function slackInFull({ kind, slack, deadline }: Standing, now: number): string {
  const time = durationInWords(Math.abs(slack));
  switch (kind) {
    case 'met':
      return `it was done ${time} before its deadline`;
    case 'missed':
      return `it was done ${time} after its deadline`;
    case 'late':
      return deadline < now
        ? `its deadline was ${time} ago`
        : `it is expected to end ${time} after its deadline`;
    case 'close':
      return `it is expected to end ${time} before its deadline, but may well be late`;
    case 'fine':
      return `${time} to spare`;
  }
}

export function NodesOf({ row }: Props): ReactNode {
  const nodes = row.kind === 'job' ? row.job.nodes : sumOf(row.all).nodes;
  if (nodes.length === 0) return none;
  const words = nodes.length > 2 ? `${numberInWords(nodes.length)} nodes` : nodes.join(', ');
  return <span title={nodes.join(', ')}>{words}</span>;
}

/** In a cell: whole nodes, or what is not zero. */
export function requestInWords(request: Request): string {
  const { special, cores } = request;
  return cores === 'exclusive' ? 'A whole node' : capitalised(amountsInWords(request, special));
}
