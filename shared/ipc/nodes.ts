/** What is asked and answered about machines that are added, reached and watched. */
import type { Capacity } from '../model/amounts';
import type { NodeId } from '../model/ids';
import type { ResourceUsage } from '../model/resource-usage';
import type { NodeKind, NodeState } from '../model/states';

/** A machine, as it is named on a command line: `host`, `user@host:port`, or a name of the SSH configuration. */
export interface NodeWish {
  readonly address: string;
  /** For people; null: its address without user and port. */
  readonly name: string | null;
  readonly answers: NodeAnswers;
}

/** What a person has answered so far. Secrets are kept in the system's secret store only, or until Drover ends. */
export interface NodeAnswers {
  /** Fingerprints of host keys that are right. */
  readonly hostKeys: readonly string[];
  /** By the question's `id`. */
  readonly secrets: Readonly<Record<string, string>>;
}

export const noAnswers: NodeAnswers = { hostKeys: [], secrets: {} };

export type NodeQuestion =
  /** Nobody has been there before: is this its key? */
  | {
      readonly kind: 'hostKey';
      readonly host: string;
      readonly port: number;
      readonly keyType: string;
      readonly fingerprint: string;
    }
  | {
      readonly kind: 'password';
      readonly id: string;
      readonly host: string;
      readonly user: string;
      /** What the server asks for. */
      readonly prompt: string;
      readonly hidden: boolean;
      /** The answer so far was wrong. */
      readonly again: boolean;
    }
  | { readonly kind: 'passphrase'; readonly id: string; readonly keyFile: string; readonly again: boolean };

/** In the order in which they are taken. */
export const connectSteps = ['configuration', 'name', 'reach', 'hostKey', 'logIn', 'files', 'shell'] as const;
export type ConnectStep = (typeof connectSteps)[number];

export type NodeTrial =
  | { readonly kind: 'question'; readonly question: NodeQuestion }
  /** The message says what to do. */
  | { readonly kind: 'failed'; readonly step: ConnectStep; readonly message: string }
  | {
      readonly kind: 'found';
      readonly machine: FoundMachine;
      /** What should be known, although it works: a secret that cannot be kept, a clock that is wrong. */
      readonly notices: readonly string[];
    };

export interface FoundMachine {
  readonly host: string | null;
  readonly system: string;
  readonly capacity: Capacity;
  readonly freeDiskMiB: number | null;
  readonly cards: readonly { readonly name: string; readonly memoryMiB: number }[];
  readonly shells: readonly string[];
  readonly programs: readonly { readonly name: string; readonly version: string | null }[];
  readonly labels: readonly string[];
}

/** How a machine felt at a time. */
export interface VitalReading {
  readonly at: number;
  /** The share of the processor's time at work, 0 to 1. */
  readonly cpu: number | null;
  readonly memoryUsedMiB: number | null;
  /** Bytes in a second. */
  readonly diskRead: number | null;
  readonly diskWrite: number | null;
  readonly networkIn: number | null;
  readonly networkOut: number | null;
  readonly load: number | null;
  /** In degrees Celsius. */
  readonly temperature: number | null;
  readonly gpu: number | null;
  readonly gpuTemperature: number | null;
}

export interface NodesPicture {
  readonly nodes: readonly NodeRow[];
  /** What all of them that are online have together. */
  readonly farm: readonly ResourceUsage[];
}

export interface NodeRow {
  readonly id: NodeId;
  readonly name: string;
  readonly kind: NodeKind;
  /** How it is reached; null: it is the machine that Drover runs on. */
  readonly address: string | null;
  readonly state: NodeState;
  readonly reason: string | null;
  /** When it takes new work again by itself. */
  readonly setAsideUntil: number | null;
  readonly system: string;
  /** The last of its readings; null: none has come yet. */
  readonly vitals: VitalReading | null;
  /** That its clock is wrong, in words; null: it is not. */
  readonly clock: string | null;
  /** Found by its probe and given by people. */
  readonly labels: readonly string[];
  readonly capacity: Capacity;
  readonly running: number;
  /** Each that it has, and how it stands. */
  readonly resources: readonly ResourceUsage[];
}
