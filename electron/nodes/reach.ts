import type { Readable, Writable } from 'node:stream';
import type { Order } from '../engine/effects';
import type { Settled } from './files/settled';
import type { Keep, Stretch } from './logs/search';
import type { Machine } from './machine';
import type { Ask } from './preflight/question';
import type { LogBytes } from './readings';
import type { NodePlaces } from './script';

/** Whose agent it is to be. */
export interface AgentOwner {
  /** Of the Host's data folder; never two with the same. */
  readonly host: string;
  /** For people: `anna@desk`. */
  readonly name: string;
  /** Also if the node works for another Host until now. */
  readonly take: boolean;
  /** How far the agent and all its work stand back behind other programs, 0 to 19. */
  readonly nice: number;
}

/** How a machine is reached, and an agent put there: as a child process, or over SSH. */
export interface Reach {
  /** Where Drover keeps its files there, for people. */
  readonly folder: string;
  /** The agent's files, where they can be read although no agent is there. */
  readonly files: AgentFiles | null;
  /** As for Reached, where it can be asked although no agent is there. */
  readonly ask: Ask | null;
  /** Starts an agent; fails with Unreachable. */
  connect(owner: AgentOwner, signal: AbortSignal): Promise<Reached>;
}

export interface AgentFiles {
  /** A piece of a file in the agent's folder, from a byte offset (negative: from the end); null: there is none. */
  read(path: readonly string[], from: number, bytes: number): Promise<LogBytes | null>;
  /** Has that machine find a text in a stretch of a file; missing where reading it is as quick. Null: it cannot. */
  readonly find:
    | ((
        path: readonly string[],
        text: string,
        stretch: Stretch,
        most: number,
        keep: Keep,
      ) => Promise<readonly number[] | null>)
    | null;
}

/** An agent that was started, and the machine around it. */
export interface Reached {
  readonly files: AgentFiles;
  readonly input: Writable;
  readonly output: Readable;
  /** Why the agent or the connection to it has ended. */
  readonly ended: Promise<string>;
  readonly places: NodePlaces;
  /** Null: what is here is there as well. */
  readonly carrier: Carrier | null;
  /** What programs and files are there, seen as tasks would see them. */
  readonly ask: Ask;
  /** `onMore`: told when more is known of it later on. */
  describe(onMore: (machine: Machine) => void): Promise<Machine>;
  /** Lets go. What the agent has started goes on. */
  close(): void;
}

/** Brings the files of staged steps to a node, and what is made of them back. */
export interface Carrier {
  /** Afterwards the attempt can start there. Once more does no harm. */
  prepare(order: Order, tell: (words: string | null) => void, signal: AbortSignal): Promise<StagedPlaces>;
  /** Afterwards the results of an attempt that has ended are here. Fails with Interrupted when the connection does. */
  collect(order: Order, tell: (words: string | null) => void): Promise<void>;
  /** Of an attempt that goes on: brings what it seems to have finished. Fails when it cannot. */
  bringSettled(order: Order, settled: Settled, now: number): Promise<void>;
  /** Removes what has not been used for long, but for what these use. */
  clean(inUse: readonly Order[]): Promise<void>;
}

/** Where a staged attempt runs. */
export interface StagedPlaces {
  readonly folder: string;
  readonly output: string;
  /** What a path within the step's folder or the output is called there. */
  readonly pathOn: (path: string) => string;
}

export class Unreachable extends Error {
  /** @param helps what could change it: time alone, or only a person */
  constructor(
    message: string,
    readonly helps: 'time' | 'person',
  ) {
    super(message);
  }
}
