import { Button, Code, Loader } from '@mantine/core';
import {
  IconCheck,
  IconFileDownload,
  IconPlayerPlay,
  IconPlus,
  IconSitemap,
  IconTerminal2,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { Sample } from '../../shared/ipc/submissions';
import { hashOf } from '../app/route';
import { navigate } from '../app/useRoute';
import { request, requestOrTell } from '../live/request';
import { useView, valueOf } from '../live/useView';
import { sampleInWords } from '../submit/sample-words';
import { countInWords, memoryInWords } from '../ui/words';
import './queue.css';

/** The first thing that a person sees: that all is ready, and three ways to begin. */
export function EmptyQueue(): ReactNode {
  const nodes = valueOf(useView('nodes', {}));
  const samples = useSamples();
  return (
    <div className="first">
      <ReadyNodes nodes={nodes} />
      <h1 className="first-title">What shall we run?</h1>
      <p className="first-text">
        Drover runs renders and simulations on the machines you already have, and shows how far they are.
      </p>
      <div className="first-ways">
        <section className="first-way" aria-label="Try a sample">
          <IconPlayerPlay className="first-icon" size={22} stroke={1.6} aria-hidden />
          <h2>See it work</h2>
          <p>
            {samples[0] === undefined
              ? 'A small animated scene, rendered frame by frame. Nothing to install.'
              : sampleInWords(samples[0])}
          </p>
          <div className="first-actions">
            {samples.map((sample, index) => (
              <RunSample key={sample.name} sample={sample} isFirst={index === 0} />
            ))}
          </div>
        </section>
        <section className="first-way" aria-label="Submit something of yours">
          <IconFileDownload className="first-icon" size={22} stroke={1.6} aria-hidden />
          <h2>Drop what you have</h2>
          <p>
            A .blend file, a scene, the input of a simulation, a recipe: drop it anywhere in this window. You
            see what it would run before anything starts.
          </p>
          <div className="first-actions">
            <Button
              component="a"
              href={hashOf({ page: 'submit', wishes: [] })}
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
            >
              See all presets …
            </Button>
            <Button
              component="a"
              href={hashOf({ page: 'pipeline', file: null })}
              variant="default"
              leftSection={<IconSitemap size={15} aria-hidden />}
            >
              Build a pipeline …
            </Button>
          </div>
        </section>
        <section className="first-way" aria-label="From a terminal">
          <IconTerminal2 className="first-icon" size={22} stroke={1.6} aria-hidden />
          <h2>From a terminal</h2>
          <p>The same from a script or another program. What you submit there shows up here at once.</p>
          <Code block className="first-code" tabIndex={0}>
            npm run -s drover -- submit FILE
          </Code>
        </section>
      </div>
    </div>
  );
}

/** Those that run anywhere. */
function useSamples(): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let isMounted = true;
    void request('sample.list', {}).then((answer) => {
      if (isMounted && answer.ok) setSamples(answer.value.samples.filter(({ needs }) => needs.length === 0));
    });
    return () => {
      isMounted = false;
    };
  }, []);
  return samples;
}

function RunSample(props: { readonly sample: Sample; readonly isFirst: boolean }): ReactNode {
  const [isStarting, setStarting] = useState(false);
  const run = async (): Promise<void> => {
    setStarting(true);
    const batch = await requestOrTell('run the sample', 'batch.submit', {
      source: { kind: 'file', path: props.sample.recipe },
      parameters: {},
    });
    setStarting(false);
    const [job] = batch?.jobs ?? [];
    if (job !== undefined) navigate({ page: 'job', job });
  };
  return (
    <Button
      variant={props.isFirst ? 'filled' : 'default'}
      loading={isStarting}
      onClick={() => void run()}
      title={props.sample.title}
    >
      Run the sample {props.sample.kind}
    </Button>
  );
}

function ReadyNodes({ nodes }: { readonly nodes: readonly NodeRow[] | null }): ReactNode {
  const ready = nodes?.filter((node) => node.state === 'ONLINE') ?? [];
  const [only] = ready;
  if (only === undefined) {
    return (
      <p className="first-ready" role="status">
        <Loader size={14} color="gray" aria-hidden /> This machine is getting ready …
      </p>
    );
  }
  const what =
    ready.length === 1
      ? `${only.kind === 'local' ? 'This machine' : only.name} is ready: ${countInWords(only.capacity.cpu, 'core')}, ${memoryInWords(only.capacity.memoryMiB)}`
      : `${countInWords(ready.length, 'node')} are ready: ${countInWords(
          ready.reduce((sum, node) => sum + node.capacity.cpu, 0),
          'core',
        )}`;
  return (
    <p className="first-ready first-ready-now" role="status">
      <IconCheck size={15} stroke={2.4} aria-hidden /> {what}
    </p>
  );
}
