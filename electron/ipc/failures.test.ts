import { expect, test } from 'vitest';
import { noRetry } from '../../shared/model/retry';
import { batch, failed, Farm } from '../engine/farm-for-tests';
import { noChanges } from '../engine/reduce/changes';
import { FailureBook } from './failures';

test('tasks that fail are gathered by job and node, and told of anew after a while', async () => {
  const farm = new Farm();
  const { state } = farm.engine;
  const book = new FailureBook(() => state);
  let seen = 0;
  /** As the Host tells of what has happened since. */
  const note = (): boolean => {
    const changes = noChanges();
    for (const job of state.jobs.values())
      for (const step of job.steps) for (const task of step.states.keys()) changes.tasks.note(step, task);
    const facts = farm.facts.slice(seen);
    seen = farm.facts.length;
    return book.note(facts, changes);
  };
  const told = (): readonly string[] => book.entries().map(({ what }) => what);
  await farm.nodeUp({ cpu: 2 });
  await farm.configure({ rules: { nodeAfterJobs: null, jobAfterNodes: null, losses: 3 } });
  await farm.submit(batch({ film: { tasks: 4 }, tried: { retry: { ...noRetry, attempts: 2 } } }));
  await farm.endTask('film 0', failed);
  await farm.endTask('film 1', failed);
  expect(note()).toBe(true);
  expect(told()).toEqual(['2 tasks of b1.film failed on local']);
  expect(book.entries()[0]?.about).toEqual(['b1.film', 'b1', 'node/local']);
  await farm.endTask('film 2', failed);
  expect(note()).toBe(true);
  expect(told()).toEqual(['3 tasks of b1.film failed on local']);
  expect(note(), 'nothing new').toBe(false);

  await farm.pass(3_600_000);
  await farm.endTask('film 3', failed);
  note();
  expect(told()).toEqual(['1 task of b1.film failed on local', '3 tasks of b1.film failed on local']);
  await farm.endTask('tried 0', failed);
  expect(note(), 'it is tried again').toBe(false);
  await farm.endTask('tried 0', failed);
  note();
  expect(told()[0]).toBe('1 task of b1.tried failed on local');
  expect(new Set(book.entries().map(({ number }) => number)).size).toBe(3);
});
