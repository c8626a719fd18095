import { IconGauge } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobIntervalPlan } from '../../shared/ipc/checkpoints';
import type { JobId } from '../../shared/model/ids';
import { lossInWords, reasonsOf, spanInWords } from '../../shared/model/interval';
import { request } from '../live/request';
import { useWidth } from '../ui/chart/useWidth';
import { areaOf, lineOf, placesOf } from './planGeometry';
import './plan.css';

/** How often the tasks of a job should save themselves; nothing as long as that is not known. `of`: asked again with each. */
export function Plan({ job, of }: { readonly job: JobId; readonly of: number }): ReactNode {
  const [plans, setPlans] = useState<readonly JobIntervalPlan[]>([]);
  useEffect(() => {
    let isOver = false;
    void request('checkpoint.plan', { what: job, costMs: null }).then((answer) => {
      if (!isOver && answer.ok) setPlans(answer.value.plans);
    });
    return () => {
      isOver = true;
    };
  }, [job, of]);
  return plans.map((plan) => <StepPlan key={plan.step} plan={plan} isOnly={plans.length === 1} />);
}

function StepPlan({ plan, isOnly }: { readonly plan: JobIntervalPlan; readonly isOnly: boolean }): ReactNode {
  const { step, dalyMs, youngMs, lostMs, present, parameter } = plan;
  return (
    <details className="plan">
      <summary>
        <IconGauge size={16} aria-hidden /> {isOnly ? 'Save' : `${step}: save`} every{' '}
        <strong>{spanInWords(dalyMs)}</strong>
        {present !== null && <span className="faint"> (now every {spanInWords(present.intervalMs)})</span>}
      </summary>
      <div className="plan-parts">
        <Curve plan={plan} />
        <div className="plan-words">
          <p>
            Of each hour of work it costs {lossInWords(lostMs)}.
            {present !== null && ` As it is now, it costs ${lossInWords(present.lostMs)}.`}
          </p>
          {parameter !== null && (
            <p>
              {parameter.name} = <strong>{parameter.value}</strong> says so.
            </p>
          )}
          <p className="faint">
            By Daly’s formula; by Young’s, every {spanInWords(youngMs)}. Known of it:{' '}
            {reasonsOf(plan).join('; ')}.
          </p>
        </div>
      </div>
    </details>
  );
}

const height = 120;

/** What shorter and longer intervals would cost. */
function Curve({ plan }: { readonly plan: JobIntervalPlan }): ReactNode {
  const [box, width] = useWidth();
  const { points, proposed, present } = placesOf(plan, width, height);
  const now = plan.present === null ? '' : `, and ${lossInWords(plan.present.lostMs)} as it is now`;
  const label = `What is lost of each hour by how often it saves: ${lossInWords(plan.lostMs)} every ${spanInWords(plan.dalyMs)}${now}`;
  return (
    <div ref={box} className="plan-curve" role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={height + 18} aria-hidden>
          <path className="plan-area" d={areaOf(points, height)} />
          <path className="plan-line" d={lineOf(points)} />
          <Mark className="plan-proposed" at={proposed} words="proposed" anchor="middle" />
          {present !== null && (
            <Mark
              className="plan-present"
              at={present}
              words="now"
              anchor={present.x < width / 2 ? 'start' : 'end'}
            />
          )}
          <text className="plan-axis" x={0} y={height + 14}>
            {spanInWords(plan.curve[0]?.intervalMs ?? 0)}
          </text>
          <text className="plan-axis" x={width} y={height + 14} textAnchor="end">
            {spanInWords(plan.curve.at(-1)?.intervalMs ?? 0)}
          </text>
        </svg>
      )}
    </div>
  );
}

function Mark(props: {
  readonly className: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly words: string;
  readonly anchor: 'start' | 'middle' | 'end';
}): ReactNode {
  const { className, at, words, anchor } = props;
  return (
    <g className={className}>
      <line x1={at.x} x2={at.x} y1={at.y} y2={height} />
      <circle cx={at.x} cy={at.y} r={4} />
      <text x={at.x} y={at.y - 8} textAnchor={anchor}>
        {words}
      </text>
    </g>
  );
}
