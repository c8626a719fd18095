import { Skeleton, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JobDetail } from '../../../shared/ipc/job';
import { usualTenant } from '../../../shared/model/batch';
import type { Relation } from '../../../shared/model/dependency';
import type { JobId } from '../../../shared/model/ids';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { isEnded } from '../../../shared/model/states';
import { batchHash, jobHash } from '../../app/route';
import { useView } from '../../live/useView';
import { Loading, Refused } from '../../ui/Notice';
import { Moment } from '../../ui/Time';
import { numberInWords } from '../../ui/words';
import { JobCheckpoints } from '../../checkpoints/JobCheckpoints';
import { BackToQueue, RunHead } from '../RunHead';
import { DeadlineButton, PriorityMenu } from './head/PriorityMenu';
import { runOfJob } from './head/run';
import { About } from './about/About';
import { Dependencies } from './dependencies/Dependencies';
import { History } from './history/History';
import { Results } from './results/Results';
import { StepPanel } from './StepPanel';
import { targetOfJob } from '../actions';
import { JobWhy } from './why/JobWhy';
import './job.css';

export function JobPage(props: { readonly job: JobId; readonly step: number }): ReactNode {
  const job = useView('job', { job: props.job });
  switch (job.state) {
    case 'loading':
      return (
        <Loading what="the job">
          <Skeleton height={22} width="30%" mb={20} />
          <Skeleton height={8} mb={28} />
          <Skeleton height={280} />
        </Loading>
      );
    case 'refused':
      return <Refused refusal={job.refusal} actions={<BackToQueue />} />;
    case 'picture':
      return <KnownJob key={props.step} job={job.value} step={props.step} />;
  }
}

function KnownJob({ job, step }: { readonly job: JobDetail; readonly step: number }): ReactNode {
  const [panel, setPanel] = useState<PanelName>('tasks');
  const run = runOfJob(targetOfJob(job), job);
  return (
    <>
      <RunHead
        trail={[{ words: job.batchName, href: batchHash(job.batch) }]}
        name={job.name}
        kind={job.kind}
        run={job}
        stopping={job.stopping}
        owner={job.owner}
        submittedAt={job.submittedAt}
        target={run}
        facts={[
          { name: 'Priority', value: <PriorityMenu run={run} /> },
          { name: 'Deadline', value: <DeadlineButton run={run} /> },
          ...forecastFacts(job),
          ...(job.tenant === usualTenant ? [] : [{ name: 'Tenant', value: job.tenant }]),
          ...(job.most === null ? [] : [{ name: 'At once', value: `at most ${numberInWords(job.most)}` }]),
          ...(job.after.length > 0 ? [{ name: 'After', value: <After jobs={job.after} /> }] : []),
          ...conditionFacts(job.conditions),
        ]}
      />
      <JobWhy job={job} />
      <Tabs
        className="job-tabs"
        keepMounted={false}
        value={panel}
        onChange={(value) => setPanel(panels.find((one) => one === value) ?? 'tasks')}
      >
        <Tabs.List aria-label="Parts of the job" className="job-panels">
          <Tabs.Tab value="tasks">Tasks</Tabs.Tab>
          <Tabs.Tab value="results">Results</Tabs.Tab>
          <Tabs.Tab value="about">Parameters and use</Tabs.Tab>
          {job.savesWork && <Tabs.Tab value="checkpoints">Checkpoints</Tabs.Tab>}
          <Tabs.Tab value="dependencies">Dependencies</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel className="job-tab" value={panel}>
          <Panel panel={panel} job={job} step={step} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

const panels = ['tasks', 'results', 'about', 'checkpoints', 'dependencies', 'history'] as const;
type PanelName = (typeof panels)[number];

/** Only the one that is looked at is there. */
function Panel(props: {
  readonly panel: PanelName;
  readonly job: JobDetail;
  readonly step: number;
}): ReactNode {
  const { job } = props;
  switch (props.panel) {
    case 'tasks':
      return <Steps job={job} first={props.step} />;
    case 'results':
      return <Results batch={job.batch} />;
    case 'about':
      return <About job={job} />;
    case 'checkpoints':
      return <JobCheckpoints job={job.id} />;
    case 'dependencies':
      return <Dependencies job={job} />;
    case 'history':
      return <History job={job} />;
  }
}

function Steps({ job, first }: { readonly job: JobDetail; readonly first: number }): ReactNode {
  const [chosen, setChosen] = useState(first < job.steps.length ? first : 0);
  const step = job.steps[chosen];
  return (
    <>
      {job.steps.length > 1 && (
        <Tabs value={String(chosen)} onChange={(value) => setChosen(Number(value))} className="job-steps">
          <Tabs.List aria-label="Steps">
            {job.steps.map((one, index) => (
              <Tabs.Tab key={one.name} value={String(index)}>
                {one.name} <span className="faint">{numberInWords(one.count)}</span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      {step !== undefined && <StepPanel key={chosen} job={job.id} index={chosen} step={step} />}
    </>
  );
}

/** When it is expected to end: half of the time by the first, nearly always by the second. */
function forecastFacts({ state, forecast }: JobDetail): { name: string; value: ReactNode }[] {
  const end = isEnded(state) ? null : (forecast?.end ?? null);
  if (end === null) return [];
  return [
    {
      name: 'Expected end',
      value: (
        <>
          <Moment at={end.p50} />
          {end.p90 - end.p50 >= 60_000 && (
            <span className="faint">
              {' to '}
              <Moment at={end.p90} />
            </span>
          )}
          {forecast?.basis === 'guess' && <span className="faint"> (a guess)</span>}
        </>
      ),
    },
  ];
}

/** What it waits for beside other jobs, in a word or two for each. */
function conditionFacts(conditions: readonly Relation[]): { name: string; value: string }[] {
  const words = (isLock: boolean): string =>
    conditions
      .filter(({ type }) => (type === 'RESOURCE') === isLock)
      .map(relationInWords)
      .join(', ');
  return [
    { name: 'Lock', value: words(true) },
    { name: 'When', value: words(false) },
  ].filter(({ value }) => value !== '');
}

function After({ jobs }: { readonly jobs: readonly JobId[] }): ReactNode {
  return jobs.map((job, index) => (
    <span key={job}>
      {index > 0 && ', '}
      <a className="job-link" href={jobHash(job)}>
        {job.slice(job.indexOf('.') + 1)}
      </a>
    </span>
  ));
}
