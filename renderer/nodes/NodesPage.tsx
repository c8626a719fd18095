import { Skeleton } from '@mantine/core';
import { IconServerOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useView } from '../live/useView';
import type { NodeRow } from '../../shared/ipc/contract';
import { Loading, Notice, Refused } from '../ui/Notice';
import { countInWords } from '../ui/words';
import { NodeCard } from './NodeCard';
import './nodes.css';

export function NodesPage(): ReactNode {
  const nodes = useView('nodes', {});
  if (nodes.state === 'refused') return <Refused refusal={nodes.refusal} />;
  return (
    <>
      <header className="page-head">
        <h1 className="page-title">Nodes</h1>
        {nodes.state === 'picture' && <span className="faint">{summaryOf(nodes.value)}</span>}
      </header>
      {nodes.state === 'loading' ? (
        <Loading what="the nodes">
          <Skeleton height={190} width={360} radius="lg" />
        </Loading>
      ) : nodes.value.length === 0 ? (
        <Notice icon={<IconServerOff size={28} stroke={1.5} aria-hidden />} title="There is no node">
          Work waits until a machine is there to run it.
        </Notice>
      ) : (
        <ul className="nodes" aria-label="Nodes">
          {nodes.value.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
        </ul>
      )}
    </>
  );
}

function summaryOf(nodes: readonly NodeRow[]): string {
  const running = nodes.reduce((sum, node) => sum + node.running, 0);
  const cores = nodes.reduce((sum, node) => sum + node.capacity.cpu, 0);
  return `${countInWords(nodes.length, 'node')}, ${countInWords(cores, 'core')}, ${countInWords(running, 'task')} running`;
}
