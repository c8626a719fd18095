import { Button, SegmentedControl, Select, Skeleton, TextInput } from '@mantine/core';
import { IconFilterOff, IconList, IconSearch, IconServer2, IconTimeline } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JobId } from '../../shared/model/ids';
import type { NodeRow } from '../../shared/ipc/nodes';
import { navigate, replaceRoute } from '../app/useRoute';
import { useView, valueOf } from '../live/useView';
import { Loading, Notice, Refused } from '../ui/Notice';
import { jobChoices } from './choices';
import type { JobChoice } from './choices';
import { Body } from './Body';
import { emptyDraft } from './whatIf/draft';
import './timeline.css';

/** What ran on each node, and what is expected to. */
export function TimelinePage({ job }: { readonly job: JobId | null }): ReactNode {
  const nodes = useView('nodes', {});
  switch (nodes.state) {
    case 'loading':
      return (
        <Loading what="the timeline">
          {[0.7, 0.4, 0.85, 0.6, 0.5].map((width, index) => (
            <Skeleton key={index} height={20} width={`${width * 100}%`} my={18} radius="sm" />
          ))}
        </Loading>
      );
    case 'refused':
      return <Refused refusal={nodes.refusal} />;
    case 'picture':
      return nodes.value.length === 0 ? <NoNodes /> : <Filled nodes={nodes.value} job={job} />;
  }
}

function NoNodes(): ReactNode {
  return (
    <Notice
      isPage
      icon={<IconServer2 size={32} stroke={1.5} aria-hidden />}
      title="There is no node yet"
      actions={<Button onClick={() => navigate({ page: 'addNode' })}>Add a node</Button>}
    >
      What runs on the nodes, and what is expected to, shows here.
    </Notice>
  );
}

export type Size = 'small' | 'medium' | 'large';
export type Form = 'chart' | 'list';
/** They have room for more. */
const fewNodes = 5;
const sizes = [
  { value: 'small', label: 'S' },
  { value: 'medium', label: 'M' },
  { value: 'large', label: 'L' },
] as const;

function Filled(props: { readonly nodes: readonly NodeRow[]; readonly job: JobId | null }): ReactNode {
  const [size, setSize] = useState<Size>(props.nodes.length <= fewNodes ? 'large' : 'medium');
  const [form, setForm] = useState<Form>('chart');
  const [typed, setTyped] = useState('');
  const [draft, setDraft] = useState(emptyDraft);
  const [triesOut, setTriesOut] = useState(false);
  const queue = valueOf(useView('queue', {}));
  const [choices, setChoices] = useState<{ readonly of: unknown; readonly jobs: readonly JobChoice[] }>({
    of: null,
    jobs: [],
  });
  if (choices.of !== queue?.jobs) setChoices({ of: queue?.jobs, jobs: jobChoices(queue) });
  const focusOn = (job: JobId | null): void => replaceRoute({ page: 'timeline', job });
  return (
    <>
      <header className="page-head timeline-head">
        <h1 className="page-title">Timeline</h1>
        <TextInput
          className="timeline-filter"
          aria-label="Filter the nodes"
          placeholder="Filter nodes …"
          data-filter
          leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped('');
          }}
        />
        <Select
          className="timeline-job"
          size="xs"
          aria-label="Highlight a job"
          placeholder="Highlight a job"
          data={[...choices.jobs]}
          limit={50}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Highlight no job' }}
          nothingFoundMessage="No such job"
          value={props.job}
          onChange={(_, chosen) =>
            focusOn(choices.jobs.find(({ value }) => value === chosen?.value)?.value ?? null)
          }
        />
        <div className="timeline-head-end">
          {form === 'chart' && (
            <SegmentedControl
              aria-label="Height of the rows"
              data={[...sizes]}
              value={size}
              onChange={(chosen) => setSize(sizes.find(({ value }) => value === chosen)?.value ?? 'medium')}
            />
          )}
          <Button
            variant="default"
            leftSection={
              form === 'chart' ? <IconList size={15} aria-hidden /> : <IconTimeline size={15} aria-hidden />
            }
            onClick={() => setForm(form === 'chart' ? 'list' : 'chart')}
          >
            {form === 'chart' ? 'As a list' : 'As a chart'}
          </Button>
          <Button
            variant={triesOut ? 'light' : 'default'}
            aria-pressed={triesOut}
            onClick={() => {
              setTriesOut(!triesOut);
              setDraft(emptyDraft);
            }}
          >
            What if …
          </Button>
        </div>
      </header>
      <Body
        nodes={props.nodes}
        typed={typed}
        focus={props.job}
        size={size}
        form={form}
        choices={choices.jobs}
        draft={triesOut ? draft : null}
        onDraft={setDraft}
        onClosePanel={() => {
          setTriesOut(false);
          setDraft(emptyDraft);
        }}
        nothing={
          <Notice
            icon={<IconFilterOff size={28} stroke={1.5} aria-hidden />}
            title="No node fits the filter"
            actions={
              <Button variant="default" onClick={() => setTyped('')}>
                Show all nodes
              </Button>
            }
          />
        }
      />
    </>
  );
}
