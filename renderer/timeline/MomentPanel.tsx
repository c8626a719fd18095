import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Refusal } from '../../shared/ipc/errors';
import type { MomentJob, TimelineMoment } from '../../shared/ipc/timeline';
import { jobHash } from '../app/route';
import { request } from '../live/request';
import { countInWords, momentInFull, numberInWords } from '../ui/words';

/** How the farm stood at an earlier moment. */
export function MomentPanel(props: { readonly moment: number; onNow(this: void): void }): ReactNode {
  const { found, refusal } = useMoment(props.moment);
  return (
    <aside className="timeline-panel" aria-label="An earlier moment">
      <div className="timeline-panel-head">
        <h2>{momentInFull(props.moment)}</h2>
        <Button variant="default" onClick={props.onNow}>
          Back to now
        </Button>
      </div>
      {refusal !== null && <p className="timeline-trouble">{refusal.message}</p>}
      {found === null ? (
        refusal === null && <p className="faint">Looking it up …</p>
      ) : (
        <Found found={found} isOld={found.at !== props.moment} />
      )}
    </aside>
  );
}

function Found({ found, isOld }: { readonly found: TimelineMoment; readonly isOld: boolean }): ReactNode {
  return (
    <div className={isOld ? 'timeline-moment timeline-moment-old' : 'timeline-moment'}>
      <dl className="timeline-counts">
        <Count name="Running" words={countInWords(found.running, 'attempt')} />
        <Count name="On" words={countInWords(found.nodes, 'node')} />
        <Count name="Under way" words={countInWords(found.jobs.length + found.left, 'job')} />
        <Count name="Waiting" words={countInWords(found.waiting, 'job')} />
        <Count name="Ended by then" words={countInWords(found.ended, 'job')} />
      </dl>
      {found.jobs.length > 0 && (
        <ul className="timeline-jobs">
          {found.jobs.map((job) => (
            <JobThen key={job.id} job={job} />
          ))}
        </ul>
      )}
      {found.left > 0 && <p className="faint">{countInWords(found.left, 'more job')}.</p>}
    </div>
  );
}

const Count = ({ name, words }: { readonly name: string; readonly words: string }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{words}</dd>
  </div>
);

function JobThen({ job }: { readonly job: MomentJob }): ReactNode {
  const { id, name, batchName, tasks, running, done, failed } = job;
  const part = (count: number): string => `${(100 * Math.min(1, count / Math.max(1, tasks))).toFixed(2)}%`;
  return (
    <li>
      <a href={jobHash(id)}>
        {name} <span className="faint">{batchName}</span>
      </a>
      <span className="timeline-bar" aria-hidden>
        <span style={{ width: part(done), background: 'var(--cell-completed)' }} />
        <span style={{ width: part(running), background: 'var(--cell-running)' }} />
        <span style={{ width: part(failed), background: 'var(--cell-failed)' }} />
      </span>
      <span className="faint">
        {numberInWords(done)} of {numberInWords(tasks)} done
        {running > 0 && `, ${numberInWords(running)} running`}
        {failed > 0 && `, ${countInWords(failed, 'failed attempt')}`}
      </span>
    </li>
  );
}

/** Asked for one after the other while the handle is dragged: the newest wish is next. */
function useMoment(moment: number): { found: TimelineMoment | null; refusal: Refusal | null } {
  const [answer, setAnswer] = useState<{ found: TimelineMoment | null; refusal: Refusal | null }>({
    found: null,
    refusal: null,
  });
  const [asker] = useState(() => new Asker(setAnswer));
  useEffect(() => asker.ask(moment), [asker, moment]);
  useEffect(() => () => asker.stop(), [asker]);
  return answer;
}

class Asker {
  private wish: number | null = null;
  private isAsking = false;

  constructor(
    private readonly onAnswer: (answer: { found: TimelineMoment | null; refusal: Refusal | null }) => void,
  ) {}

  ask(moment: number): void {
    this.wish = moment;
    if (!this.isAsking) void this.go();
  }

  stop(): void {
    this.wish = null;
  }

  private async go(): Promise<void> {
    this.isAsking = true;
    for (let at = this.wish; at !== null; at = this.wish) {
      this.wish = null;
      const answer = await request('timeline.moment', { at });
      this.onAnswer(
        answer.ok ? { found: answer.value, refusal: null } : { found: null, refusal: answer.refusal },
      );
    }
    this.isAsking = false;
  }
}
