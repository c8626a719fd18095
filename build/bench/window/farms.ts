/** Recipes of large farms that wait. */

/** So many jobs that wait for a day to come. */
export function waitingJobs(batch: string, jobs: number, tasks: number): string {
  const names = Array.from({ length: jobs }, (_, index) => `job${index}`);
  const job = { kind: 'render', frames: `1-${tasks}`, run: 'true', notBefore: '2099-01-01 00:00' };
  return JSON.stringify({ drover: 1, batch, jobs: Object.fromEntries(names.map((name) => [name, job])) });
}

/** Jobs that wait for each other in many ways, of which the first waits for a day to come. */
export function joinedJobs(batch: string, jobs: number): string {
  const all = Array.from({ length: jobs }, (_, index) => {
    const before = [1 + ((index * 7919) % 37), 1 + ((index * 104_729) % 211)].map((back) =>
      Math.max(0, index - back),
    );
    const waits =
      index === 0
        ? { notBefore: '2099-01-01 00:00' }
        : { after: [...new Set(before)].map((earlier) => `job${earlier}`) };
    return [`job${index}`, { run: 'true', ...waits }] as const;
  });
  return JSON.stringify({ drover: 1, batch, jobs: Object.fromEntries(all) });
}
