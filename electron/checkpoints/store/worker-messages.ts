import type { KeptFile } from './keeping';
import type { ChunkTroubleKind } from './trouble';

export interface WorkerData {
  readonly folder: string;
  /** Null: no limit. */
  readonly mostBytesASecond: number | null;
}

/** A file that is in the store. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Milliseconds since 1970; the last time, if it was kept more than once. */
  readonly keptAt: number;
}

export interface Usage {
  /** That the store takes on its disk. */
  readonly bytes: number;
  readonly files: number;
  readonly chunks: number;
}

/** The numbers `keeping` and `run` are the Host's, and used once. Hashes are in hexadecimal. */
export type Question =
  | { readonly kind: 'open' }
  | { readonly kind: 'keepFile'; readonly keeping: number; readonly path: string }
  | { readonly kind: 'push'; readonly keeping: number; readonly bytes: Uint8Array }
  | { readonly kind: 'finish'; readonly keeping: number }
  | { readonly kind: 'cancel'; readonly keeping: number }
  | { readonly kind: 'restore'; readonly sha256: string; readonly path: string }
  /** The chunk of a file with this number. */
  | { readonly kind: 'read'; readonly sha256: string; readonly chunk: number }
  /** Null: it is not in the store. */
  | { readonly kind: 'file'; readonly sha256: string }
  /** So many, in the order of their hashes. */
  | { readonly kind: 'files'; readonly after: string; readonly count: number }
  | { readonly kind: 'usage' }
  /** What one run has read is not read again for another file of the run. */
  | {
      readonly kind: 'verify';
      readonly run: number;
      readonly sha256: string;
      /** The same in all of a run. */
      readonly mostBytesASecond: number | null;
    }
  | { readonly kind: 'endVerify'; readonly run: number }
  | {
      readonly kind: 'collect';
      /** SHA-256 of 32 bytes each, one after the other. */
      readonly needed: Uint8Array;
      readonly keptBefore: number;
      /** Only tells what would be freed. */
      readonly isTrial: boolean;
    }
  /** By how much the store would shrink without these files: SHA-256 of 32 bytes each. */
  | { readonly kind: 'without'; readonly unwanted: Uint8Array }
  | { readonly kind: 'limit'; readonly mostBytesASecond: number | null }
  | { readonly kind: 'close' };

export type QuestionOf<Kind extends Question['kind']> = Extract<Question, { readonly kind: Kind }>;

export type Answer =
  | { readonly kind: 'done' }
  | { readonly kind: 'opened'; readonly warnings: readonly string[] }
  | { readonly kind: 'kept'; readonly file: KeptFile }
  /** Null: the file has no more. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array | null }
  | { readonly kind: 'file'; readonly file: StoredFile | null }
  | { readonly kind: 'files'; readonly files: readonly StoredFile[] }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'verified'; readonly problem: string | null }
  | { readonly kind: 'collected'; readonly freed: number }
  | { readonly kind: 'trouble'; readonly trouble: ChunkTroubleKind; readonly message: string };

export interface ToWorker {
  readonly id: number;
  readonly question: Question;
}

export interface FromWorker {
  readonly id: number;
  readonly answer: Answer;
}
