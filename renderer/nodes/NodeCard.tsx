import { IconDeviceDesktop, IconServer2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/contract';
import { NodeStateMark } from '../ui/StateMark';
import { countInWords, memoryInWords, numberInWords, percentInWords } from '../ui/words';

const kindWords = { local: 'Local', ssh: 'Over SSH' } as const;

export function NodeCard({ node }: { readonly node: NodeRow }): ReactNode {
  const Icon = node.kind === 'local' ? IconDeviceDesktop : IconServer2;
  const { capacity, allocated } = node;
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
      <Meter
        name="Cores"
        allocated={allocated.cpu / capacity.cpu}
        used={node.cpuLoad}
        words={`${numberInWords(allocated.cpu)} of ${numberInWords(capacity.cpu)} allocated`}
      />
      <Meter
        name="Memory"
        allocated={allocated.memoryMiB / capacity.memoryMiB}
        used={node.memoryUsed}
        words={`${allocated.memoryMiB === 0 ? '0' : memoryInWords(allocated.memoryMiB)} of ${memoryInWords(capacity.memoryMiB)} allocated`}
      />
      {capacity.gpu > 0 && (
        <Meter
          name="GPUs"
          allocated={allocated.gpu / capacity.gpu}
          used={null}
          words={`${numberInWords(allocated.gpu)} of ${numberInWords(capacity.gpu)} allocated${capacity.gpuMemoryMiB > 0 ? `, ${memoryInWords(capacity.gpuMemoryMiB)} each` : ''}`}
        />
      )}
      {capacity.storageMiB > 0 && (
        <Meter
          name="Disk"
          allocated={allocated.storageMiB / capacity.storageMiB}
          used={null}
          words={`${allocated.storageMiB === 0 ? '0' : memoryInWords(allocated.storageMiB)} of ${memoryInWords(capacity.storageMiB)} allocated`}
        />
      )}
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
