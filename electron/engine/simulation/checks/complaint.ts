/** What a check found broken. */
export interface Complaint {
  readonly check: string;
  readonly what: string;
  /** Simulated milliseconds since the beginning. */
  readonly at: number;
}

export type Complain = (check: string, what: string) => void;
