import { IconDeviceDesktop, IconServer2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { nodeHash } from '../app/route';
import { Sparkline } from '../ui/chart/Sparkline';
import { NodeStateMark } from '../ui/StateMark';
import { useCalmNow } from '../ui/useNow';
import { countInWords, degreesInWords } from '../ui/words';
import { NodeMenu } from './NodeMenu';
import { NodeNotes } from './NodeNotes';
import { ResourceMeter } from './ResourceMeter';
import { standingOf } from './standing';
import { useVitals } from './useVitals';
import { hour, pointsOf } from './vitals';

const kindWords = { local: 'Local', ssh: 'Over SSH' } as const;

export function NodeIcon({ kind }: Pick<NodeRow, 'kind'>): ReactNode {
  const Icon = kind === 'local' ? IconDeviceDesktop : IconServer2;
  return (
    <span className="node-icon">
      <Icon size={20} stroke={1.6} aria-hidden />
    </span>
  );
}

export function NodeCard({ node }: { readonly node: NodeRow }): ReactNode {
  const about = [node.address ?? kindWords[node.kind], node.system]
    .filter((words) => words !== '')
    .join(' · ');
  return (
    <li className="node">
      <div className="node-head">
        <NodeIcon kind={node.kind} />
        <div className="node-names">
          <h2 className="node-name">
            <a className="node-link" href={nodeHash(node.id)}>
              {node.name}
            </a>
          </h2>
          <span className="faint" title={about}>
            {about}
          </span>
        </div>
        <NodeStateMark state={standingOf(node).state} />
        <NodeMenu node={node} />
      </div>
      <NodeNotes node={node} />
      {node.resources.map((resource) => (
        <ResourceMeter key={resource.name} resource={resource} node={node} />
      ))}
      {node.vitals !== null && <NodePulse node={node} />}
      {node.labels.length > 0 && <NodeLabels labels={node.labels} most={6} />}
      <p className="node-running">
        {node.running === 0 ? 'Nothing runs here now' : `${countInWords(node.running, 'task')} running`}
      </p>
    </li>
  );
}

/** `most`: so many are shown, of the others only the number. */
export function NodeLabels(props: { readonly labels: NodeRow['labels']; readonly most?: number }): ReactNode {
  const { labels, most = labels.length } = props;
  return (
    <ul className="node-labels" aria-label="Labels" title={labels.join(', ')}>
      {labels.slice(0, most).map((label) => (
        <li key={label}>{label}</li>
      ))}
      {labels.length > most && <li>+{labels.length - most}</li>}
    </ul>
  );
}

/** Its processor in the last hour, and how it feels now. */
function NodePulse({ node }: { readonly node: NodeRow }): ReactNode {
  const readings = useVitals(node);
  const now = useCalmNow();
  const words = feelingInWords(node);
  return (
    <div className="node-pulse">
      <Sparkline points={pointsOf(readings, 'cpu')} to={now} span={hour} top={1} />
      <span className="faint node-pulse-words">{['processor', ...words].join(' · ')}</span>
    </div>
  );
}

/** `load 2.1`, `54 °C`: what is known now. */
export function feelingInWords(node: NodeRow): readonly string[] {
  const { vitals } = node;
  if (vitals === null || !standingOf(node).isReached) return [];
  const { load, temperature, gpuTemperature } = vitals;
  return [
    ...(load === null ? [] : [`load ${load.toFixed(1)}`]),
    ...(temperature === null ? [] : [degreesInWords(temperature)]),
    ...(gpuTemperature === null ? [] : [`GPU ${degreesInWords(gpuTemperature)}`]),
  ];
}
