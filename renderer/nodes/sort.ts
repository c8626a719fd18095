/** In which order nodes stand by a column of their table. */
import type { NodeRow } from '../../shared/ipc/nodes';
import type { AmountName } from '../../shared/model/amounts';
import type { Sort } from '../ui/table/columns';
import { sortedBy } from '../ui/table/sorted';
import type { SortValue } from '../ui/table/sorted';
import { standingOf } from './standing';

/** What needs somebody first. */
const stateOrder: readonly ReturnType<typeof standingOf>['state'][] = [
  'ERROR',
  'OFFLINE',
  'UNKNOWN',
  'STARTING',
  'MAINTENANCE',
  'ONLINE',
];

const held =
  (name: AmountName) =>
  ({ resources }: NodeRow): SortValue =>
    resources.find((resource) => resource.name === name)?.held ?? null;

/** What is measured there is of now. */
export const vitalsNow = (node: NodeRow): NodeRow['vitals'] =>
  standingOf(node).isReached ? node.vitals : null;

const columns: Readonly<Record<string, (node: NodeRow) => SortValue>> = {
  name: ({ name }) => name,
  state: (node) => stateOrder.indexOf(standingOf(node).state),
  running: ({ running }) => running,
  cpu: held('cpu'),
  memory: held('memoryMiB'),
  gpu: held('gpu'),
  load: (node) => vitalsNow(node)?.load ?? null,
  temperature: (node) => vitalsNow(node)?.temperature ?? null,
  until: ({ setAsideUntil }) => setAsideUntil,
};

export const sortable: ReadonlySet<string> = new Set(Object.keys(columns));

export function sortNodes(nodes: readonly NodeRow[], sort: Sort | null): readonly NodeRow[] {
  const value = sort === null ? undefined : columns[sort.column];
  return sort === null || value === undefined ? nodes : sortedBy(nodes, value, sort);
}
