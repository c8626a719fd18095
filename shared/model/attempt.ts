import type { AttemptId, JobId, NodeId } from './ids';

/** How one try at a task ended. */
export type AttemptEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: number }
  /** Stopped because Drover asked for it. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'outOfMemory' }
  /** It is proven that it does not run any more, and that it left no exit status. */
  | { readonly kind: 'lost'; readonly proof: string }
  /** The node could not start it. */
  | { readonly kind: 'notStarted'; readonly reason: string }
  /** It did its work, but its results did not come back whole. */
  | { readonly kind: 'notFetched'; readonly reason: string };

/** What an attempt used, as the node measured it. */
export interface AttemptUsage {
  /** The most memory at once; null: it was over before anybody looked. */
  readonly peakMemoryMiB: number | null;
  /** Processor time, of all cores together. */
  readonly cpuMs: number;
  /** How long it ran, by the node's clock. */
  readonly wallMs: number;
}

export interface Attempt {
  readonly id: AttemptId;
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
  readonly node: NodeId;
  /** Milliseconds since 1970, by the Host's clock. */
  readonly assignedAt: number;
  readonly endedAt: number | null;
  readonly end: AttemptEnd | null;
  /** Null: it has not ended, or its node did not measure it. */
  readonly usage: AttemptUsage | null;
  /** So much of what it had done is done again; missing: none of it, or nobody knows. */
  readonly lostMs?: number;
}

export function endInWords(end: AttemptEnd): string {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? 'completed' : `ended with exit status ${end.code}`;
    case 'signalled':
      return `was killed by signal ${end.signal}`;
    case 'stopped':
      return 'was stopped';
    case 'timedOut':
      return 'took longer than allowed';
    case 'outOfMemory':
      return 'ran out of memory';
    case 'lost':
      return `was lost: ${end.proof}`;
    case 'notStarted':
      return `could not start: ${end.reason}`;
    case 'notFetched':
      return `did its work, but its results did not come back: ${end.reason}`;
  }
}
