import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { hashOf, nodeHash } from '../app/route';
import { useView, valueOf } from '../live/useView';
import { standingOf } from '../nodes/standing';
import { NodeStateMark } from '../ui/StateMark';
import { Group } from './parts';

/** Leads to the nodes, where each has its settings. */
export function NodesSection(): ReactNode {
  const nodes = valueOf(useView('nodes', {}));
  return (
    <Group>
      <ul className="setting-nodes">
        {nodes?.map((node) => (
          <li key={node.id}>
            <a className="setting-node" href={nodeHash(node.id)}>
              <span className="setting-title">{node.name}</span>
              <span className="faint">{node.address ?? 'Local'}</span>
              <span className="setting-node-state">
                <NodeStateMark state={standingOf(node).state} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <p className="setting-lead">
        What work may use of a node, its labels and pools, and when it gives way to the person who sits there
        are set on its page, under Edit.
      </p>
      <Button
        component="a"
        href={hashOf({ page: 'addNode' })}
        variant="default"
        className="setting-add"
        leftSection={<IconPlus size={14} aria-hidden />}
      >
        Add a node
      </Button>
    </Group>
  );
}
