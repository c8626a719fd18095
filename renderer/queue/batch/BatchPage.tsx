import { Skeleton } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchRow } from '../../../shared/ipc/queue';
import type { BatchId, JobId } from '../../../shared/model/ids';
import { useView } from '../../live/useView';
import type { Queue } from '../../live/values';
import { BackToQueue, RunHead } from '../RunHead';
import { Loading, Refused } from '../../ui/Notice';
import { numberInWords } from '../../ui/words';
import { useKept } from '../../ui/kept';
import { targetOfBatch } from '../actions';
import { arrangement } from '../arrangement';
import { QueueTable } from '../QueueTable';
import { batchRows, hasDeadlines } from '../rows';
import type { QueueRow } from '../rows';
import { useSteps, withJob } from '../useSteps';
import { runOfBatch } from '../job/head/run';
import { BatchWhy } from '../job/why/BatchWhy';

export function BatchPage(props: { readonly batch: BatchId }): ReactNode {
  const queue = useView('queue', {});
  if (queue.state === 'refused') return <Refused refusal={queue.refusal} />;
  if (queue.state === 'loading') {
    return (
      <Loading what="the batch">
        <Skeleton height={22} width="30%" mb={20} />
        <Skeleton height={8} />
      </Loading>
    );
  }
  const batch = queue.value.batches.get(props.batch);
  if (batch === undefined) {
    return (
      <Refused
        refusal={{
          code: 'notFound',
          message: `There is no batch ${props.batch}. It may belong to another data folder.`,
        }}
        actions={<BackToQueue />}
      />
    );
  }
  return <KnownBatch queue={queue.value} batch={batch} />;
}

function KnownBatch(props: { readonly queue: Queue; readonly batch: BatchRow }): ReactNode {
  const { queue, batch } = props;
  const jobs = useMemo(() => [...(queue.jobs.get(batch.id)?.values() ?? [])], [queue, batch.id]);
  const { sort } = useKept(arrangement);
  const [openJobs, setOpenJobs] = useState<ReadonlySet<JobId>>(() => new Set());
  const opened = useSteps(openJobs);
  const rows = useMemo(() => batchRows(queue, batch, sort, opened), [queue, batch, sort, opened]);
  const [selected, setSelected] = useState<string | null>(null);
  const onExpand = useCallback((row: QueueRow, isExpanded: boolean) => {
    if (row.kind === 'job') setOpenJobs((old) => withJob(old, row.job.id, isExpanded));
  }, []);
  return (
    <>
      <RunHead
        trail={[]}
        name={batch.name}
        run={batch}
        owner={batch.owner}
        submittedAt={batch.submittedAt}
        target={runOfBatch(targetOfBatch(batch), batch, jobs)}
        facts={[{ name: 'Jobs', value: numberInWords(jobs.length) }]}
      />
      <BatchWhy batch={batch} jobs={jobs} />
      <QueueTable
        isFlat
        label={`Jobs of ${batch.name}`}
        rows={rows}
        hasDeadlines={hasDeadlines(queue.jobs.get(batch.id)?.values() ?? [])}
        selected={selected}
        onSelect={setSelected}
        onExpand={onExpand}
      />
    </>
  );
}
