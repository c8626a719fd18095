/** What a reader of another form gets, and gives. */
import type { Draft, ImportedFile } from './draft';
import type { Notes } from './notes';
import type { ImportFormat } from './recognise';

export interface ImportOptions {
  /** Where the text does not tell it. */
  readonly from?: ImportFormat | undefined;
  /** For a table: what is run for each row. */
  readonly run?: string | undefined;
  /** What editors find the form of recipes by. */
  readonly schema?: string | undefined;
}

/** One text to read, and the others that were given with it. */
export interface Source {
  readonly file: ImportedFile;
  readonly others: readonly ImportedFile[];
  readonly notes: Notes;
  readonly options: ImportOptions;
}

/** Null when something is wrong with it; what, is among the problems. */
export type Reader = (source: Source) => Draft | null;
