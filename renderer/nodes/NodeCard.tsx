import { IconDeviceDesktop, IconServer2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/contract';
import type { ResourceUsage } from '../../shared/model/resource-usage';
import { NodeStateMark } from '../ui/StateMark';
import { countInWords, memoryInWords, numberInWords, percentInWords } from '../ui/words';

const kindWords = { local: 'Local', ssh: 'Over SSH' } as const;

export function NodeCard({ node }: { readonly node: NodeRow }): ReactNode {
  const Icon = node.kind === 'local' ? IconDeviceDesktop : IconServer2;
  return (
    <li className="node">
      <div className="node-head">
        <span className="node-icon">
          <Icon size={20} stroke={1.6} aria-hidden />
        </span>
        <div className="node-names">
          <h2 className="node-name">{node.name}</h2>
          <span className="faint" title={node.system}>
            {kindWords[node.kind]}
            {node.system !== '' && ` · ${node.system}`}
          </span>
        </div>
        <NodeStateMark state={node.state} />
      </div>
      {node.reason !== null && <p className="node-reason">{node.reason}</p>}
      {node.resources.map((resource) => (
        <ResourceMeter key={resource.name} resource={resource} gpuMemoryMiB={node.capacity.gpuMemoryMiB} />
      ))}
      {node.labels.length > 0 && (
        <ul className="node-labels" aria-label="Labels">
          {node.labels.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
      <p className="node-running">
        {node.running === 0 ? 'Nothing runs here now' : `${countInWords(node.running, 'task')} running`}
      </p>
    </li>
  );
}

const names: Readonly<Record<string, string>> = {
  cpu: 'Cores',
  memoryMiB: 'Memory',
  gpu: 'GPUs',
  storageMiB: 'Disk',
  networkMbps: 'Network',
};

function amountInWords(name: string, amount: number): string {
  if (name === 'networkMbps') return `${numberInWords(amount)} Mbit/s`;
  const isMemory = name === 'memoryMiB' || name === 'storageMiB';
  return isMemory && amount !== 0 ? memoryInWords(amount) : numberInWords(amount);
}

function ResourceMeter(props: {
  readonly resource: ResourceUsage;
  readonly gpuMemoryMiB: number;
}): ReactNode {
  const { name, held, limit, capacity, used, health } = props.resource;
  const each = name === 'gpu' && props.gpuMemoryMiB > 0 ? [`${memoryInWords(props.gpuMemoryMiB)} each`] : [];
  const unusual = health === 'above soft limit' || health === 'overdrawn' ? [health] : [];
  const allocated = `${amountInWords(name, held)} of ${amountInWords(name, limit)} allocated`;
  return (
    <Meter
      name={names[name] ?? name}
      allocated={held / limit}
      used={used === null || capacity === 0 ? null : used / capacity}
      words={[allocated, ...each, ...unusual].join(', ')}
    />
  );
}

/** What is promised to tasks as a bar, what is measured as a thin one beneath it. */
function Meter(props: {
  readonly name: string;
  readonly allocated: number;
  readonly used: number | null;
  readonly words: string;
}): ReactNode {
  const allocated = Number.isFinite(props.allocated) ? Math.min(1, Math.max(0, props.allocated)) : 0;
  const used = props.used === null ? null : Math.min(1, Math.max(0, props.used));
  return (
    <div className="meter">
      <div className="meter-words">
        <span className="meter-name">{props.name}</span>
        <span className="faint">
          {props.words}
          {used !== null && ` · ${percentInWords(used)} used`}
        </span>
      </div>
      <div
        className="meter-bar"
        role="meter"
        aria-label={`${props.name} allocated`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(allocated * 100)}
        aria-valuetext={props.words}
      >
        <div className="meter-allocated" style={{ width: `${allocated * 100}%` }} />
      </div>
      {used !== null && (
        <div className="meter-used-bar" aria-hidden>
          <div className="meter-used" style={{ width: `${used * 100}%` }} />
        </div>
      )}
    </div>
  );
}
