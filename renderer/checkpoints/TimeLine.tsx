import { useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  checkpointStandings,
  type CheckpointFilter,
  type CheckpointRow,
  type CheckpointsInWindow,
} from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import type { CheckpointId } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { useView, valueOf } from '../live/useView';
import { ticksOf } from '../timeline/scale';
import { useWidth } from '../ui/chart/useWidth';
import { secondInWords } from '../ui/words';
import { laneHeight, lanesOf, spanOf, stepFrom, type Mark, type Step } from './marks';

const everything: CheckpointFilter = { words: [], standings: checkpointStandings, limits: [] };
const mostShown = 400;
const rulerHeight = 20;
const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** When what was saved, task by task, and from what it went on. */
export function TimeLine(props: {
  readonly job: JobId;
  readonly chosen: CheckpointId | null;
  onChoose(this: void, row: CheckpointRow): void;
}): ReactNode {
  const { job, chosen, onChoose } = props;
  const view = useView(
    'checkpoints',
    useMemo(() => ({ job, filter: everything, from: 0, count: mostShown }), [job]),
  );
  const known = valueOf(view);
  return known === null || known.checkpoints.length === 0 ? null : (
    <Drawn known={known} chosen={chosen} onChoose={onChoose} />
  );
}

function Drawn(props: {
  readonly known: CheckpointsInWindow;
  readonly chosen: CheckpointId | null;
  onChoose(this: void, row: CheckpointRow): void;
}): ReactNode {
  const { known, chosen, onChoose } = props;
  const rows = known.checkpoints;
  const [plot, width] = useWidth();
  const [hovered, setHovered] = useState<Mark | null>(null);
  const span = useMemo(() => spanOf(rows), [rows]);
  const lanes = useMemo(() => lanesOf(rows, span, width), [rows, span, width]);
  const marks = lanes.flatMap((lane) => lane.marks);
  const present = marks.findIndex(({ row }) => row.id === chosen);
  const chosenRow = marks[present]?.row ?? null;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = stepFrom(lanes, chosen, step);
    if (next !== null) onChoose(next);
  };
  const height = lanes.length * laneHeight;
  return (
    <div className="checkpoint-line">
      <div
        ref={plot}
        className="checkpoint-line-plot"
        role="slider"
        aria-label="Checkpoints by time"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, marks.length - 1)}
        aria-valuenow={Math.max(0, present)}
        aria-valuetext={chosenRow === null ? 'none is selected' : markInWords(chosenRow)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setHovered(null)}
      >
        {width > 0 && (
          <svg width={width} height={height + rulerHeight} aria-hidden>
            {ticksOf(span, width).map(({ at, words }) => {
              const x = ((at - span.from) / (span.to - span.from)) * (width - 28) + 14;
              return (
                <g key={at}>
                  <line className="checkpoint-line-tick" x1={x} x2={x} y1={0} y2={height} />
                  <text
                    x={x}
                    y={height + 14}
                    textAnchor={x < 40 ? 'start' : x > width - 40 ? 'end' : 'middle'}
                  >
                    {words}
                  </text>
                </g>
              );
            })}
            {lanes.map(({ key, label }, index) => (
              <text key={key} className="checkpoint-line-label" x={4} y={index * laneHeight + 9}>
                {lanes.length > 1 ? label : ''}
              </text>
            ))}
            {marks.map(({ row, x, y, after }) =>
              after === null ? null : (
                <path
                  key={row.id}
                  className="checkpoint-line-after"
                  d={`M${after.x} ${after.y}C${(after.x + x) / 2} ${after.y} ${(after.x + x) / 2} ${y} ${x} ${y}`}
                />
              ),
            )}
            {marks.map((mark) => (
              <MarkSign
                key={mark.row.id}
                mark={mark}
                isChosen={mark.row.id === chosen}
                onHover={setHovered}
                onChoose={onChoose}
              />
            ))}
          </svg>
        )}
        {hovered !== null && (
          <span
            className="chart-tip"
            style={{
              top: hovered.y + 10,
              ...(hovered.x > width / 2 ? { right: width - hovered.x } : { left: hovered.x }),
            }}
          >
            {markInWords(hovered.row)}
          </span>
        )}
      </div>
      {known.total > rows.length && (
        <span className="faint checkpoint-line-more">The newest {rows.length} are drawn.</span>
      )}
    </div>
  );
}

function MarkSign(props: {
  readonly mark: Mark;
  readonly isChosen: boolean;
  onHover(this: void, mark: Mark): void;
  onChoose(this: void, row: CheckpointRow): void;
}): ReactNode {
  const { mark, isChosen } = props;
  const { row, x, y, radius } = mark;
  return (
    <g
      className={`checkpoint-mark checkpoint-mark-${kindOf(row)}${isChosen ? ' checkpoint-mark-chosen' : ''}`}
      transform={`translate(${x} ${y})`}
      onPointerEnter={() => props.onHover(mark)}
      onClick={() => props.onChoose(row)}
    >
      <circle className="checkpoint-mark-room" r={radius + 5} />
      {isChosen && <circle className="checkpoint-mark-ring" r={radius + 3.5} />}
      {row.type === 'FULL' ? (
        <circle r={radius} />
      ) : row.type === 'METADATA' ? (
        <rect x={-3} y={-3} width={6} height={6} />
      ) : (
        <path d={`M0 ${-radius - 1}L${radius} ${radius - 1}H${-radius}Z`} />
      )}
      {row.tag !== null && <path className="checkpoint-mark-tag" d={`M0 ${-radius}v-6l7 3z`} />}
      {row.usedBy.length > 0 && <circle className="checkpoint-mark-used" r={2} />}
    </g>
  );
}

function kindOf({ dropped, broken, isNext }: CheckpointRow): string {
  if (dropped) return 'deleted';
  return broken !== null ? 'broken' : isNext ? 'next' : 'kept';
}

function markInWords(row: CheckpointRow): string {
  const { name, label, madeAt, at, dropped, broken, tag, usedBy, type, isNext } = row;
  return [
    name,
    ...(label === '' ? [] : [label]),
    secondInWords(madeAt),
    ...(at === null ? [] : [`at ${at}`]),
    bytesInWords(bytesOf(row)),
    ...(type === 'FULL' ? [] : [type]),
    ...(dropped ? ['deleted'] : broken === null ? [] : [`broken: ${broken}`]),
    ...(isNext ? ['goes on here'] : []),
    ...(tag === null ? [] : [`kept as ${tag}`]),
    ...(usedBy.length === 0 ? [] : ['used']),
  ].join(', ');
}
