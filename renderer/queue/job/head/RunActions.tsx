import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconCalendarDue,
  IconDots,
  IconFolderOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconReportAnalytics,
  IconRotateClockwise,
  IconSitemap,
  IconTimeline,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { hashOf, isJobId } from '../../../app/route';
import { navigate } from '../../../app/useRoute';
import { countInWords } from '../../../ui/words';
import { cancel, open, retry } from '../../actions';
import { steer } from './change';
import { DeadlineDialog } from './DeadlineDialog';
import { PriorityItems } from './PriorityMenu';
import type { Run } from './run';

const inButton = { size: 15, 'aria-hidden': true } as const;
const inMenu = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** All that can be done with a batch or a job, most of it with one click. */
export function RunActions({ run }: { readonly run: Run }): ReactNode {
  return (
    <div className="run-actions">
      {run.canRetry && (
        <Button
          variant="default"
          leftSection={<IconRotateClockwise {...inButton} />}
          title={`Run ${countInWords(run.tasks.FAILED + run.tasks.CANCELLED, 'task')} again that failed or were cancelled`}
          onClick={() => void retry(run)}
        >
          Retry
        </Button>
      )}
      {run.canRelease && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay {...inButton} />}
          onClick={() => void steer(run, 'release')}
        >
          Go on
        </Button>
      )}
      {run.canHold && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause {...inButton} />}
          title="Start nothing more of it; what runs goes on"
          onClick={() => void steer(run, 'hold')}
        >
          Pause
        </Button>
      )}
      {run.canCancel && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop {...inButton} />}
          onClick={() => void cancel(run)}
        >
          Cancel
        </Button>
      )}
      <Button
        component="a"
        href={hashOf({ page: 'graph', batch: run.batch, job: isJobId(run.id) ? run.id : null })}
        variant="default"
        leftSection={<IconSitemap {...inButton} style={{ transform: 'rotate(-90deg)' }} />}
      >
        Graph
      </Button>
      {isJobId(run.id) && (
        <ActionIcon
          component="a"
          href={hashOf({ page: 'timeline', job: run.id })}
          variant="default"
          size={30}
          aria-label="Show in the timeline"
          title="Show in the timeline"
        >
          <IconTimeline {...inMenu} />
        </ActionIcon>
      )}
      <ReportButton run={run} />
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Open results"
        title="Open results"
        onClick={() => void open(run.batch, 'output')}
      >
        <IconFolderOpen {...inMenu} />
      </ActionIcon>
      <MoreMenu run={run} />
    </div>
  );
}

function ReportButton({ run }: { readonly run: Run }): ReactNode {
  // Of a large batch that runs it takes a while to write it.
  const [isReporting, setReporting] = useState(false);
  const show = async (): Promise<void> => {
    setReporting(true);
    await open(run.batch, 'report');
    setReporting(false);
  };
  return (
    <ActionIcon
      variant="default"
      size={30}
      aria-label="Open report"
      title="Open report"
      loading={isReporting}
      onClick={() => void show()}
    >
      <IconReportAnalytics {...inMenu} />
    </ActionIcon>
  );
}

function MoreMenu({ run }: { readonly run: Run }): ReactNode {
  const [setsDeadline, setSetsDeadline] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`More for ${run.name}`} title="More">
            <IconDots {...inMenu} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRepeat {...inMenu} />}
            onClick={() => navigate({ page: 'submit', wishes: [{ kind: 'batch', batch: run.batch }] })}
          >
            Submit again, with changes …
          </Menu.Item>
          {run.canOrder && (
            <>
              <Menu.Item leftSection={<IconCalendarDue {...inMenu} />} onClick={() => setSetsDeadline(true)}>
                Deadline …
              </Menu.Item>
              <Menu.Divider />
              <Menu.Label>{run.kind === 'job' ? 'Priority' : 'Priority of all its jobs'}</Menu.Label>
              <PriorityItems run={run} />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {setsDeadline && <DeadlineDialog run={run} onClose={() => setSetsDeadline(false)} />}
    </>
  );
}
