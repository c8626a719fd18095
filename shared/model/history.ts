/** Something that people or Drover did, for those who look later. */
export interface HistoryEntry {
  /** Later ones have larger numbers. */
  readonly number: number;
  readonly at: number;
  /** Null: it came about by itself. */
  readonly by: string | null;
  readonly why: string | null;
  readonly what: string;
}
