/** Jobs of presets that wait for each other, as they are put together in the window. It is written as a recipe. */
import type { Relation, UpstreamFailure } from './dependency';
import type { Priority } from './states';

export interface Pipeline {
  /** Of the batch; empty: it is called as its file. */
  readonly name: string;
  /** Null: the usual one. */
  readonly tenant: string | null;
  readonly priority: Priority | null;
  /** Milliseconds since 1970. */
  readonly deadline: number | null;
  readonly jobs: readonly PipelineJob[];
  readonly edges: readonly PipelineEdge[];
}

export interface PipelineJob {
  /** As recipes name jobs; no two have the same. */
  readonly name: string;
  readonly preset: string;
  /** Those that are not the default. `{{Output}}` in them is the folder of the batch's results. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** At most one from a job to another. */
export interface PipelineEdge {
  /** Names of jobs. */
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
}

/** What recipes put in by themselves, and values may therefore name. */
export const pipelineNames = ['Output', 'Batch', 'Job'] as const;

/** The parameter of a recipe that stands for two braces which are meant as they are. */
export const bracesName = 'Braces';
