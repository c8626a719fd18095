import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { LiveChart } from '../ui/chart/LiveChart';
import { useCalmNow } from '../ui/useNow';
import { degreesInWords, memoryInWords, percentInWords, rateInWords } from '../ui/words';
import { useVitals } from './useVitals';
import { hour, isMeasured, pointsOf, type Measure } from './vitals';

interface Chart {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly measure: Measure }[];
  /** The least that the scale goes up to. */
  readonly top: (node: NodeRow) => number;
  readonly grows: boolean;
  readonly format: (value: number) => string;
  /** Shown also while nothing of it is known. */
  readonly always: boolean;
}

const heat = [
  { name: 'processor', measure: 'temperature' },
  { name: 'GPU', measure: 'gpuTemperature' },
] as const;

const charts: readonly Chart[] = [
  {
    title: 'Processor',
    lines: [{ name: 'busy', measure: 'cpu' }],
    top: () => 1,
    grows: false,
    format: percentInWords,
    always: true,
  },
  {
    title: 'Memory',
    lines: [{ name: 'used', measure: 'memoryUsedMiB' }],
    top: ({ capacity }) => Math.max(1024, capacity.memoryMiB),
    grows: false,
    format: memoryInWords,
    always: true,
  },
  {
    title: 'Network',
    lines: [
      { name: 'in', measure: 'networkIn' },
      { name: 'out', measure: 'networkOut' },
    ],
    top: () => 1000,
    grows: true,
    format: rateInWords,
    always: true,
  },
  {
    title: 'Disk',
    lines: [
      { name: 'read', measure: 'diskRead' },
      { name: 'written', measure: 'diskWrite' },
    ],
    top: () => 1000,
    grows: true,
    format: rateInWords,
    always: true,
  },
  {
    title: 'GPU',
    lines: [{ name: 'busy', measure: 'gpu' }],
    top: () => 1,
    grows: false,
    format: percentInWords,
    always: false,
  },
  { title: 'Temperature', lines: heat, top: () => 100, grows: false, format: degreesInWords, always: false },
];

/** How a node felt in the last hour. */
export function NodeCharts({ node }: { readonly node: NodeRow }): ReactNode {
  const readings = useVitals(node);
  const now = useCalmNow();
  return (
    <section className="node-charts" aria-label="The last hour">
      {charts.map(({ title, lines, top, grows, format, always }) => {
        const measured = lines.filter(({ measure }) => isMeasured(readings, measure));
        const shown = measured.length === 0 && always ? lines : measured;
        return (
          shown.length > 0 && (
            <LiveChart
              key={title}
              title={title}
              lines={shown.map(({ name, measure }) => ({ name, points: pointsOf(readings, measure) }))}
              to={now}
              span={hour}
              top={top(node)}
              grows={grows}
              format={format}
            />
          )
        );
      })}
    </section>
  );
}
