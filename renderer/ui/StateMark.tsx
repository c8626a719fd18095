import {
  IconBan,
  IconPhoto,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconHelpCircle,
  IconHexagonFilled,
  IconPlayerPauseFilled,
  IconSquareRoundedXFilled,
  IconTerminal2,
  IconTool,
  IconWaveSine,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { JobKind, JobState, NodeState, Priority } from '../../shared/model/states';
import './marks.css';

type Shape = ComponentType<{
  readonly size?: number | string;
  readonly stroke?: number | string;
  readonly className?: string;
  readonly 'aria-hidden'?: boolean;
}>;

/** A disc of which one half is full: under way, also when nothing moves. */
function RunningShape(props: { readonly size?: number | string; readonly className?: string }): ReactNode {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 24 24" className={props.className} aria-hidden>
      <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" strokeWidth="2.4" />
      <path d="M12 6.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </svg>
  );
}

export const stateWords: Readonly<Record<JobState, string>> = {
  PENDING: 'Pending',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

const stateIcons: Readonly<Record<JobState, Shape>> = {
  PENDING: IconCircleDashed,
  QUEUED: IconCircle,
  RUNNING: RunningShape,
  PAUSED: IconPlayerPauseFilled,
  COMPLETED: IconCircleCheckFilled,
  FAILED: IconSquareRoundedXFilled,
  CANCELLED: IconBan,
};

/** The shape of a state in its colour. A word goes with it, here or beside it. */
export function StateIcon(props: { readonly state: JobState; readonly size?: number }): ReactNode {
  const Shape = stateIcons[props.state];
  return (
    <Shape
      className={`state-icon state-icon-${props.state.toLowerCase()}`}
      size={props.size ?? 16}
      stroke={2}
      aria-hidden
    />
  );
}

export function StateMark(props: {
  readonly state: JobState;
  readonly note?: string | undefined;
}): ReactNode {
  return (
    <span className="state-mark">
      <StateIcon state={props.state} />
      <span>{stateWords[props.state]}</span>
      {props.note !== undefined && <span className="faint">{props.note}</span>}
    </span>
  );
}

const nodeMarks: Readonly<
  Record<NodeState, { readonly words: string; readonly Shape: Shape; readonly like: JobState }>
> = {
  ONLINE: { words: 'Online', Shape: IconCircleCheckFilled, like: 'COMPLETED' },
  OFFLINE: { words: 'Offline', Shape: IconCircle, like: 'QUEUED' },
  MAINTENANCE: { words: 'Maintenance', Shape: IconTool, like: 'PAUSED' },
  ERROR: { words: 'Error', Shape: IconHexagonFilled, like: 'FAILED' },
  STARTING: { words: 'Starting', Shape: RunningShape, like: 'RUNNING' },
  STOPPING: { words: 'Stopping', Shape: IconBan, like: 'CANCELLED' },
};

const unknownMark = { words: 'Unknown', Shape: IconHelpCircle, like: 'PAUSED' } as const;

/** UNKNOWN: it does not answer just now, and what runs there may go on. */
export function NodeStateMark({ state }: { readonly state: NodeState | 'UNKNOWN' }): ReactNode {
  const { words, Shape, like } = state === 'UNKNOWN' ? unknownMark : nodeMarks[state];
  return (
    <span className="state-mark">
      <Shape className={`state-icon state-icon-${like.toLowerCase()}`} size={16} stroke={2} aria-hidden />
      <span>{words}</span>
    </span>
  );
}

const kindIcons: Readonly<Record<JobKind, Icon>> = {
  render: IconPhoto,
  simulation: IconWaveSine,
  command: IconTerminal2,
};
const kindWords: Readonly<Record<JobKind, string>> = {
  render: 'Render',
  simulation: 'Simulation',
  command: 'Command',
};

export function KindIcon(props: { readonly kind: JobKind; readonly size?: number }): ReactNode {
  const Shape = kindIcons[props.kind];
  return (
    <span className="kind-icon" role="img" aria-label={kindWords[props.kind]} title={kindWords[props.kind]}>
      <Shape size={props.size ?? 16} stroke={1.7} aria-hidden />
    </span>
  );
}

export const priorityWords: Readonly<Record<Priority, string>> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
};
const priorityBars: Readonly<Record<Priority, number>> = { LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 };

export function PriorityMark(props: { readonly priority: Priority }): ReactNode {
  const high = priorityBars[props.priority];
  return (
    <span className="priority-mark">
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 3.6}
            y={12 - bar * 3}
            width="2.6"
            height={bar * 3}
            rx="0.8"
            className={bar <= high ? 'priority-bar-on' : 'priority-bar'}
          />
        ))}
      </svg>
      {priorityWords[props.priority]}
    </span>
  );
}
