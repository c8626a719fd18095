import type { AttemptId, NodeId } from '../../shared/model/ids';
import type { Order } from '../engine/effects';
import type { LogFound, LogQuery } from './logs/search';

/** One node as the Host sees it. */
export interface NodeLink {
  readonly node: NodeId;
  /** Connects, stays connected, and tells the engine by reports. */
  open(): void;
  start(order: Order): void;
  stop(attempt: AttemptId): void;
  /** Ends a session as soon as nothing is in it. */
  leave(session: string): void;
  reconcile(orders: readonly Order[]): void;
  /** A piece of an attempt's log, from a byte offset (negative: from the end), and its whole size. */
  readLog(attempt: AttemptId, from: number, bytes: number): Promise<LogBytes>;
  /** Where a text stands in an attempt's log. When aborted, it ends soon and says how far it came. */
  searchLog(attempt: AttemptId, query: LogQuery, signal: AbortSignal): Promise<LogFound>;
  /** Lets go. What runs on the node goes on. */
  close(): void;
}

export interface LogBytes {
  readonly from: number;
  readonly bytes: Buffer;
  readonly size: number;
}

export interface NodeLoad {
  /** 0 to 1. */
  readonly cpu: number;
  readonly memory: number;
}
