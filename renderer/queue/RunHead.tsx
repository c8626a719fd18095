import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JobKind, JobState, TaskCounts } from '../../shared/model/states';
import { hashOf } from '../app/route';
import { navigate } from '../app/useRoute';
import { Counts, ProgressBar } from '../ui/Progress';
import { KindIcon, StateMark } from '../ui/StateMark';
import { Elapsed, Moment } from '../ui/Time';
import { countInWords, percentInWords } from '../ui/words';
import type { Run } from './job/head/run';
import { RunActions } from './job/head/RunActions';
import './runHead.css';

interface Props {
  /** The way here, behind the queue. */
  readonly trail: readonly { readonly words: string; readonly href: string }[];
  readonly name: string;
  readonly kind?: JobKind;
  readonly run: {
    readonly state: JobState;
    readonly tasks: TaskCounts;
    readonly progress: number;
    readonly startedAt: number | null;
    readonly endedAt: number | null;
  };
  readonly stopping?: number;
  readonly owner: string;
  readonly submittedAt: number;
  readonly target: Run;
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
}

/** The head of the page of a batch or a job: what it is, how far it is, what can be done. */
export function RunHead(props: Props): ReactNode {
  const { run, target } = props;
  return (
    <header className="run-head">
      <nav className="run-trail" aria-label="Breadcrumbs">
        <a href={hashOf({ page: 'queue' })}>Queue</a>
        {props.trail.map(({ words, href }) => (
          <span key={href} className="run-trail-part">
            <IconChevronRight size={13} aria-hidden />
            <a href={href}>{words}</a>
          </span>
        ))}
      </nav>
      <div className="run-title-line">
        {props.kind !== undefined && <KindIcon kind={props.kind} size={20} />}
        <h1 className="page-title run-title">{props.name}</h1>
        <span className="run-state">
          <StateMark
            state={run.state}
            note={
              props.stopping !== undefined && props.stopping > 0
                ? `stopping ${countInWords(props.stopping, 'attempt')}`
                : undefined
            }
          />
        </span>
        <RunActions run={target} />
      </div>
      <div className="run-progress">
        <ProgressBar counts={run.tasks} progress={run.progress} label={`Progress of ${props.name}`} />
        <span className="run-percent">{percentInWords(run.progress)}</span>
      </div>
      <div className="run-line">
        <Counts counts={run.tasks} />
        <dl className="run-facts">
          <Fact name="Elapsed" value={<Elapsed from={run.startedAt} to={run.endedAt} />} />
          <Fact name="Submitted" value={<Moment at={props.submittedAt} />} />
          <Fact name="Owner" value={props.owner} />
          {props.facts.map((fact) => (
            <Fact key={fact.name} {...fact} />
          ))}
        </dl>
      </div>
    </header>
  );
}

function Fact(props: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <div className="run-fact">
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

export function BackToQueue(): ReactNode {
  return <Button onClick={() => navigate({ page: 'queue' })}>Go to the queue</Button>;
}
