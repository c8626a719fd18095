import { IconClockExclamation } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { AmountName } from '../../shared/model/amounts';
import { nodeHash } from '../app/route';
import { navigate } from '../app/useRoute';
import { useKept } from '../ui/kept';
import { NodeStateMark } from '../ui/StateMark';
import { arrangementAt, inOrder } from '../ui/table/arrangement';
import type { Arranging } from '../ui/table/columns';
import { Moment } from '../ui/Time';
import { VirtualTable } from '../ui/VirtualTable';
import type { Column } from '../ui/VirtualTable';
import { degreesInWords, numberInWords, percentInWords } from '../ui/words';
import { remove } from './actions';
import { NodeMenu } from './NodeMenu';
import { Bars, resourceInWords, usedPart } from './ResourceMeter';
import { sortable, sortNodes, vitalsNow } from './sort';
import { standingOf } from './standing';

/** Many nodes, a row each. */
export function NodeTable({ nodes }: { readonly nodes: readonly NodeRow[] }): ReactNode {
  const [selected, setSelected] = useState<string | null>(null);
  const { order, widths, sort } = useKept(arrangement);
  const rows = useMemo(() => sortNodes(nodes, sort), [nodes, sort]);
  const columns = useMemo(
    () => [
      ...fixedFirst,
      ...inOrder(movable, order).flatMap((id) => allColumns.find(isNamed(id)) ?? []),
      ...fixedLast,
    ],
    [order],
  );
  const arranging = useMemo((): Arranging => ({ ...arrangingOf, widths, sort }), [widths, sort]);
  return (
    <VirtualTable
      label="Nodes"
      columns={columns}
      arranging={arranging}
      rows={rows}
      rowHeight={48}
      keyOf={keyOf}
      placeOf={placeOf}
      selected={selected}
      onSelect={setSelected}
      onOpen={open}
      onExpand={unfold}
      onKey={onKey}
    />
  );
}

const keyOf = ({ id }: NodeRow): string => id;
const placeOf = () => ({ level: 1, isExpanded: null });
const open = ({ id }: NodeRow): void => navigate({ page: 'node', node: id });
const unfold = (): void => undefined;

function onKey(node: NodeRow, key: string): boolean {
  if (key !== 'Delete' || node.address === null) return false;
  void remove(node);
  return true;
}

const columnsAtFirst: readonly Column<NodeRow>[] = [
  {
    id: 'name',
    title: 'Name',
    isFixed: true,
    width: 'minmax(140px, 1fr)',
    render: ({ id, name, address }) => (
      <span className="node-cell">
        <a className="node-cell-name" href={nodeHash(id)} tabIndex={-1}>
          {name}
        </a>
        <span className="faint">{address ?? 'Local'}</span>
      </span>
    ),
  },
  {
    id: 'state',
    title: 'State',
    width: 'minmax(170px, 1.3fr)',
    render: (node) => {
      const { state, reason } = standingOf(node);
      return (
        <span className="node-cell" title={reason ?? undefined}>
          <NodeStateMark state={state} />
          {reason !== null && <span className="faint">{reason}</span>}
        </span>
      );
    },
  },
  {
    id: 'running',
    title: 'Tasks',
    width: '64px',
    render: ({ running }) => (running === 0 ? <span className="faint">0</span> : numberInWords(running)),
  },
  { id: 'cpu', title: 'Cores', width: '132px', render: (node) => <Held node={node} name="cpu" /> },
  { id: 'memory', title: 'Memory', width: '164px', render: (node) => <Held node={node} name="memoryMiB" /> },
  { id: 'gpu', title: 'GPUs', width: '88px', render: (node) => <Held node={node} name="gpu" /> },
  {
    id: 'load',
    title: 'Load',
    width: '68px',
    isMinor: true,
    render: (node) => known(vitalsNow(node)?.load, (load) => load.toFixed(1)),
  },
  {
    id: 'temperature',
    title: 'Heat',
    width: '76px',
    isMinor: true,
    render: (node) => known(vitalsNow(node)?.temperature, degreesInWords),
  },
  {
    id: 'until',
    title: 'Aside until',
    width: '104px',
    isMinor: true,
    render: ({ setAsideUntil }) => known(setAsideUntil, (at) => <Moment at={at} />),
  },
  {
    id: 'actions',
    title: '',
    isFixed: true,
    width: '64px',
    render: (node, isActive) => (
      <span className="node-cell-actions">
        {node.clock !== null && (
          <span role="img" aria-label={node.clock} title={node.clock} className="node-cell-clock">
            <IconClockExclamation size={17} stroke={1.8} aria-hidden />
          </span>
        )}
        <NodeMenu node={node} tabIndex={isActive ? 0 : -1} />
      </span>
    ),
  },
];

const allColumns = columnsAtFirst.map((column) => ({ ...column, isSortable: sortable.has(column.id) }));
const fixedFirst = allColumns.filter(({ id }) => id === 'name');
const fixedLast = allColumns.filter(({ id }) => id === 'actions');
const movable = allColumns.filter(({ isFixed }) => isFixed !== true).map(({ id }) => id);
const isNamed =
  (wanted: string) =>
  ({ id }: Column<NodeRow>): boolean =>
    id === wanted;

const { arrangement, resize, move, sortBy } = arrangementAt('drover.nodes.columns');
const arrangingOf = {
  onResize: resize,
  onMove: (column: string, before: string | null) => move(movable, column, before),
  onSort: sortBy,
};

function known(value: number | null | undefined, show: (value: number) => ReactNode): ReactNode {
  return value === null || value === undefined ? <span className="faint">–</span> : show(value);
}

/** What is promised to tasks, and what is in use as measured. */
function Held(props: { readonly node: NodeRow; readonly name: AmountName }): ReactNode {
  const resource = props.node.resources.find(({ name }) => name === props.name);
  if (resource === undefined) return <span className="faint">–</span>;
  const { held, limit } = resource;
  const measured = usedPart(props.node, resource);
  return (
    <span className="node-cell" title={measured === null ? undefined : `${percentInWords(measured)} used`}>
      <span>
        {resourceInWords(props.name, held)}
        <span className="faint"> / {resourceInWords(props.name, limit)}</span>
      </span>
      <Bars allocated={held / limit} used={measured} />
    </span>
  );
}
