/** How the terminal shows machines: those of the farm, and one that somebody is about to add. */
import type { NodeRow, NodesPicture } from '../../shared/ipc/nodes';
import { connectSteps, type ConnectStep, type FoundMachine, type NodeTrial } from '../../shared/ipc/nodes';
import { amountsInWords } from '../../shared/model/amounts';
import type { ResourceUsage } from '../../shared/model/resource-usage';
import { moments, percent, table } from './text';

const amountText = ({ name }: ResourceUsage, amount: number): string =>
  name === 'memoryMiB' || name === 'storageMiB'
    ? (amount / 1024).toFixed(1)
    : String(Number(amount.toFixed(2)));

/** `4 of 8`: what is held of what work may hold. */
function heldText(resources: readonly ResourceUsage[], name: string): string {
  const found = resources.find((resource) => resource.name === name);
  if (found === undefined) return '';
  const unit = name === 'memoryMiB' || name === 'storageMiB' ? ' GiB' : '';
  return `${amountText(found, found.held)} of ${amountText(found, found.limit)}${unit}`;
}

/** In use as measured, of all that is there. */
function loadText(resources: readonly ResourceUsage[]): string {
  const cores = resources.find(({ name }) => name === 'cpu');
  return cores === undefined || cores.used === null || cores.capacity === 0
    ? ''
    : percent(cores.used / cores.capacity);
}

/** What there is beside cores and memory, and what does not stand well. */
function otherText(resources: readonly ResourceUsage[]): readonly string[] {
  const words: Readonly<Record<string, string>> = { gpu: 'GPU', storageMiB: 'disk', networkMbps: 'Mbit/s' };
  return resources.flatMap(({ name, health }) => {
    const isUnusual = health === 'above soft limit' || health === 'overdrawn';
    if (name === 'cpu' || name === 'memoryMiB')
      return isUnusual ? [`${name === 'cpu' ? 'cores' : 'memory'} ${health}`] : [];
    return [`${heldText(resources, name)} ${words[name] ?? name}${isUnusual ? ` (${health})` : ''}`];
  });
}

export function nodesText({ nodes, farm }: NodesPicture): string {
  if (nodes.length === 0)
    return 'No node has been seen yet. One is when Drover runs: drover serve, or its window.';
  const cells = (resources: readonly ResourceUsage[], running: number): string[] => [
    heldText(resources, 'cpu'),
    heldText(resources, 'memoryMiB'),
    String(running),
    loadText(resources),
  ];
  const rows: string[][] = [['ID', 'NAME', 'ADDRESS', 'STATE', 'CORES', 'MEMORY', 'RUNNING', 'LOAD']];
  for (const { id, name, address, state, resources, running } of nodes)
    rows.push([id, name, address ?? '', state, ...cells(resources, running)]);
  if (nodes.length > 1) {
    const running = nodes.reduce((sum, node) => sum + node.running, 0);
    rows.push(['', 'all together', '', '', ...cells(farm, running)]);
  }
  return [
    table(rows),
    ...nodes.flatMap(({ name, resources, labels }) => {
      const more = [...otherText(resources), ...labels].join(', ');
      return more === '' ? [] : [`${name}: ${more}`];
    }),
    ...nodes.flatMap(notesText),
  ].join('\n');
}

/** Why it is as it is, until when, and what should be known of it. */
function notesText({ name, reason, setAsideUntil, clock }: NodeRow): readonly string[] {
  const until = setAsideUntil === null ? '' : `set aside until ${moments.format(setAsideUntil)}`;
  return [
    ...[reason, until].filter((part) => part !== null && part !== '').map((part) => `${name}: ${part}`),
    ...(clock === null ? [] : [clock]),
  ];
}

const stepWords: Readonly<Record<ConnectStep, string>> = {
  configuration: 'the SSH configuration can be read',
  name: 'its name leads to an address',
  reach: 'something answers there',
  hostKey: 'its host key is known',
  logIn: 'it lets you in',
  files: 'it takes files',
  shell: 'it runs sh',
};

/** How far it went, a line a step. */
export function stepsText(trial: NodeTrial): string {
  const end = endOf(trial);
  const at = end === null ? connectSteps.length : connectSteps.indexOf(end);
  return table(
    connectSteps.map((step, index) => [
      index < at ? 'ok' : index > at ? '-' : trial.kind === 'question' ? 'asks' : 'failed',
      stepWords[step],
    ]),
  );
}

/** The step at which it went no further; null: it went all the way. */
function endOf(trial: NodeTrial): ConnectStep | null {
  switch (trial.kind) {
    case 'found':
      return null;
    case 'failed':
      return trial.step;
    case 'question':
      return trial.question.kind === 'hostKey' ? 'hostKey' : 'logIn';
  }
}

export function machineText({ system, host, capacity, freeDiskMiB, ...found }: FoundMachine): string {
  const free = freeDiskMiB === null ? '' : `, ${(freeDiskMiB / 1024).toFixed(0)} GiB of disk free`;
  const rows = [
    ['machine', host === null ? system : `${host}, ${system}`],
    ['has', `${amountsInWords(capacity, capacity.special)}${free}`],
    ['cards', found.cards.map(({ name, memoryMiB }) => `${name} (${memoryMiB} MiB)`).join(', ')],
    ['shells', found.shells.join(', ')],
    [
      'programs',
      found.programs.map(({ name, version }) => (version === null ? name : `${name} ${version}`)).join(', '),
    ],
    ['labels', found.labels.join(', ')],
  ];
  return table(rows.filter(([, value]) => value !== ''));
}
