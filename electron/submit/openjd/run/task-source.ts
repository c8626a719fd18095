import type { TaskParameterValue } from '../model';

export type Task = readonly TaskParameterValue[];

/** The tasks of a step, one after the other. */
export interface TaskSource {
  next(): Task | null;
  /** How long the last one took: the size of the next chunk may depend on it. */
  took(seconds: number): void;
}
