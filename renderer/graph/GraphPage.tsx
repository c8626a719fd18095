import { Button } from '@mantine/core';
import { IconChevronRight, IconList, IconSitemap } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BatchId, JobId } from '../../shared/model/ids';
import { batchHash, hashOf } from '../app/route';
import { navigate } from '../app/useRoute';
import { useView, valueOf } from '../live/useView';
import { Loading, Notice, Refused } from '../ui/Notice';
import { StateMark } from '../ui/StateMark';
import { countInWords, percentInWords } from '../ui/words';
import { GraphEditor } from './GraphEditor';

/** The jobs of a batch and what waits for what, to be seen and changed. */
export function GraphPage(props: { readonly batch: BatchId; readonly job: JobId | null }): ReactNode {
  const graph = useView('graph', { batch: props.batch });
  const row = valueOf(useView('queue', {}))?.batches.get(props.batch) ?? null;
  switch (graph.state) {
    case 'loading':
      return <Loading what="the graph" />;
    case 'refused':
      return (
        <Refused
          refusal={graph.refusal}
          actions={<Button onClick={() => navigate({ page: 'queue' })}>Go to the queue</Button>}
        />
      );
    case 'picture': {
      const name = row?.name ?? props.batch;
      return (
        <div className="graph-page">
          <header className="page-head graph-head">
            <nav className="graph-trail" aria-label="Breadcrumbs">
              <a href={hashOf({ page: 'queue' })}>Queue</a>
              <IconChevronRight size={13} aria-hidden />
              <a href={batchHash(props.batch)}>{name}</a>
              <IconChevronRight size={13} aria-hidden />
            </nav>
            <h1 className="page-title">Graph</h1>
            {row !== null && (
              <StateMark
                state={row.state}
                note={`${percentInWords(row.progress)}, ${countInWords(graph.value.jobs.size, 'job')}`}
              />
            )}
            <Button
              component="a"
              href={batchHash(props.batch)}
              variant="default"
              ml="auto"
              leftSection={<IconList size={15} aria-hidden />}
            >
              List of jobs
            </Button>
          </header>
          {graph.value.jobs.size === 0 ? (
            <Notice
              icon={<IconSitemap size={28} stroke={1.5} aria-hidden />}
              title="This batch has no jobs"
            />
          ) : (
            <GraphEditor key={props.batch} batch={props.batch} name={name} job={props.job} />
          )}
        </div>
      );
    }
  }
}
