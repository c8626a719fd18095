import type { ReactNode } from 'react';
import type { TimelineJob } from '../../shared/ipc/timeline';
import { durationInWords, exactDurationInWords } from '../../shared/model/durations-in-words';
import { countInWords, momentInWords, numberInWords, secondInWords } from '../ui/words';
import type { Hit } from './geometry';

interface Props {
  readonly hit: Hit;
  readonly job: TimelineJob | undefined;
  readonly nodeName: string;
  readonly now: number;
  readonly x: number;
  readonly y: number;
  readonly room: { readonly width: number; readonly height: number };
}

const size = { width: 264, height: 132 };

/** What a bar is, beside the pointer. */
export function Tip({ hit, job, nodeName, now, x, y, room }: Props): ReactNode {
  const left = x + size.width + 24 > room.width ? Math.max(4, x - size.width - 12) : x + 14;
  const top = Math.max(4, Math.min(y + 14, room.height - size.height - 4));
  const { from, to } = hit.bar;
  return (
    <div className="timeline-tip" style={{ left, top, width: size.width }} aria-hidden>
      <div className="timeline-tip-title">{job?.name ?? hit.bar.job}</div>
      <div className="timeline-tip-batch">
        {job === undefined ? 'It is not kept any more' : job.batchName}
      </div>
      <dl>
        {factsOf(hit).map(([name, words]) => (
          <Fact key={name} name={name} words={words} />
        ))}
        <Fact name="Node" words={nodeName} />
        <Fact name="From" words={`${momentInWords(from, now)} (${secondInWords(from)})`} />
        {to === null ? (
          <Fact name="For" words={`${durationInWords(now - from)} so far`} />
        ) : (
          <Fact name="To" words={`${momentInWords(to, now)}, ${exactDurationInWords(to - from)}`} />
        )}
      </dl>
    </div>
  );
}

const Fact = ({ name, words }: { readonly name: string; readonly words: string }): ReactNode => (
  <>
    <dt>{name}</dt>
    <dd>{words}</dd>
  </>
);

function factsOf(hit: Hit): readonly (readonly [name: string, words: string])[] {
  if (hit.kind === 'planned') return [['Expected', countInWords(hit.bar.tasks, 'task')]];
  const { task, attempts, isMixed } = hit.bar;
  const what =
    task === null
      ? `${countInWords(attempts, 'attempt')}${isMixed ? ' of several jobs' : ''}`
      : `Task ${numberInWords(task + 1)}`;
  return [
    ['What', what],
    ['State', stateInWords(hit.bar)],
  ];
}

export function stateInWords({ ends }: Extract<Hit, { kind: 'ran' }>['bar']): string {
  const { running, completed, failed, stopped } = ends;
  const all = running + completed + failed + stopped;
  const words = (
    [
      [running, 'running'],
      [completed, 'completed'],
      [failed, 'failed'],
      [stopped, 'stopped'],
    ] as const
  ).filter(([count]) => count > 0);
  return words
    .map(([count, word]) => (count === all && all === 1 ? word : `${numberInWords(count)} ${word}`))
    .join(', ');
}
