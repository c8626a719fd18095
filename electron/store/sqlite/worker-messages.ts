import type { Attempt } from '../../../shared/model/attempt';
import type { Checkpoint, CheckpointId, WentOn } from '../../../shared/model/checkpoint';
import type { HistoryEntry } from '../../../shared/model/history';
import type { RanRow, TimelineWindow } from '../../../shared/ipc/timeline';
import type { JobId } from '../../../shared/model/ids';
import type { FarmTally } from '../timeline/tally';
import type { WhichCheckpoints } from '../../engine/ports';
import type { TroubleKind } from '../trouble';
import type { CheckpointSearch, FoundCheckpoints } from './checkpoint-search';
import type { Bodies } from './fact-log';
import type { Beginning } from './snapshot-keeper';

export interface WorkerData {
  readonly file: string;
  readonly keepFacts: number;
}

export type Question =
  | { readonly kind: 'begin' }
  | { readonly kind: 'read'; readonly after: number }
  /** The facts of a round build on each other: after one append of it has failed, none is accepted. */
  | { readonly kind: 'append'; readonly body: Uint8Array; readonly round: number }
  | { readonly kind: 'saveSnapshot'; readonly state: Uint8Array; readonly behind: number }
  | {
      readonly kind: 'attempts';
      readonly job: JobId;
      readonly step: number;
      readonly from: number;
      readonly count: number;
    }
  | {
      readonly kind: 'history';
      readonly about: string | null;
      readonly before: number;
      readonly count: number;
    }
  | { readonly kind: 'ran'; readonly window: TimelineWindow; readonly at: number }
  | { readonly kind: 'tally'; readonly since: number; readonly at: number }
  | {
      readonly kind: 'checkpoints';
      readonly which: WhichCheckpoints;
      readonly before: number;
      readonly count: number;
    }
  | { readonly kind: 'findCheckpoints'; readonly search: CheckpointSearch }
  | {
      readonly kind: 'neededElsewhere';
      readonly without: readonly CheckpointId[];
      readonly hashes: readonly string[];
    }
  | { readonly kind: 'wentOn'; readonly job: JobId; readonly step: number; readonly task: number }
  | { readonly kind: 'close' };

export type Answer =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'beginning' } & Beginning)
  | ({ readonly kind: 'bodies' } & Bodies)
  | { readonly kind: 'attempts'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'history'; readonly entries: readonly HistoryEntry[] }
  | { readonly kind: 'ran'; readonly rows: readonly RanRow[] }
  | { readonly kind: 'tally'; readonly tally: FarmTally }
  | { readonly kind: 'checkpoints'; readonly checkpoints: readonly Checkpoint[] }
  | { readonly kind: 'foundCheckpoints'; readonly found: FoundCheckpoints }
  | { readonly kind: 'hashes'; readonly hashes: readonly string[] }
  | { readonly kind: 'wentOn'; readonly attempts: readonly WentOn[] }
  | { readonly kind: 'trouble'; readonly trouble: TroubleKind; readonly message: string };

export interface ToWorker {
  readonly id: number;
  readonly question: Question;
}

export interface FromWorker {
  readonly id: number;
  readonly answer: Answer;
}
