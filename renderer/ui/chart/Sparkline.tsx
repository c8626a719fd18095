import type { ReactNode } from 'react';
import { areaPath, linePath, runsOf } from './geometry';
import type { ChartPoint } from './geometry';
import { useWidth } from './useWidth';
import './chart.css';

const height = 30;
const longestGap = 35_000;

/** A line without axes, for where there is little room; what it says in words stands beside it. */
export function Sparkline(props: {
  readonly points: readonly ChartPoint[];
  readonly to: number;
  readonly span: number;
  readonly top: number;
}): ReactNode {
  const { points, to, span, top } = props;
  const [element, width] = useWidth();
  const from = to - span;
  const runs = runsOf(
    points.filter(({ at }) => at >= from),
    longestGap,
  );
  const frame = { from, to, top, width, height: height - 2 };
  return (
    <div ref={element} className="sparkline" aria-hidden>
      {width > 0 && (
        <svg width={width} height={height} className="chart-line-1">
          <g transform="translate(0 1)">
            <path className="chart-area" d={areaPath(frame, runs)} />
            <path className="chart-line" d={linePath(frame, runs)} />
          </g>
          <line className="chart-ground" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        </svg>
      )}
    </div>
  );
}
