import { Button, Skeleton } from '@mantine/core';
import {
  IconAdjustments,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
  IconZoomQuestion,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { NodeId } from '../../shared/model/ids';
import { hashOf } from '../app/route';
import { navigate } from '../app/useRoute';
import { useView } from '../live/useView';
import { Loading, Notice, Refused } from '../ui/Notice';
import { NodeStateMark } from '../ui/StateMark';
import { countInWords } from '../ui/words';
import { setAside, takeBack } from './actions';
import { openNodeDialog } from './dialog';
import { NodeLabels, feelingInWords } from './NodeCard';
import { NodeCharts } from './NodeCharts';
import { NodeDialogs } from './NodeDialogs';
import { NodeMenu } from './NodeMenu';
import { NodeNotes } from './NodeNotes';
import { ResourceMeter } from './ResourceMeter';
import { possibleWith, standingOf } from './standing';
import './nodes.css';
import './nodePage.css';

/** One node: what can be done with it, how it stands, and how it felt in the last hour. */
export function NodePage(props: { readonly node: NodeId }): ReactNode {
  const nodes = useView('nodes', {});
  if (nodes.state === 'refused') return <Refused refusal={nodes.refusal} />;
  if (nodes.state === 'loading')
    return (
      <Loading what="the node">
        <Skeleton height={28} width={280} radius="sm" mb={24} />
        <Skeleton height={320} radius="lg" />
      </Loading>
    );
  const node = nodes.value.find(({ id }) => id === props.node);
  if (node === undefined)
    return (
      <Notice
        isPage
        icon={<IconZoomQuestion size={32} stroke={1.5} aria-hidden />}
        title="There is no such node"
        actions={<Button onClick={() => navigate({ page: 'nodes' })}>Go to the nodes</Button>}
      >
        No node has the id {props.node}. It may have been removed.
      </Notice>
    );
  return (
    <>
      <NodeHead node={node} />
      <div className="node-page">
        <NodeNotes node={node} />
        <div className="node-page-parts">
          <section className="node-panel" aria-label="Resources">
            {node.resources.map((resource) => (
              <ResourceMeter key={resource.name} resource={resource} node={node} />
            ))}
            {node.resources.length === 0 && (
              <p className="node-running">What it has is known when it was reached for the first time.</p>
            )}
            {node.labels.length > 0 && <NodeLabels labels={node.labels} />}
          </section>
          <NodeCharts node={node} />
        </div>
      </div>
      <NodeDialogs nodes={nodes.value} />
    </>
  );
}

const icon = { size: 15, 'aria-hidden': true } as const;

function NodeHead({ node }: { readonly node: NodeRow }): ReactNode {
  const possible = possibleWith(node);
  const tasks = node.running === 0 ? 'nothing runs' : `${countInWords(node.running, 'task')} running`;
  const about = [node.address ?? 'Local', node.system, tasks, ...feelingInWords(node)];
  return (
    <header className="node-page-head">
      <nav className="node-trail" aria-label="Breadcrumbs">
        <a href={hashOf({ page: 'nodes' })}>Nodes</a>
        <IconChevronRight size={13} aria-hidden />
      </nav>
      <div className="node-title-line">
        <h1 className="page-title">{node.name}</h1>
        <span className="node-state" data-testid="node-state">
          <NodeStateMark state={standingOf(node).state} />
        </span>
        <span className="node-page-actions">
          {possible.setAside && (
            <Button
              variant="default"
              leftSection={<IconPlayerPause {...icon} />}
              onClick={() => void setAside(node, null)}
            >
              Set aside
            </Button>
          )}
          {possible.takeBack && (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay {...icon} />}
              onClick={() => void takeBack(node)}
            >
              Take back
            </Button>
          )}
          {possible.connect && (
            <Button
              variant="default"
              leftSection={<IconPlugConnected {...icon} />}
              onClick={() => openNodeDialog({ kind: 'connect', node: node.id, takeOver: false })}
            >
              Connect again
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconAdjustments {...icon} />}
            onClick={() => openNodeDialog({ kind: 'edit', node: node.id })}
          >
            Edit …
          </Button>
          <NodeMenu node={node} />
        </span>
      </div>
      <p className="node-about">{about.filter((words) => words !== '').join(' · ')}</p>
    </header>
  );
}
