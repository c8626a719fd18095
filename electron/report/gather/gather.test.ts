import { expect, test } from 'vitest';
import type { Attempt, AttemptEnd } from '../../../shared/model/attempt';
import type { ReportedDependency, ReportedEnd, ReportInput } from '../input';
import { attemptPlaces } from '../places';
import { attempt, done, inputOf, start } from '../report-for-tests';
import { Gatherer, type Gathered } from './gather';
import { mostBars } from './timeline';

const minute = 60_000;
const failed: AttemptEnd = { kind: 'exited', code: 1 };

function gather(input: ReportInput, attempts: Iterable<Attempt>): Gathered {
  const gatherer = new Gatherer(input);
  const placeOf = attemptPlaces(input);
  for (const each of attempts) gatherer.add(each, placeOf(each));
  return gatherer.result();
}

/** At a task of one of two jobs, from a minute to a minute after the start. */
const ran = (job: 'sim' | 'film', task: number, from: number, to: number, end = done): Attempt =>
  attempt(task, end, {
    job: `b7.${job}`,
    assignedAt: start + from * minute,
    endedAt: start + to * minute,
  });

function twoJobs(dependencies: readonly ReportedDependency[]): ReportInput {
  const input = inputOf('/out', []);
  const [job] = input.jobs;
  const [spec] = input.spec.jobs;
  if (job === undefined || spec === undefined) throw new Error('it has a job');
  return {
    ...input,
    batch: { ...input.batch, submittedAt: start, startedAt: start, endedAt: start + 60 * minute },
    jobs: (['sim', 'film'] as const).map((name) => ({ ...job, id: `b7.${name}`, name })),
    spec: { ...input.spec, jobs: ['sim', 'film'].map((name) => ({ ...spec, name })) },
    dependencies,
  };
}

const end = (name: 'sim' | 'film'): ReportedEnd => ({
  job: `b7.${name}`,
  jobName: name,
  step: null,
  endedAt: null,
});
const filmAfterSim = (relation: ReportedDependency['relation']): ReportedDependency => ({
  from: end('sim'),
  to: end('film'),
  relation,
  onFailure: 'hold',
  state: 'SATISFIED',
  reason: null,
});
const waitOfFilm = (input: ReportInput, attempts: readonly Attempt[]): unknown =>
  gather(input, attempts).steps[1]?.report.wait;

const work = [
  ran('sim', 0, 1, 10),
  ran('sim', 1, 1, 20),
  ran('film', 0, 22, 30),
  ran('film', 1, 26, 30, failed),
  ran('film', 1, 35, 40),
];

test('waiting is counted from when the work could begin, not from its submission', () => {
  expect(waitOfFilm(twoJobs([]), work)).toEqual({
    averageMs: 24 * minute,
    longestMs: 26 * minute,
    betweenTriesMs: 5 * minute,
  });
  const afterAll = filmAfterSim({ type: 'SEQUENTIAL', mapping: { kind: 'all' } });
  expect(waitOfFilm(twoJobs([afterAll]), work)).toMatchObject({
    averageMs: 4 * minute,
    longestMs: 6 * minute,
  });
  const byTask = filmAfterSim({ type: 'SEQUENTIAL', mapping: { kind: 'groups', from: 1, to: 1 } });
  expect(waitOfFilm(twoJobs([byTask]), work)).toMatchObject({ averageMs: 14 * minute });
  const later = filmAfterSim({ type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: minute } });
  expect(waitOfFilm(twoJobs([later]), work)).toMatchObject({ averageMs: 3 * minute });
  const atNoon = filmAfterSim({ type: 'TEMPORAL', rule: { kind: 'notBefore', at: start + 21 * minute } });
  expect(waitOfFilm(twoJobs([{ ...atNoon, from: null }]), work)).toMatchObject({ averageMs: 3 * minute });
  const early = filmAfterSim({
    type: 'CONDITIONAL',
    condition: { kind: 'value', name: 'loss', is: '<', than: 1 },
  });
  expect(waitOfFilm(twoJobs([early]), work), 'when it was met nobody knows').toMatchObject({
    averageMs: 24 * minute,
  });
});

