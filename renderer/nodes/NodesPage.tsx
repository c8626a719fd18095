import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlus, IconServerOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { bridge } from '../live/connection';
import { navigate } from '../app/useRoute';
import { keysFor } from '../app/shortcuts';
import { useView } from '../live/useView';
import { Loading, Notice, Refused } from '../ui/Notice';
import { countInWords } from '../ui/words';
import { NodeCard } from './NodeCard';
import { NodeDialogs } from './NodeDialogs';
import { NodeTable } from './NodeTable';
import './nodes.css';

const mostCards = 8;
type Layout = 'cards' | 'table';

/** What the person chose stays when they come back from another page. */
const kept: { layout: Layout | null } = { layout: null };

export function NodesPage(): ReactNode {
  const nodes = useView('nodes', {});
  const [chosen, setChosen] = useState(kept.layout);
  useEffect(() => {
    kept.layout = chosen;
  }, [chosen]);
  if (nodes.state === 'refused') return <Refused refusal={nodes.refusal} />;
  const rows = nodes.state === 'picture' ? nodes.value : [];
  const layout = chosen ?? (rows.length > mostCards ? 'table' : 'cards');
  return (
    <>
      <header className="page-head">
        <h1 className="page-title">Nodes</h1>
        {nodes.state === 'picture' && <span className="faint">{summaryOf(rows)}</span>}
        <span className="nodes-actions">
          {rows.length > 1 && (
            <SegmentedControl
              aria-label="Show as"
              data={[
                { value: 'cards', label: 'Cards' },
                { value: 'table', label: 'Table' },
              ]}
              value={layout}
              onChange={(value) => setChosen(value === 'table' ? 'table' : 'cards')}
            />
          )}
          <AddButton />
        </span>
      </header>
      {nodes.state === 'loading' ? (
        <Loading what="the nodes">
          <Skeleton height={190} width={360} radius="lg" />
        </Loading>
      ) : rows.length === 0 ? (
        <Notice
          icon={<IconServerOff size={28} stroke={1.5} aria-hidden />}
          title="There is no node"
          actions={<AddButton />}
        >
          Work waits until a machine is there to run it.
        </Notice>
      ) : layout === 'table' ? (
        <NodeTable nodes={rows} />
      ) : (
        <ul className="nodes" aria-label="Nodes">
          {rows.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
        </ul>
      )}
      <NodeDialogs nodes={rows} />
    </>
  );
}

function AddButton(): ReactNode {
  return (
    <Button
      leftSection={<IconPlus size={15} aria-hidden />}
      title={keysFor('addNode', bridge.platform)}
      onClick={() => navigate({ page: 'addNode' })}
    >
      Add a node
    </Button>
  );
}

function summaryOf(nodes: readonly NodeRow[]): string {
  const running = nodes.reduce((sum, node) => sum + node.running, 0);
  const cores = nodes.reduce((sum, node) => sum + node.capacity.cpu, 0);
  return `${countInWords(nodes.length, 'node')}, ${countInWords(cores, 'core')}, ${countInWords(running, 'task')} running`;
}
