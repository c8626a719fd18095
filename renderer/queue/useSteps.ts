import { useEffect, useMemo, useRef, useState } from 'react';
import type { JobId } from '../../shared/model/ids';
import { live } from '../live/connection';
import type { Opened, StepsOf } from './rows';

/** The steps of the jobs that are unfolded: each is subscribed to while it is, and no other. `known`: until then. */
export function useSteps(jobs: ReadonlySet<JobId>, known: StepsOf = noSteps): Opened {
  const [steps, setSteps] = useState(known);
  const ends = useRef(new Map<JobId, () => void>());
  useEffect(() => {
    const present = ends.current;
    for (const [job, end] of present) {
      if (jobs.has(job)) continue;
      end();
      present.delete(job);
      setSteps((old) => new Map([...old].filter(([id]) => id !== job)));
    }
    for (const job of jobs) {
      if (present.has(job)) continue;
      const view = live.view('steps', { job });
      const note = (): void => {
        const shown = view.snapshot();
        if (shown.state === 'picture') setSteps((old) => new Map(old).set(job, shown.value));
      };
      present.set(job, view.subscribe(note));
      note();
    }
  }, [jobs]);
  useEffect(() => {
    const present = ends.current;
    return () => {
      for (const end of present.values()) end();
      present.clear();
    };
  }, []);
  return useMemo(() => ({ jobs, steps }), [jobs, steps]);
}

const noSteps: StepsOf = new Map();

export function withJob(jobs: ReadonlySet<JobId>, job: JobId, isExpanded: boolean): ReadonlySet<JobId> {
  const next = new Set(jobs);
  if (isExpanded) next.add(job);
  else next.delete(job);
  return next;
}
