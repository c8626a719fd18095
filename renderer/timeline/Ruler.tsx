import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { TimelineJob } from '../../shared/ipc/timeline';
import { momentInFull, momentInWords, secondInWords } from '../ui/words';
import { ticksOf, timeAt, xOf } from './scale';
import type { Span } from './scale';

interface Props {
  readonly span: Span;
  readonly width: number;
  readonly now: number;
  readonly moment: number | null;
  readonly deadlines: readonly TimelineJob[];
  onMoment(this: void, moment: number | null): void;
  onZoom(this: void, factor: number, about: number): void;
}

/** Nearer to the present than this is the present. */
const nowPixels = 6;
/** Of the name of a deadline: with less room there is only its line. */
const leastName = 26;
const mostName = 110;
const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -12,
  ArrowRight: 12,
  PageDown: -80,
  PageUp: 80,
};

/** The time line: dragged, it shows an earlier moment. */
export function Ruler(props: Props): ReactNode {
  const { span, width, now, moment, deadlines } = props;
  const isDragging = useRef(false);
  const choose = (time: number): void => {
    const point = (span.to - span.from) / Math.max(1, width);
    props.onMoment(time > now - nowPixels * point ? null : Math.max(0, Math.round(time)));
  };
  const chooseAt = (event: PointerEvent): void =>
    choose(timeAt(event.clientX - event.currentTarget.getBoundingClientRect().left, span, width));
  const onKeyDown = (event: KeyboardEvent): void => {
    const pixels = keySteps[event.key];
    if (pixels !== undefined) choose((moment ?? now) + (pixels * (span.to - span.from)) / Math.max(1, width));
    else if (event.key === 'End' || event.key === 'Escape') props.onMoment(null);
    else if (event.key === 'Home') choose(span.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handle = moment ?? now;
  const isNear = span.to - span.from < 600_000;
  return (
    <div
      className="timeline-ruler"
      data-testid="timeline-ruler"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isDragging.current = true;
        chooseAt(event);
      }}
      onPointerMove={(event) => {
        if (isDragging.current) chooseAt(event);
      }}
      onPointerUp={() => (isDragging.current = false)}
      onPointerCancel={() => (isDragging.current = false)}
      onWheel={(event) => {
        const left = event.currentTarget.getBoundingClientRect().left;
        props.onZoom(1.0015 ** event.deltaY, timeAt(event.clientX - left, span, width));
      }}
    >
      {ticksOf(span, width).map(({ at, words, isDay }) => (
        <span
          key={at}
          className={isDay ? 'timeline-tick timeline-tick-day' : 'timeline-tick'}
          style={{ transform: `translateX(${xOf(at, span, width)}px)` }}
          aria-hidden
        >
          {words}
        </span>
      ))}
      {deadlines.map((job, index) => {
        const x = xOf(job.deadline ?? 0, span, width);
        const next = xOf(deadlines[index + 1]?.deadline ?? Infinity, span, width);
        return <Deadline key={job.id} job={job} x={x} room={next - x - 2} now={now} />;
      })}
      <span
        className={moment === null ? 'timeline-handle' : 'timeline-handle timeline-handle-past'}
        style={{ transform: `translateX(${xOf(handle, span, width)}px)` }}
        role="slider"
        tabIndex={0}
        aria-label="Moment shown"
        aria-valuemin={Math.round(span.from)}
        aria-valuemax={Math.round(now)}
        aria-valuenow={Math.round(handle)}
        aria-valuetext={moment === null ? 'Now' : momentInFull(moment)}
        title="Drag along the time line to see an earlier moment"
        onKeyDown={onKeyDown}
      >
        <span className="timeline-handle-words">
          {moment === null ? 'Now' : isNear ? secondInWords(moment) : momentInWords(moment, now)}
        </span>
      </span>
    </div>
  );
}

function Deadline(props: {
  readonly job: TimelineJob;
  readonly x: number;
  /** To the next one. */
  readonly room: number;
  readonly now: number;
}): ReactNode {
  const { job, x, room, now } = props;
  if (job.deadline === null) return null;
  const words = `Deadline of ${job.name}: ${momentInWords(job.deadline, now)}`;
  return (
    <span
      className="timeline-deadline"
      style={{ transform: `translateX(${x}px)` }}
      title={words}
      aria-label={words}
      role="img"
    >
      {room > leastName && (
        <span className="timeline-deadline-name" style={{ maxWidth: Math.min(mostName, room) }} aria-hidden>
          {job.name}
        </span>
      )}
    </span>
  );
}
