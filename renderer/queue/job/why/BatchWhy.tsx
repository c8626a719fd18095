import type { ReactNode } from 'react';
import type { BatchRow, JobRow } from '../../../../shared/ipc/queue';
import type { StepWhy } from '../../../../shared/ipc/plans';
import { isEnded } from '../../../../shared/model/states';
import { jobHash } from '../../../app/route';
import { useView, valueOf } from '../../../live/useView';
import { countInWords } from '../../../ui/words';
import { Offers } from './Offers';
import { Reasons } from './Reasons';
import { useWhy } from './useWhy';
import { WhyPanel } from './WhyPanel';

interface Props {
  readonly batch: BatchRow;
  readonly jobs: readonly JobRow[];
}

/** Why what waits of a batch does not run, job by job. */
export function BatchWhy({ batch, jobs }: Props): ReactNode {
  const waiting = batch.tasks.QUEUED + batch.tasks.PENDING;
  if (waiting === 0 || isEnded(batch.state)) return null;
  const isIdle = batch.tasks.RUNNING === 0;
  return (
    <WhyPanel
      key={batch.id}
      title={isIdle ? "Why isn't it running?" : "Why isn't more of it running?"}
      isCalm={!isIdle}
    >
      <OpenBatchWhy batch={batch} jobs={jobs} />
    </WhyPanel>
  );
}

function OpenBatchWhy({ batch, jobs }: Props): ReactNode {
  const nodes = valueOf(useView('nodes', {}));
  // What is in the way changes with the states of the jobs and of the nodes.
  const signature = JSON.stringify([
    jobs.map(({ id, state, priority }) => [id, state, priority]),
    nodes?.map(({ id, state, labels }) => [id, state, labels]),
  ]);
  const why = useWhy(batch.id, signature, nodes !== null);
  return (
    <>
      {why?.steps.map((step) => (
        <StepReasons key={`${step.job}/${step.step}`} step={step} />
      ))}
      {why !== null && why.left > 0 && (
        <p className="why-offers faint">
          {countInWords(why.left, 'more step waits', 'more steps wait')}: open a job to see why.
        </p>
      )}
      <Offers why={why} />
    </>
  );
}

function StepReasons({ step }: { readonly step: StepWhy }): ReactNode {
  const { job, jobName, stepName, waiting, verdicts, nodes } = step;
  return (
    <div className="why-step">
      <a className="job-link" href={jobHash(job)}>
        {stepName === null ? jobName : `${jobName}/${stepName}`}
      </a>{' '}
      <span className="faint">{countInWords(waiting, 'task waits', 'tasks wait')}</span>
      <Reasons verdicts={verdicts} nodes={nodes} />
    </div>
  );
}