test('work that began before what it waited for had ended has not waited less than nothing', () => {
  const bypassed = filmAfterSim({ type: 'SEQUENTIAL', mapping: { kind: 'all' } });
  const input = twoJobs([{ ...bypassed, state: 'BYPASSED' }]);
  expect(waitOfFilm(input, [ran('sim', 0, 1, 50), ran('film', 0, 5, 6), ran('film', 1, 7, 8)])).toMatchObject(
    {
      averageMs: minute,
      longestMs: 2 * minute,
    },
  );
});

test('waiting and running of all steps come together', () => {
  const afterAll = filmAfterSim({ type: 'SEQUENTIAL', mapping: { kind: 'all' } });
  expect(gather(twoJobs([afterAll]), work).summary).toMatchObject({
    run: { totalMs: (9 + 19 + 8 + 4 + 5) * minute, wastedMs: 4 * minute },
    wait: {
      beforeStartMs: minute,
      averageMs: ((1 + 1 + 2 + 6) / 4) * minute,
      betweenTriesMs: 5 * minute,
    },
    retries: 1,
  });
});

test('of very many failures those are told that nothing made good, and some of each kind', () => {
  function* attempts(): Generator<Attempt> {
    for (let task = 0; task < 5000; task++) {
      const at = { job: 'b7.sim', assignedAt: start + task, endedAt: start + task + 1 } as const;
      yield attempt(task, failed, { ...at, id: `a-${task}-1` });
      if (task === 4990) yield attempt(task, { kind: 'timedOut' }, { ...at, id: `a-${task}-2` });
      else yield attempt(task, done, { ...at, id: `a-${task}-2` });
    }
  }
  const { failures, failureGroups } = gather(twoJobs([]), attempts());
  expect(failures.slice(0, 2).map(({ attempt: { id }, isMended }) => [id, isMended])).toEqual([
    ['a-4990-1', false],
    ['a-4990-2', false],
  ]);
  expect(failures.length).toBeLessThan(100);
  expect(failureGroups).toEqual([
    expect.objectContaining({ how: 'ended with exit status 1', count: 5000, mended: 4999 }),
    expect.objectContaining({ how: 'took longer than allowed', count: 1, mended: 0 }),
  ]);
});

test('reasons that are different each time do not grow without end', () => {
  const attempts = Array.from({ length: 3000 }, (_, task) =>
    attempt(task, { kind: 'notStarted', reason: `no file /tmp/${task}` }, { job: 'b7.sim' }),
  );
  const { failures, failureGroups } = gather(twoJobs([]), attempts);
  expect(failureGroups.length).toBeLessThanOrEqual(101);
  expect(failureGroups[0]).toMatchObject({ how: 'ended in yet other ways', count: 2900 });
  expect(failures.length).toBeLessThanOrEqual(800);
});

test('the timeline has a bar for each attempt, or, of very many, how many ran at once', () => {
  const input = twoJobs([]);
  const few = gather(input, work).timeline;
  expect(few.lanes.map(({ node, bars }) => [node, bars?.length])).toEqual([['workstation', 5]]);
  function* many(): Generator<Attempt> {
    for (let task = 0; task < 6 * mostBars; task++) {
      const half = task % 2;
      const from = start + half * 30 * minute;
      yield attempt(task, task % 3000 === 1 ? failed : done, {
        job: 'b7.sim',
        node: `n${task % 3}`,
        assignedAt: from,
        endedAt: from + 30 * minute,
      });
    }
  }
  const { all, lanes } = gather(input, many()).timeline;
  expect(lanes.map(({ node, bars, attempts }) => [node, bars, attempts])).toEqual([
    ['n0', null, 2 * mostBars],
    ['n2', null, 2 * mostBars],
    ['workstation', null, 2 * mostBars],
  ]);
  expect(all.layers.filter((layer) => layer.length > 0)).toHaveLength(1);
  expect(new Set(all.layers[0]?.map(Math.round))).toEqual(new Set([3 * mostBars]));
  expect(all.failures.reduce((sum, count) => sum + count)).toBe(3);
});
