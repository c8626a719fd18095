import { Button } from '@mantine/core';
import { IconChevronRight, IconRotateClockwise } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeWhy } from '../../../../shared/ipc/plans';
import { reasonInWords, verdictInWords, type Verdict } from '../../../../shared/model/verdict';
import { hashOf, jobHash, nodeHash } from '../../../app/route';
import { requestOrTell } from '../../../live/request';
import { tellDone } from '../../../ui/tell';
import { capitalised, countInWords } from '../../../ui/words';
import { nodesUnder, signatureOf } from './reasons';

interface Props {
  readonly verdicts: readonly Verdict[];
  readonly nodes: readonly NodeWhy[];
}

/** Each reason in words, with what is behind it. */
export function Reasons({ verdicts, nodes }: Props): ReactNode {
  return (
    <ul className="why-reasons">
      {verdicts.map((verdict) => (
        <Reason key={signatureOf([verdict])} verdict={verdict} nodes={nodes} />
      ))}
    </ul>
  );
}

function Reason(props: { readonly verdict: Verdict; readonly nodes: readonly NodeWhy[] }): ReactNode {
  const { verdict, nodes } = props;
  if (verdict.kind === 'tooLarge')
    return (
      <li>
        <span>{capitalised(verdictInWords({ ...verdict, what: [] }).replace(/; $/, ''))}.</span>
        <Reasons verdicts={verdict.what} nodes={nodes} />
      </li>
    );
  return (
    <li>
      <span>{capitalised(verdictInWords(verdict))}.</span> <Way verdict={verdict} />
      <NodesUnder nodes={nodesUnder(verdict, nodes)} />
    </li>
  );
}

/** The nodes that a reason counts, unfolded on demand. */
function NodesUnder({ nodes }: { readonly nodes: readonly NodeWhy[] }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const [only] = nodes;
  if (only === undefined) return null;
  if (nodes.length === 1)
    return (
      <a className="job-link" href={nodeHash(only.node)}>
        Open {only.name}
      </a>
    );
  return (
    <>
      <button
        type="button"
        className="why-unfold"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={13} aria-hidden />
        {countInWords(nodes.length, 'node')}
      </button>
      <ul id={id} className="why-nodes" hidden={!isOpen}>
        {isOpen &&
          nodes.map(({ node, name, reason }) => (
            <li key={node}>
              <a className="job-link" href={nodeHash(node)}>
                {name}
              </a>{' '}
              <span className="faint">{reasonInWords(reason)}</span>
            </li>
          ))}
      </ul>
    </>
  );
}

/** What leads to what is in the way, or changes it. */
function Way({ verdict }: { readonly verdict: Verdict }): ReactNode {
  switch (verdict.kind) {
    case 'waitsFor':
      return <OpenJob verdict={verdict} />;
    case 'upstreamFailed':
      return (
        <>
          <OpenJob verdict={verdict} />
          <RetryJob verdict={verdict} />
        </>
      );
    case 'noNodes':
      return (
        <a className="job-link" href={hashOf({ page: 'nodes' })}>
          Open nodes
        </a>
      );
    case 'othersFirst':
      return (
        <a className="job-link" href={hashOf({ page: 'queue' })}>
          Open the queue
        </a>
      );
    case 'tooLarge':
    case 'nodes':
    case 'held':
    case 'notYet':
    case 'condition':
    case 'triedAgain':
    case 'limit':
      return null;
  }
}

function OpenJob(props: {
  readonly verdict: Extract<Verdict, { readonly kind: 'waitsFor' | 'upstreamFailed' }>;
}): ReactNode {
  return (
    <a className="job-link" href={jobHash(props.verdict.job)}>
      Open {props.verdict.jobName}
    </a>
  );
}

function RetryJob({
  verdict,
}: {
  readonly verdict: Extract<Verdict, { kind: 'upstreamFailed' }>;
}): ReactNode {
  const { job, jobName } = verdict;
  const retry = async (): Promise<void> => {
    const changed = await requestOrTell(`retry ${jobName}`, 'batch.retry', { what: job, why: null });
    if (changed !== null)
      tellDone(`${jobName} goes on`, `${countInWords(changed.tasks, 'task')} will run again`);
  };
  return (
    <Button
      ml="xs"
      size="compact-xs"
      variant="default"
      leftSection={<IconRotateClockwise size={13} aria-hidden />}
      onClick={() => void retry()}
    >
      Retry {jobName}
    </Button>
  );
}
