import { Button, Skeleton } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { EdgeRow } from '../../../../shared/ipc/graph';
import type { JobDetail } from '../../../../shared/ipc/job';
import type { EdgeEnd } from '../../../../shared/model/edge';
import { relationInWords } from '../../../../shared/model/limits-in-words';
import { jobHash } from '../../../app/route';
import { request, requestOrTell } from '../../../live/request';
import { confirm } from '../../../ui/confirm';
import { Loading, Notice } from '../../../ui/Notice';
import { tellDone, tellRefusal } from '../../../ui/tell';
import { capitalised } from '../../../ui/words';
import { signatureOf } from '../why/reasons';
import { dependenciesOf, failureInWords, nameOfEnd, stateInWords } from './edges';
import '../history/history.css';

/** What a job waits for, and what waits for it. */
export function Dependencies({ job }: { readonly job: JobDetail }): ReactNode {
  const [bypassed, setBypassed] = useState(0);
  const signature = JSON.stringify([signatureOf(job.verdicts), job.state, job.after, bypassed]);
  const edges = useEdges(job.id, signature);
  if (edges === null)
    return (
      <Loading what="the dependencies">
        <Skeleton height={14} width="50%" my={20} />
      </Loading>
    );
  const { before, after } = dependenciesOf(job.id, edges);
  if (before.length + after.length === 0)
    return (
      <Notice
        icon={<IconArrowsSplit2 size={28} stroke={1.5} aria-hidden />}
        title="It waits for nothing, and nothing waits for it"
      >
        A recipe says with “after” what a job waits for.
      </Notice>
    );
  const bypass = async (edge: EdgeRow): Promise<void> => {
    const isSure = await confirm({
      title: 'Do not wait for it?',
      text: `${job.name} goes on as if ${relationInWords(edge.relation)} had come. This cannot be taken back.`,
      yes: 'Do not wait',
      no: 'Keep waiting',
    });
    const done = isSure
      ? await requestOrTell('bypass the dependency', 'edge.bypass', { edge: edge.id, why: null })
      : null;
    if (done === null) return;
    tellDone('It does not wait for that any more');
    setBypassed(bypassed + 1);
  };
  return (
    <div className="job-panel">
      <EdgeTable title="It waits for" job={job} edges={before} endOf={({ from }) => from} onBypass={bypass} />
      <EdgeTable title="What waits for it" job={job} edges={after} endOf={({ to }) => to} />
    </div>
  );
}

function EdgeTable(props: {
  readonly title: string;
  readonly job: JobDetail;
  readonly edges: readonly EdgeRow[];
  endOf(this: void, edge: EdgeRow): EdgeEnd | null;
  onBypass?(this: void, edge: EdgeRow): Promise<void>;
}): ReactNode {
  const { onBypass } = props;
  if (props.edges.length === 0) return null;
  return (
    <>
      <h2 className="panel-title">{props.title}</h2>
      <table className="panel-table" aria-label={props.title}>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">For what</th>
            <th scope="col">State</th>
            <th scope="col">If it fails</th>
            {onBypass !== undefined && <th scope="col" aria-label="Actions" />}
          </tr>
        </thead>
        <tbody>
          {props.edges.map((edge) => {
            const end = props.endOf(edge);
            const isOpen = edge.state === 'PENDING' || edge.state === 'FAILED';
            return (
              <tr key={edge.id}>
                <td>
                  {end === null ? (
                    <span className="faint">–</span>
                  ) : (
                    <a className="job-link" href={jobHash(end.job)}>
                      {nameOfEnd(end, props.job)}
                    </a>
                  )}
                </td>
                <td>{capitalised(relationInWords(edge.relation))}</td>
                <td title={edge.reason ?? undefined}>{stateInWords[edge.state]}</td>
                <td>{failureInWords[edge.onFailure]}</td>
                {onBypass !== undefined && (
                  <td>
                    {isOpen && (
                      <Button size="compact-xs" variant="default" onClick={() => void onBypass(edge)}>
                        Do not wait
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

function useEdges(what: string, signature: string): readonly EdgeRow[] | null {
  const [edges, setEdges] = useState<readonly EdgeRow[] | null>(null);
  useEffect(() => {
    let isOver = false;
    void request('edge.list', { what }).then((answer) => {
      if (isOver) return;
      if (answer.ok) setEdges(answer.value.edges);
      else tellRefusal('show the dependencies', answer.refusal);
    });
    return () => {
      isOver = true;
    };
  }, [what, signature]);
  return edges;
}
