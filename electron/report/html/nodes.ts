/** The machines that did the work: what they are, what they did, what it cost. */
import { amountsInWords } from '../../../shared/model/amounts';
import { duration, energy, money, thousands } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { note, rest, section, table, type Column } from './parts';

type Node = PageContent['nodes'][number];

const mostRows = 100;

export function* nodeSection({ nodes }: PageContent): Generator<string> {
  if (nodes.length > 0) yield* section('Nodes', nodeTable(nodes), 'nodes');
}

function* nodeTable(nodes: readonly Node[]): Generator<string> {
  const columns: readonly (Column & { readonly of: (node: Node) => string })[] = [
    { name: 'Node', of: describe },
    { name: 'Attempts', isNumber: true, of: ({ attempts }) => thousands(attempts) },
    { name: 'Failed', isNumber: true, of: ({ failed }) => bad(failed) },
    { name: 'Lost', isNumber: true, of: ({ lost }) => bad(lost) },
    { name: 'Running time', isNumber: true, of: ({ busyMs }) => duration(busyMs) },
    { name: 'Cost', isNumber: true, of: ({ cost }) => (cost === null ? '' : escape(money(cost))) },
    { name: 'Energy', isNumber: true, of: ({ energyKWh }) => (energyKWh === null ? '' : energy(energyKWh)) },
  ];
  const shown = nodes.slice(0, mostRows);
  const filled = columns.filter(({ of }) => shown.some((node) => of(node) !== ''));
  yield* table(
    filled,
    shown.map((node) => filled.map(({ of }) => of(node))),
  );
  yield rest(nodes.length, mostRows, 'nodes');
  if (nodes.some(({ cost, energyKWh }) => cost !== null || energyKWh !== null))
    yield note(
      'Costs and energy follow from the cost per hour and the watts in the settings of each node: an attempt counts for the largest part of the node that it asked for.',
    );
}

const bad = (value: number): string => (value === 0 ? '' : `<span class="bad">${thousands(value)}</span>`);

function describe({ name, system, capacity, programs }: Node): string {
  const has = amountsInWords({ ...capacity, storageMiB: 0, networkMbps: 0 });
  const found = programs.map(
    (program) => `${program.name}${program.version === null ? '' : ` ${program.version}`}`,
  );
  const about = [system, has === 'nothing' ? '' : has].filter((words) => words !== '').join('; ');
  const lines = [about, found.join(', ')].filter((words) => words !== '');
  return `<span class="name">${escape(name)}</span>${lines.map((line) => `<small>${escape(line)}</small>`).join('')}`;
}
