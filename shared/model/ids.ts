/** Ids say what they name, so that the compiler notices when they are mixed up. */
export type BatchId = `b${number}`;
export type JobId = `b${number}.${string}`;
export type AttemptId = `a-${string}`;
export type NodeId = string;
export type ScheduleId = `s${number}`;
/** Edges are numbered as they are made. */
export type EdgeId = number;

export function jobId(batch: BatchId, jobName: string): JobId {
  return `${batch}.${jobName}`;
}
