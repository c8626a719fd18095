import type { Timeline } from '../gather/timeline';
import type { ReportInput } from '../input';
import type { Picture } from '../outputs/outputs';
import type { Report } from '../schema/report';

/** All that the page shows. */
export interface PageContent extends Pick<
  Report,
  | 'drover'
  | 'writtenAt'
  | 'isFinal'
  | 'batch'
  | 'jobs'
  | 'dependencies'
  | 'resolved'
  | 'history'
  | 'summary'
  | 'steps'
  | 'nodes'
  | 'failures'
  | 'failureGroups'
  | 'suggestions'
  /** Of its files, some. */
  | 'outputs'
> {
  readonly details: ReportInput['jobs'];
  readonly place: ReportInput['place'];
  readonly timeline: Timeline;
  readonly pictures: { readonly shown: readonly Picture[]; readonly found: number };
}
