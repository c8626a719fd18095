/** Small recipes, and pieces of shell for their tasks to tell and to be told things by files beside the recipe. */

export interface Job {
  readonly kind?: 'render' | 'simulation' | 'command';
  readonly run: string;
  readonly frames?: string;
  readonly after?: readonly string[];
  readonly deadline?: string;
  readonly resources?: { readonly cpu?: number; readonly memory?: string };
  readonly checkpoints?: {
    readonly files: readonly string[];
    readonly at?: string;
    readonly made?: { readonly signal: string };
  };
}

/** A recipe's text. JSON is YAML too. */
export function recipe(
  batch: string,
  jobs: Readonly<Record<string, Job>>,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  return JSON.stringify({ drover: 1, batch, parameters, jobs }, undefined, 2);
}

/** Lets the task wait until the test has made this file. */
export const waitFor = (file: string): string => `while [ ! -e ${file} ]; do sleep 0.05; done`;

/** Writes down that this task was started, each time. */
export const enterInLedger = 'echo "{{Job}} ${DROVER_PARAM_Frame:-} $DROVER_ATTEMPT" >>ledger';

/** As {@link enterInLedger} wrote it: which tasks, and by how many attempts each. */
export function attemptsByTask(ledger: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of ledger) {
    const [job, frame] = line.split(' ');
    const task = `${job} ${frame}`;
    counts.set(task, (counts.get(task) ?? 0) + 1);
  }
  return counts;
}
