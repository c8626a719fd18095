import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noCapacity, type Request } from '../../../shared/model/amounts';
import type { Attempt, AttemptEnd } from '../../../shared/model/attempt';
import { Gatherer } from '../gather/gather';
import { attemptPlaces } from '../places';
import { attempt, done, inputOf, node } from '../report-for-tests';
import { roundUp } from './memory';
import type { Suggestion } from './suggestion';
import { suggestions } from './suggestions';

const minute = 60_000;

/** What is suggested after these attempts at the tasks of a step that asked for this. */
function suggest(
  asked: Partial<Request> & { readonly timeoutMs?: number },
  attempts: readonly Attempt[],
): readonly Suggestion[] {
  const input = inputOf('/out', []);
  const { timeoutMs = null, ...request } = asked;
  const jobs = input.jobs.map((job) => ({
    ...job,
    steps: job.steps.map((step) => ({ ...step, timeoutMs, request: { ...step.request, ...request } })),
  }));
  const nodes = ['n1', 'n2', 'n3'].map((id) => ({ ...node, id, name: id, capacity: noCapacity }));
  const gatherer = new Gatherer({ ...input, jobs, nodes });
  const placeOf = attemptPlaces(input);
  for (const each of attempts) gatherer.add(each, placeOf(each));
  return suggestions(gatherer.result());
}

interface Use {
  readonly memory?: number;
  readonly cores?: number;
  readonly minutes?: number;
  readonly end?: AttemptEnd;
  readonly node?: string;
}

const times = (count: number, use: Use): readonly Attempt[] =>
  Array.from({ length: count }, (_, task) => {
    const { memory = 800, cores = 2, minutes = 10, end = done, node: on = 'n1' } = use;
    const wallMs = minutes * minute;
    return attempt(task, end, {
      node: on,
      assignedAt: 0,
      endedAt: wallMs,
      usage: { peakMemoryMiB: memory, cpuMs: cores * wallMs, wallMs },
    });
  });

const told = (found: readonly Suggestion[]): readonly unknown[] =>
  found.map(({ kind, suggested, samples }) => [kind, suggested, samples]);

describe('memory', () => {
  test('eight GiB asked, at most 1.2 used by 240 tasks: two would do', () => {
    const found = suggest({ memoryMiB: 8192 }, times(240, { memory: 1228.8 }));
    expect(told(found)).toEqual([['memory', 2048, 240]]);
    expect(found[0]).toMatchObject({
      job: 'beauty',
      step: 'main',
      what: 'Ask for 2 GiB of memory instead of 8 GiB.',
      why: 'At most 1.2 GiB used by any of 240 attempts: more of them would fit on a node at once.',
    });
  });

  test('one attempt that needed more counts as much as all others', () => {
    const most = times(100, { memory: 500 });
    expect(suggest({ memoryMiB: 8192 }, [...most, ...times(1, { memory: 5000 })])).toEqual([]);
  });

  test('a little less is not worth a word', () => {
    expect(suggest({ memoryMiB: 256 }, times(50, { memory: 10 }))).toEqual([]);
  });

  test('of few attempts nothing is concluded', () => {
    expect(suggest({ memoryMiB: 8192 }, times(9, { memory: 100 }))).toEqual([]);
    expect(suggest({ memoryMiB: 8192 }, times(10, { memory: 100 }))).toHaveLength(1);
  });

  test('what ran out of memory, or nearly did, gets more', () => {
    const out: AttemptEnd = { kind: 'outOfMemory' };
    expect(told(suggest({ memoryMiB: 4096 }, times(2, { end: out })))).toEqual([]);
    expect(told(suggest({ memoryMiB: 4096 }, times(3, { end: out })))).toEqual([['memory', 6144, 0]]);
    expect(told(suggest({ memoryMiB: 4096 }, times(20, { memory: 4000 })))).toEqual([['memory', 6144, 20]]);
  });

  test('who asked for none is told to when it matters', () => {
    expect(told(suggest({ memoryMiB: 0 }, times(20, { memory: 900 })))).toEqual([]);
    expect(told(suggest({ memoryMiB: 0 }, times(20, { memory: 3000 })))).toEqual([['memory', 6144, 20]]);
  });

  test('what is suggested holds what was used, and is what people ask for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (used) => {
        const amount = roundUp(used);
        expect(amount).toBeGreaterThanOrEqual(used);
        expect(amount).toBeLessThan(Math.max(64, used * 1.5) + 1e-6);
        expect(roundUp(amount)).toBe(amount);
      }),
    );
  });
});

describe('cores', () => {
  test('far fewer used than asked for, or far more', () => {
    expect(told(suggest({ cpu: 8 }, times(20, { cores: 0.9 })))).toEqual([['cpu', 1, 20]]);
    expect(told(suggest({ cpu: 2 }, times(20, { cores: 6 })))).toEqual([['cpu', 6, 20]]);
    expect(suggest({ cpu: 4 }, times(20, { cores: 3 }))).toEqual([]);
  });

  test('not of few, and not of what was over in a moment', () => {
    expect(suggest({ cpu: 8 }, times(9, { cores: 1 }))).toEqual([]);
    expect(suggest({ cpu: 8 }, times(100, { cores: 1, minutes: 0.005 }))).toEqual([]);
  });

  test('a single core that is not kept busy may be slowed down by others: nothing is suggested', () => {
    expect(suggest({ cpu: 1 }, times(50, { cores: 0.2 }))).toEqual([]);
  });

  test('where one of ten needs them all the same, nothing is suggested', () => {
    const mixed = [...times(80, { cores: 0.5 }), ...times(20, { cores: 8 })];
    expect(suggest({ cpu: 8 }, mixed)).toEqual([]);
  });
});

describe('time limits', () => {
  test('the longest nearly took too long, or some did', () => {
    const limit = { timeoutMs: 60 * minute };
    expect(told(suggest(limit, times(20, { minutes: 55 })))).toEqual([['timeout', 110 * minute, 20]]);
    expect(suggest(limit, times(20, { minutes: 45 }))).toEqual([]);
    const late = times(2, { minutes: 60, end: { kind: 'timedOut' } });
    expect(told(suggest(limit, [...times(20, { minutes: 20 }), ...late]))).toEqual([
      ['timeout', 120 * minute, 20],
    ]);
    expect(suggest(limit, [...times(5, { minutes: 20 }), ...late])).toEqual([]);
  });
});

describe('nodes', () => {
  const failed: AttemptEnd = { kind: 'exited', code: 1 };
  test('work that fails on one node and nowhere else says something of the node', () => {
    const found = suggest({}, [...times(6, { end: failed, node: 'n2' }), ...times(40, { node: 'n1' })]);
    expect(found).toMatchObject([
      { kind: 'node', node: 'n2', job: null, what: 'Look at n2, or set it aside.' },
    ]);
    expect(suggest({}, times(40, { end: failed }))).toEqual([]);
    const everywhere = [...times(30, { end: failed, node: 'n2' }), ...times(30, { end: failed, node: 'n1' })];
    expect(suggest({}, everywhere)).toEqual([]);
  });
});
