import type { NodeId } from './ids';

/** Something that people or Drover did, for those who look later. */
export interface HistoryEntry {
  /** Later ones have larger numbers. */
  readonly number: number;
  readonly at: number;
  /** Null: it came about by itself. */
  readonly by: string | null;
  readonly why: string | null;
  readonly what: string;
  /** Ids of the batches and jobs that it is about, and of nodes, as `node/local`; of very many, the first. */
  readonly about: readonly string[];
}

export const aboutNode = (node: NodeId): string => `node/${node}`;

/** The same again, of an entry; null: it is no node. */
export const nodeOfAbout = (about: string): NodeId | null =>
  about.startsWith('node/') ? about.slice('node/'.length) : null;

/** More are not told with an entry. */
export const mostAbout = 20;
