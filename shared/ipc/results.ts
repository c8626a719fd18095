/** What a batch has made: files, output lines, reports. */
import type { BatchId } from '../model/ids';
import type { BatchState } from '../model/states';
import type { BatchRow } from './queue';

export interface WrittenReport {
  readonly batch: BatchId;
  readonly name: string;
  readonly state: BatchState;
  /** The page, for people. */
  readonly html: string;
  /** The document, for programs. */
  readonly json: string;
}

export interface ResultFiles {
  /** At most 10,000. */
  readonly files: readonly ResultFile[];
  /** All of them. */
  readonly found: number;
  readonly bytes: number;
  /** What a person should know of the search. */
  readonly remarks: readonly string[];
}

export interface ResultFilesDelta extends ResultFiles {
  /** Paths of files that are there no more. */
  readonly gone: readonly string[];
}

export interface ResultFile {
  /** Within the folder of results, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
}

export interface OutputPiece {
  readonly lines: readonly OutputLine[];
  readonly batch: BatchRow;
  /** The batch has ended and this was the last of it. */
  readonly complete: boolean;
}

export interface OutputLine {
  readonly job: string;
  readonly step: string;
  readonly task: number;
  readonly text: string;
}
