import type { Batch } from '../../shared/model/batch';
import type { BatchId, JobId } from '../../shared/model/ids';

/** A wish of a person or a program. Checked against the state; answered with facts or a refusal. */
export type Command =
  | {
      readonly kind: 'submit';
      readonly by: string;
      readonly batch: Batch;
      readonly outputFor: (id: BatchId) => string;
    }
  | { readonly kind: 'cancel'; readonly by: string; readonly jobs: readonly JobId[] }
  | { readonly kind: 'retry'; readonly by: string; readonly jobs: readonly JobId[] };
