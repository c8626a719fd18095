import { useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { momentInWords, secondInWords } from '../words';
import { areaPath, linePath, nearest, niceTop, placeIn, runsOf, timeMarks } from './geometry';
import type { ChartPoint, Frame } from './geometry';
import { useWidth } from './useWidth';
import './chart.css';

export interface ChartLine {
  readonly name: string;
  /** All lines of a chart have points of the same times. */
  readonly points: readonly ChartPoint[];
}

interface Props {
  readonly title: string;
  /** At most two: more would not be told apart. */
  readonly lines: readonly ChartLine[];
  /** The time on the right edge, and how much there is of it before. */
  readonly to: number;
  readonly span: number;
  /** The value on the upper edge; `grows`: a round one above it when more is shown. */
  readonly top: number;
  readonly grows: boolean;
  readonly format: (value: number) => string;
}

const height = 92;
/** Points that are further from each other are not joined: what was between them is not known. */
const longestGap = 35_000;
const minute = 60_000;
const narrow = 420;

/** What was measured in the last time, as lines; the mouse or the arrow keys tell the value of a moment. */
export function LiveChart(props: Props): ReactNode {
  const { title, lines, to, span, format } = props;
  const [plot, width] = useWidth();
  const [pointed, setPointed] = useState<number | null>(null);
  const from = to - span;
  const times = useMemo(
    () => (lines[0]?.points ?? []).map(({ at }) => at).filter((at) => at >= from && at <= to),
    [lines, from, to],
  );
  const highest = Math.max(props.top, ...lines.flatMap(({ points }) => points.map(valueOrNone)));
  const top = props.grows ? niceTop(highest) : props.top;
  const frame: Frame = { from, to, top, width, height };
  const shown = pointed === null ? -1 : nearestWithin(times, pointed);
  const shownAt = times[shown] ?? null;
  const latest = times.at(-1) ?? null;
  const wordsAt = (at: number | null): readonly { readonly name: string; readonly words: string }[] =>
    lines.map(({ name, points }) => {
      const value = points.find((point) => point.at === at)?.value ?? null;
      return { name, words: value === null ? '–' : format(value) };
    });
  const inWords = (at: number): string =>
    `${secondInWords(at)}: ${wordsAt(at)
      .map(({ name, words }) => (lines.length === 1 ? words : `${name} ${words}`))
      .join(', ')}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    const present = shown < 0 ? times.length - 1 : shown;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: present - 1,
      ArrowRight: present + 1,
      PageUp: present - 30,
      PageDown: present + 30,
      Home: 0,
      End: times.length - 1,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setPointed(times[Math.min(times.length - 1, Math.max(0, step))] ?? null);
  };
  const x = shownAt === null ? 0 : placeIn(frame, { at: shownAt, value: 0 }).x;

  return (
    <figure className="chart">
      <figcaption className="chart-head">
        <span className="chart-title">{title}</span>
        {wordsAt(latest).map(({ name, words }, index) => (
          <span key={name} className="chart-now">
            {lines.length > 1 && <span className={`chart-sign chart-sign-${index + 1}`} aria-hidden />}
            {lines.length > 1 && <span className="faint">{name}</span>} {words}
          </span>
        ))}
      </figcaption>
      <div
        ref={plot}
        className="chart-plot"
        role="slider"
        aria-label={`${title} in the last hour`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, times.length - 1)}
        aria-valuenow={shown < 0 ? Math.max(0, times.length - 1) : shown}
        aria-valuetext={
          shownAt === null && latest === null ? 'nothing is known' : inWords(shownAt ?? latest ?? 0)
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setPointed(null)}
        onPointerMove={(event) => {
          const { left } = event.currentTarget.getBoundingClientRect();
          setPointed(from + ((event.clientX - left) / Math.max(1, width)) * span);
        }}
        onPointerLeave={() => setPointed(null)}
      >
        {width > 0 && (
          <svg width={width} height={height + 18} aria-hidden>
            <Axes frame={frame} format={format} />
            {lines.map(({ name, points }, index) => {
              const runs = runsOf(
                points.filter(({ at }) => at >= from),
                longestGap,
              );
              return (
                <g key={name} className={`chart-line-${index + 1}`}>
                  {lines.length === 1 && <path className="chart-area" d={areaPath(frame, runs)} />}
                  <path className="chart-line" d={linePath(frame, runs)} />
                </g>
              );
            })}
            {shownAt !== null && <line className="chart-pointer" x1={x} x2={x} y1={0} y2={height} />}
          </svg>
        )}
        {latest === null && <span className="chart-none">Nothing is known of the last hour</span>}
        {shownAt !== null && (
          <span className="chart-tip" style={x > width / 2 ? { right: width - x + 8 } : { left: x + 8 }}>
            {inWords(shownAt)}
          </span>
        )}
      </div>
    </figure>
  );
}

/** -1 in a gap: nothing is known of that time. */
function nearestWithin(times: readonly number[], at: number): number {
  const found = nearest(times, at);
  return Math.abs((times[found] ?? Infinity) - at) > longestGap ? -1 : found;
}

const valueOrNone = ({ value }: ChartPoint): number => value ?? 0;

function Axes({ frame, format }: { readonly frame: Frame; readonly format: Props['format'] }): ReactNode {
  const { from, to, top, width } = frame;
  return (
    <>
      {[1, 0.5].map((part) => (
        <g key={part}>
          <line
            className="chart-grid"
            x1={0}
            x2={width}
            y1={height - part * height + 0.5}
            y2={height - part * height + 0.5}
          />
          <text className="chart-words" x={0} y={height - part * height + 12}>
            {format(top * part)}
          </text>
        </g>
      ))}
      <line className="chart-ground" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {timeMarks(from, to, (width < narrow ? 20 : 10) * minute).map((at) => {
        const { x } = placeIn(frame, { at, value: 0 });
        const isCut = x < 16 || x > width - 16;
        return (
          <g key={at}>
            <line className="chart-ground" x1={x} x2={x} y1={height} y2={height + 4} />
            {!isCut && (
              <text className="chart-words" x={x} y={height + 15} textAnchor="middle">
                {momentInWords(at, at)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
