import { Button } from '@mantine/core';
import { IconHourglass, IconRotateClockwise } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JobDetail } from '../../../shared/ipc/contract';
import { verdictInWords } from '../../../shared/model/verdict';
import type { Verdict } from '../../../shared/model/verdict';
import { hashOf, jobHash } from '../../app/route';
import { requestOrTell } from '../../live/request';
import { tellDone } from '../../ui/tell';
import { capitalised, countInWords } from '../../ui/words';

/** Why what waits does not run, in the scheduler's own findings. */
export function Verdicts({ job }: { readonly job: JobDetail }): ReactNode {
  if (job.verdicts.length === 0) return null;
  const isIdle = job.tasks.RUNNING === 0;
  const waiting = job.tasks.QUEUED + job.tasks.PENDING;
  const title = isIdle
    ? "Why isn't it running?"
    : `Why ${waiting === 1 ? "isn't one more task" : "aren't more tasks"} running?`;
  return (
    <section className={isIdle ? 'verdicts' : 'verdicts verdicts-calm'} aria-label={title}>
      <IconHourglass className="verdicts-icon" size={18} stroke={1.7} aria-hidden />
      <div>
        <h2 className="verdicts-title">{title}</h2>
        <ul className="verdicts-list">
          {job.verdicts.map((verdict) => {
            const words = verdictInWords(verdict);
            return (
              <li key={words}>
                <span>{capitalised(words)}.</span> <Way verdict={verdict} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** What leads to what is in the way, or changes it. */
function Way({ verdict }: { readonly verdict: Verdict }): ReactNode {
  switch (verdict.kind) {
    case 'waitsFor':
      return (
        <a className="job-link" href={jobHash(verdict.job)}>
          Open {verdict.jobName}
        </a>
      );
    case 'upstreamFailed':
      return (
        <>
          <a className="job-link" href={jobHash(verdict.job)}>
            Open {verdict.jobName}
          </a>
          <Button
            ml="xs"
            size="compact-xs"
            variant="default"
            leftSection={<IconRotateClockwise size={13} aria-hidden />}
            onClick={() =>
              void requestOrTell(`retry ${verdict.jobName}`, 'batch.retry', {
                what: verdict.job,
                why: null,
              }).then((changed) => {
                if (changed !== null)
                  tellDone(
                    `${verdict.jobName} goes on`,
                    `${countInWords(changed.tasks, 'task')} will run again`,
                  );
              })
            }
          >
            Retry {verdict.jobName}
          </Button>
        </>
      );
    case 'tooLarge':
    case 'nodes':
    case 'noNodes':
      return (
        <a className="job-link" href={hashOf({ page: 'nodes' })}>
          Open nodes
        </a>
      );
    case 'othersFirst':
      return (
        <a className="job-link" href={hashOf({ page: 'queue' })}>
          Open the queue
        </a>
      );
    case 'held':
    case 'notYet':
    case 'condition':
    case 'triedAgain':
    case 'limit':
      return null;
  }
}
