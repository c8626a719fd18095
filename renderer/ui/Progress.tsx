import type { ReactNode } from 'react';
import { totalOf } from '../../shared/model/states';
import type { JobState, TaskCounts } from '../../shared/model/states';
import { StateIcon, stateWords } from './StateMark';
import { countInWords, numberInWords, percentInWords } from './words';

interface Part {
  readonly name: 'completed' | 'running' | 'failed' | 'cancelled' | 'waiting';
  readonly count: number;
}

function partsOf(counts: TaskCounts): readonly Part[] {
  return [
    { name: 'completed', count: counts.COMPLETED },
    { name: 'running', count: counts.RUNNING },
    { name: 'failed', count: counts.FAILED },
    { name: 'cancelled', count: counts.CANCELLED },
    { name: 'waiting', count: counts.QUEUED + counts.PENDING },
  ];
}

/** `12 of 24 tasks completed, 4 running, 8 waiting`. */
export function countsInWords(counts: TaskCounts): string {
  const others = partsOf(counts).filter((part) => part.name !== 'completed' && part.count > 0);
  const done = `${numberInWords(counts.COMPLETED)} of ${countInWords(totalOf(counts), 'task')} completed`;
  return [done, ...others.map((part) => `${numberInWords(part.count)} ${part.name}`)].join(', ');
}

/** One bar for all tasks: done, running with the done part of it, failed, cancelled, and the rest that waits. */
export function ProgressBar(props: {
  readonly counts: TaskCounts;
  readonly progress: number;
  readonly label: string;
}): ReactNode {
  const { counts, progress } = props;
  const words = `${percentInWords(progress)}: ${countsInWords(counts)}`;
  const doneOfRunning = Math.min(
    1,
    Math.max(0, (progress * totalOf(counts) - counts.COMPLETED) / counts.RUNNING),
  );
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(props.progress * 100)}
      aria-valuetext={words}
      title={words}
    >
      {partsOf(props.counts).map(
        ({ name, count }) =>
          count > 0 && (
            <div
              key={name}
              className={`progress-part progress-part-${name}`}
              style={{ flex: `${count} 0 0` }}
            >
              {name === 'running' && (
                <div className="progress-running-done" style={{ width: `${doneOfRunning * 100}%` }} />
              )}
            </div>
          ),
      )}
    </div>
  );
}

const legend: readonly (keyof TaskCounts & JobState)[] = [
  'COMPLETED',
  'RUNNING',
  'FAILED',
  'CANCELLED',
  'QUEUED',
  'PENDING',
];

/** The counts behind a bar, each with its shape and word. */
export function Counts(props: { readonly counts: TaskCounts }): ReactNode {
  return (
    <div className="counts">
      {legend
        .filter((state) => props.counts[state] > 0)
        .map((state) => (
          <span key={state} className="state-mark">
            <StateIcon state={state} size={14} />
            <span>
              {numberInWords(props.counts[state])}{' '}
              <span className="faint">{stateWords[state].toLowerCase()}</span>
            </span>
          </span>
        ))}
    </div>
  );
}
