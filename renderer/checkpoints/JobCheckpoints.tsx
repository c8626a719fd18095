import type { ReactNode } from 'react';
import type { JobId } from '../../shared/model/ids';
import { Browser } from './Browser';

/** What the tasks of a job can go on from. */
export function JobCheckpoints({ job }: { readonly job: JobId }): ReactNode {
  return <Browser job={job} />;
}
