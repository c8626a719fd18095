import type { ReactNode } from 'react';
import type { JobDetail } from '../../../../shared/ipc/job';
import { Offers } from './Offers';
import { Reasons } from './Reasons';
import { signatureOf } from './reasons';
import { useWhy } from './useWhy';
import { WhyPanel } from './WhyPanel';

/** Why what waits of a job does not run, in the scheduler's own findings, and what would help. */
export function JobWhy({ job }: { readonly job: JobDetail }): ReactNode {
  if (job.verdicts.length === 0) return null;
  const isIdle = job.tasks.RUNNING === 0;
  const waiting = job.tasks.QUEUED + job.tasks.PENDING;
  const title = isIdle
    ? "Why isn't it running?"
    : `Why ${waiting === 1 ? "isn't one more task" : "aren't more tasks"} running?`;
  return (
    <WhyPanel key={job.id} title={title} isCalm={!isIdle}>
      <OpenJobWhy job={job} />
    </WhyPanel>
  );
}

function OpenJobWhy({ job }: { readonly job: JobDetail }): ReactNode {
  const why = useWhy(job.id, signatureOf(job.verdicts), true);
  const nodes = why?.steps.flatMap((step) => step.nodes) ?? [];
  return (
    <>
      <Reasons verdicts={job.verdicts} nodes={unique(nodes)} />
      <Offers why={why} />
    </>
  );
}

/** Steps of a job have mostly the same against the same nodes. */
function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
