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
export const batchEnds = ['COMPLETED', 'FAILED', 'CANCELLED'] as const satisfies readonly BatchState[];
export type BatchEnd = (typeof batchEnds)[number];

export const taskStates = ['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type TaskState = (typeof taskStates)[number];

export const nodeStates = ['ONLINE', 'OFFLINE', 'MAINTENANCE', 'ERROR', 'STARTING', 'STOPPING'] as const;
export type NodeState = (typeof nodeStates)[number];

export const nodeKinds = ['local', 'ssh'] as const;
export type NodeKind = (typeof nodeKinds)[number];

export const dependencyStates = ['PENDING', 'SATISFIED', 'FAILED', 'BYPASSED'] as const;
export type DependencyState = (typeof dependencyStates)[number];

export const attemptStates = ['RUNNING', 'STOPPING', 'UNKNOWN', 'ENDED'] as const;
/** UNKNOWN: its node cannot be asked, so that nobody knows whether it runs. */
export type AttemptState = (typeof attemptStates)[number];

export const reservationStates = ['RESERVED', 'ACTIVE', 'RELEASED', 'EXPIRED'] as const;
export type ReservationState = (typeof reservationStates)[number];

type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/**
 * PENDING: something comes first. QUEUED: may start as soon as a node has room. What does not run can be skipped:
 * it counts as COMPLETED then.
 */
export const taskTransitions: Transitions<TaskState> = {
  PENDING: ['QUEUED', 'CANCELLED', 'FAILED', 'COMPLETED'], // FAILED: what it waited for did
  QUEUED: ['RUNNING', 'PENDING', 'CANCELLED', 'FAILED', 'COMPLETED'],
  RUNNING: ['COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED', 'PENDING'], // the last two: it is tried again
  COMPLETED: [],
  FAILED: ['QUEUED', 'PENDING', 'COMPLETED'],
  CANCELLED: ['QUEUED', 'PENDING', 'COMPLETED'],
};

/** Of steps, jobs and batches alike: their states follow from their tasks. */
export const jobTransitions: Transitions<JobState> = {
  PENDING: ['QUEUED', 'RUNNING', 'PAUSED', 'CANCELLED', 'FAILED', 'COMPLETED'], // RUNNING: it had begun before it waited
  QUEUED: ['PENDING', 'RUNNING', 'PAUSED', 'CANCELLED', 'FAILED', 'COMPLETED'],
  RUNNING: ['PENDING', 'QUEUED', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PAUSED: ['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: [],
  FAILED: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED', 'CANCELLED', 'COMPLETED'],
  CANCELLED: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED'],
};

export const attemptTransitions: Transitions<AttemptState> = {
  RUNNING: ['STOPPING', 'UNKNOWN', 'ENDED'],
  STOPPING: ['UNKNOWN', 'ENDED'],
  UNKNOWN: ['RUNNING', 'STOPPING', 'ENDED'],
  ENDED: [],
};

export const nodeTransitions: Transitions<NodeState> = {
  STARTING: ['ONLINE', 'ERROR', 'OFFLINE', 'MAINTENANCE', 'STOPPING'],
  ONLINE: ['OFFLINE', 'ERROR', 'MAINTENANCE', 'STOPPING', 'STARTING'],
  OFFLINE: ['STARTING', 'ONLINE', 'ERROR', 'MAINTENANCE', 'STOPPING'],
  MAINTENANCE: ['ONLINE', 'OFFLINE', 'ERROR', 'STOPPING', 'STARTING'],
  ERROR: ['STARTING', 'ONLINE', 'OFFLINE', 'MAINTENANCE', 'STOPPING'],
  STOPPING: ['OFFLINE', 'STARTING'],
};

export const dependencyTransitions: Transitions<DependencyState> = {
  PENDING: ['SATISFIED', 'FAILED', 'BYPASSED'],
  SATISFIED: ['PENDING', 'FAILED'], // a daily window closes, the earlier work begins anew; what failed of it is skipped
  FAILED: ['PENDING', 'SATISFIED', 'BYPASSED'],
  BYPASSED: ['PENDING', 'SATISFIED'],
};

export const reservationTransitions: Transitions<ReservationState> = {
  RESERVED: ['ACTIVE', 'RELEASED', 'EXPIRED'],
  ACTIVE: ['RELEASED', 'EXPIRED'],
  RELEASED: [],
  EXPIRED: [],
};

/** Anything else than a change of the tables is a fault in Drover or its store. */
export function mustBeLegal<State extends string>(
  what: string,
  transitions: Transitions<State>,
  from: State,
  to: State,
): void {
  if (from !== to && !transitions[from].includes(to))
    throw new Error(`${what} cannot go from ${from} to ${to}`);
}

export type TaskCounts = Readonly<Record<TaskState, number>>;

export const noTasks: TaskCounts = {
  PENDING: 0,
  QUEUED: 0,
  RUNNING: 0,
  COMPLETED: 0,
  FAILED: 0,
  CANCELLED: 0,
};

export function totalOf(counts: TaskCounts): number {
  return taskStates.reduce((sum, state) => sum + counts[state], 0);
}

/** Has ended and stays so until a person asks for a retry. */
export function isEnded(state: JobState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}
