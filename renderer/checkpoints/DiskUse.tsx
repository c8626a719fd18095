import { Button, Checkbox, Group, Modal, NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointUse, KeepWish } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import type { JobId } from '../../shared/model/ids';
import { jobHash } from '../app/route';
import { request, requestOrTell } from '../live/request';
import { tellDone, tellRefusal } from '../ui/tell';
import { countInWords } from '../ui/words';
import '../queue/job/history/history.css';

const hour = 3_600_000;
const mostJobs = 100;

/** What checkpoints take, job by job, and what another rule would give up. */
export function DiskUse(props: { readonly job: JobId | null; onClose(this: void): void }): ReactNode {
  const { job, onClose } = props;
  const [last, setLast] = useState(3);
  const [isHourly, setHourly] = useState(false);
  const keep = useKeep(last, isHourly);
  const [use, setUse] = useState<CheckpointUse | null>(null);
  useEffect(() => {
    let isOver = false;
    void request('checkpoint.use', { what: job, keep }).then((answer) => {
      if (isOver) return;
      if (answer.ok) setUse(answer.value);
      else tellRefusal('tell what they take', answer.refusal);
    });
    return () => {
      isOver = true;
    };
  }, [job, keep]);
  const givenUp = use?.jobs.reduce((sum, one) => sum + one.givenUp, 0) ?? 0;
  const prune = async (): Promise<void> => {
    const done = await requestOrTell('make room', 'checkpoint.prune', { what: job, keep, why: null });
    if (done === null) return;
    const [problem] = done.problems;
    if (problem === undefined) tellDone('Room is made', `${countInWords(givenUp, 'checkpoint')} given up`);
    else tellRefusal('give up all of them', { message: problem });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="What checkpoints take" size="lg" centered>
      <div className="disk-use">
        <table className="panel-table" aria-label="Disk use by job">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Checkpoints</th>
              <th scope="col">Size</th>
              <th scope="col">Would be given up</th>
            </tr>
          </thead>
          <tbody>
            {use?.jobs.slice(0, mostJobs).map((one) => (
              <tr key={one.job}>
                <td>
                  <a className="job-link" href={jobHash(one.job)} title={one.job}>
                    {one.jobName}
                  </a>
                </td>
                <td>{one.checkpoints}</td>
                <td>{bytesInWords(one.bytes)}</td>
                <td>
                  {one.givenUp === 0 ? (
                    <span className="faint">–</span>
                  ) : (
                    `${one.givenUp}, ${bytesInWords(one.givenUpBytes)}`
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {use !== null && use.jobs.length > mostJobs && (
          <p className="faint">and {countInWords(use.jobs.length - mostJobs, 'job')} with less</p>
        )}
      </div>
      <Group mt="md" align="end">
        <NumberInput
          label="What if only so many of the newest of each task were kept?"
          min={1}
          max={100_000}
          allowDecimal={false}
          data-autofocus
          value={last}
          onChange={(value) => setLast(typeof value === 'number' && value >= 1 ? value : 1)}
        />
        <Checkbox
          label="And one for each hour"
          checked={isHourly}
          onChange={(event) => setHourly(event.currentTarget.checked)}
        />
      </Group>
      <p role="status">
        {use === null ? '…' : sumInWords(givenUp, use.frees)}{' '}
        <span className="faint">What a task would go on from, and what has a tag, stays.</span>
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button color="red" disabled={givenUp === 0} onClick={() => void prune()}>
          Give them up
        </Button>
      </Group>
    </Modal>
  );
}

/** The same object always for the same rule. */
function useKeep(last: number, isHourly: boolean): KeepWish {
  const [keep, setKeep] = useState<KeepWish>({ last, everyMs: null });
  const everyMs = isHourly ? hour : null;
  if (keep.last === last && keep.everyMs === everyMs) return keep;
  const next = { last, everyMs };
  setKeep(next);
  return next;
}

function sumInWords(givenUp: number, frees: number | null): string {
  if (givenUp === 0) return 'Nothing would be given up.';
  const room = frees === null ? '' : `, which frees ${bytesInWords(frees)} on the disk`;
  return `${countInWords(givenUp, 'checkpoint')} would be given up${room}.`;
}
