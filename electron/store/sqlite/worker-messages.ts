import type { Attempt } from '../../../shared/model/attempt';
import type { JobId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';

export interface WorkerData {
  readonly file: string;
}

export type ToWorker =
  | { readonly kind: 'load'; readonly id: number }
  | { readonly kind: 'append'; readonly id: number; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'attempts';
      readonly id: number;
      readonly job: JobId;
      readonly step: number;
      readonly from: number;
      readonly count: number;
    }
  | { readonly kind: 'close'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'facts'; readonly id: number; readonly facts: readonly Fact[] }
  | { readonly kind: 'done'; readonly id: number; readonly attempts?: readonly Attempt[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
