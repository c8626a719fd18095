import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { ResourceUsage } from '../../shared/model/resource-usage';
import { memoryInWords, numberInWords, percentInWords } from '../ui/words';
import { standingOf } from './standing';

const names: Readonly<Record<string, string>> = {
  cpu: 'Cores',
  memoryMiB: 'Memory',
  gpu: 'GPUs',
  storageMiB: 'Disk',
  networkMbps: 'Network',
};

export function resourceInWords(name: string, amount: number): string {
  if (name === 'networkMbps') return `${numberInWords(amount)} Mbit/s`;
  const isMemory = name === 'memoryMiB' || name === 'storageMiB';
  return isMemory && amount !== 0 ? memoryInWords(amount) : numberInWords(amount);
}

/** How one resource of a node stands. */
export function ResourceMeter(props: {
  readonly node: NodeRow;
  readonly resource: ResourceUsage;
}): ReactNode {
  const { name, held, limit, health } = props.resource;
  const { gpuMemoryMiB } = props.node.capacity;
  const title = names[name] ?? name;
  const each = name === 'gpu' && gpuMemoryMiB > 0 ? [`${memoryInWords(gpuMemoryMiB)} each`] : [];
  const unusual = health === 'above soft limit' || health === 'overdrawn' ? [health] : [];
  const allocated = `${resourceInWords(name, held)} of ${resourceInWords(name, limit)} allocated`;
  const words = [allocated, ...each, ...unusual].join(', ');
  const measured = usedPart(props.node, props.resource);
  return (
    <div className="meter">
      <div className="meter-words">
        <span className="meter-name">{title}</span>
        <span className="faint">
          {words}
          {measured !== null && ` · ${percentInWords(measured)} used`}
        </span>
      </div>
      <div
        role="meter"
        aria-label={`${title} allocated`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(partOf(held / limit) * 100)}
        aria-valuetext={words}
      >
        <Bars allocated={held / limit} used={measured} />
      </div>
    </div>
  );
}

/** In use as measured, of what it has; null: not known, or not of now. */
export function usedPart(node: NodeRow, { used, capacity }: ResourceUsage): number | null {
  return used === null || capacity === 0 || !standingOf(node).isReached ? null : used / capacity;
}

/** What is promised to tasks as a bar, what is measured as a thin one beneath it. */
export function Bars(props: { readonly allocated: number; readonly used: number | null }): ReactNode {
  return (
    <span className="meter-bars" aria-hidden>
      <span className="meter-bar">
        <span className="meter-allocated" style={{ width: `${partOf(props.allocated) * 100}%` }} />
      </span>
      {props.used !== null && (
        <span className="meter-used-bar">
          <span className="meter-used" style={{ width: `${partOf(props.used) * 100}%` }} />
        </span>
      )}
    </span>
  );
}

const partOf = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);
