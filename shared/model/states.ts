/** The states and levels of Drover, with every legal change between them. See shared/GLOSSARY.md. */

export const jobKinds = ['render', 'simulation', 'command'] as const;
export type JobKind = (typeof jobKinds)[number];

export const priorities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Priority = (typeof priorities)[number];

export const jobStates = [
  'PENDING',
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const;
export type JobState = (typeof jobStates)[number];

/** A batch sums up its jobs, so it has their states. */
export type BatchState = JobState;

export const taskStates = ['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type TaskState = (typeof taskStates)[number];

export const nodeStates = ['ONLINE', 'OFFLINE', 'MAINTENANCE', 'ERROR', 'STARTING', 'STOPPING'] as const;
export type NodeState = (typeof nodeStates)[number];

export const nodeKinds = ['local', 'ssh'] as const;
export type NodeKind = (typeof nodeKinds)[number];

export const dependencyStates = ['PENDING', 'SATISFIED', 'FAILED', 'BYPASSED'] as const;
export type DependencyState = (typeof dependencyStates)[number];

/** PENDING: another step comes first. QUEUED: may start as soon as a node has room. */
export const taskTransitions: Readonly<Record<TaskState, readonly TaskState[]>> = {
  PENDING: ['QUEUED', 'CANCELLED'],
  QUEUED: ['RUNNING', 'PENDING', 'CANCELLED'],
  RUNNING: ['COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED'], // QUEUED: its attempt was lost
  COMPLETED: [],
  FAILED: ['QUEUED', 'CANCELLED'],
  CANCELLED: ['QUEUED', 'PENDING'],
};

export const nodeTransitions: Readonly<Record<NodeState, readonly NodeState[]>> = {
  STARTING: ['ONLINE', 'ERROR', 'OFFLINE', 'STOPPING'],
  ONLINE: ['OFFLINE', 'ERROR', 'MAINTENANCE', 'STOPPING', 'STARTING'],
  OFFLINE: ['STARTING', 'ONLINE', 'ERROR', 'STOPPING'],
  MAINTENANCE: ['ONLINE', 'OFFLINE', 'ERROR', 'STOPPING', 'STARTING'],
  ERROR: ['STARTING', 'ONLINE', 'OFFLINE', 'STOPPING'],
  STOPPING: ['OFFLINE', 'STARTING'],
};

export type TaskCounts = Readonly<Record<TaskState, number>>;

export const noTasks: TaskCounts = {
  PENDING: 0,
  QUEUED: 0,
  RUNNING: 0,
  COMPLETED: 0,
  FAILED: 0,
  CANCELLED: 0,
};

export function addCounts(a: TaskCounts, b: TaskCounts): TaskCounts {
  return {
    PENDING: a.PENDING + b.PENDING,
    QUEUED: a.QUEUED + b.QUEUED,
    RUNNING: a.RUNNING + b.RUNNING,
    COMPLETED: a.COMPLETED + b.COMPLETED,
    FAILED: a.FAILED + b.FAILED,
    CANCELLED: a.CANCELLED + b.CANCELLED,
  };
}

export function totalOf(counts: TaskCounts): number {
  return taskStates.reduce((sum, state) => sum + counts[state], 0);
}

/** Has ended and stays so until a person asks for a retry. */
export function isEnded(state: JobState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}
