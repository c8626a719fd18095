/** What comes after what: `after` of jobs and steps, as edges between them. */
import type { StepReference } from '../../shared/model/batch';
import type { Dependency, Relation } from '../../shared/model/dependency';
import { readAfter } from './after';
import type { AfterEntry } from './after';
import { mostProblems } from './document/problems';
import { afterFields } from './recipe-schema';
import { problemAt } from './scope';
import type { Scope } from './scope';
import { didYouMean } from './document/suggest';
import { waitingCircles } from './waiting';
import type { PlacedEdge } from './waiting';
import { listNames, quote, thousands } from './document/words';

/** The tasks of a step, where they are known; the steps of a job are those that the file names. */
export type TaskCounts = ReadonlyMap<string, number>;
export const stepKey = (job: string, step: string): string => `${job}/${step}`;

export function resolveDependencies(scope: Scope, counts: TaskCounts): Dependency[] {
  const jobs = namesOf(scope);
  const between = [...jobs.keys()].flatMap((job) => edgesTo(scope, jobs, counts, { job, step: null }));
  const within = [...jobs].flatMap(([job, steps]) =>
    steps.isWritten ? [...steps.names].flatMap((step) => edgesTo(scope, jobs, counts, { job, step })) : [],
  );
  const edges = [...between, ...within];
  for (const { at, message } of waitingCircles(
    new Map([...jobs].map(([job, { names }]) => [job, [...names]])),
    edges,
    mostProblems,
  ))
    problemAt(scope, 'dependency-cycle', at, message);
  return edges.map(({ dependency }) => dependency);
}

interface StepNames {
  readonly names: ReadonlySet<string>;
  /** False: the job has no steps of its own, and so a single one. */
  readonly isWritten: boolean;
}
type Jobs = ReadonlyMap<string, StepNames>;

export const onlyStep = 'main';

function namesOf({ document }: Scope): Jobs {
  return new Map(
    document.names(['jobs']).map((job) => {
      const isWritten = document.has(['jobs', job, 'steps']);
      const names = isWritten ? document.names(['jobs', job, 'steps']) : [onlyStep];
      return [job, { names: new Set(names), isWritten }];
    }),
  );
}

function edgesTo(scope: Scope, jobs: Jobs, counts: TaskCounts, to: StepReference): PlacedEdge[] {
  const path = ['jobs', to.job, ...(to.step === null ? [] : ['steps', to.step]), 'after'];
  const seen = new Set<string>();
  return readAfter(scope, path, to.step === null ? 'job' : 'step').flatMap((entry) => {
    const from = findFrom(scope, jobs, entry, to);
    if (from === null || entry.relation === null) return [];
    const key = JSON.stringify([from, entry.relation]);
    if (seen.has(key)) {
      const kind = from.step === null ? 'job' : 'step';
      problemAt(
        scope,
        'duplicate-name',
        entry.place,
        `${from.step ?? from.job} stands here for the second time; each ${kind} is allowed once`,
      );
      return [];
    }
    seen.add(key);
    if (!fits(scope, jobs, counts, entry, from, to)) return [];
    const { relation, onFailure, place } = entry;
    return [{ dependency: { from, to, relation, onFailure }, from, to, place }];
  });
}

/** Null when there is no such job or step, or when it cannot come first. */
function findFrom(scope: Scope, jobs: Jobs, entry: AfterEntry, to: StepReference): StepReference | null {
  if (entry.job === null && entry.step === null) {
    const field = to.step === null ? 'job' : 'step';
    const isMistyped = scope.document.names(entry.place).some((name) => !afterFields.includes(name));
    if (!isMistyped && !scope.document.has([...entry.place, field]))
      problemAt(scope, 'missing-field', entry.place, `what comes first? Say ${field}: NAME`);
    return null;
  }
  if (entry.job === null && to.step === null) {
    problemAt(
      scope,
      'missing-field',
      entry.place,
      `step ${quote(entry.step ?? '')} of which job? Say job: NAME as well`,
    );
    return null;
  }
  const job = entry.job ?? to.job;
  const steps = jobs.get(job);
  if (steps === undefined) {
    problemAt(
      scope,
      'unknown-job',
      entry.jobPlace,
      () => `there is no job ${quote(job)}${didYouMean(job, jobs.keys())}; jobs: ${listNames(jobs.keys())}`,
    );
    return null;
  }
  const { step } = entry;
  if (step !== null && !steps.names.has(step)) {
    problemAt(
      scope,
      'unknown-step',
      entry.stepPlace,
      () =>
        `there is no step ${quote(step)}${didYouMean(step, steps.names)}; steps: ${listNames(steps.names)}`,
    );
    return null;
  }
  const isPart = job === to.job && (to.step === null || step === null || step === to.step);
  if (!isPart) return { job, step };
  const later = to.step ?? to.job;
  const itself = step === to.step;
  problemAt(
    scope,
    'dependency-cycle',
    entry.place,
    `${later} cannot come after ${itself ? 'itself' : to.step === null ? `its own step ${step ?? ''}` : `${job}, which it is a part of`}`,
  );
  return null;
}

/** Tasks that wait for single tasks need as many of them. */
function fits(
  scope: Scope,
  jobs: Jobs,
  counts: TaskCounts,
  entry: AfterEntry,
  from: StepReference,
  to: StepReference,
): boolean {
  const groups = groupsOf(entry.relation);
  if (groups === null) return true;
  const ends: (readonly [name: string, tasks: number])[] = [];
  for (const end of [from, to]) {
    const names = [...(jobs.get(end.job)?.names ?? [])];
    const [step] = end.step === null ? names : [end.step];
    if (end.step === null && names.length > 1) {
      const advice = end === from ? 'name one of them with step' : 'let one of them wait instead of the job';
      problemAt(
        scope,
        'several-steps',
        entry.place,
        `task by task only a single step can wait for a single step, and ${end.job} has ${names.length} of them; ${advice}`,
      );
      return false;
    }
    const tasks = counts.get(stepKey(end.job, step ?? ''));
    // What is wrong with that step has been told.
    if (tasks === undefined) return true;
    ends.push([end.step ?? end.job, tasks]);
  }
  const [[fromName, earlier], [toName, later]] = [ends[0] ?? ['', 0], ends[1] ?? ['', 0]];
  if (Math.ceil(earlier / groups.from) === Math.ceil(later / groups.to)) return true;
  const inGroups = (tasks: number, size: number): string =>
    `${thousands(tasks)} ${tasks === 1 ? 'task' : 'tasks'}${size === 1 ? '' : ` in ${thousands(Math.ceil(tasks / size))} groups of ${thousands(size)}`}`;
  problemAt(
    scope,
    'unequal-tasks',
    entry.place,
    `${fromName} has ${inGroups(earlier, groups.from)} and ${toName} has ${inGroups(later, groups.to)}: to wait one for one they need the same number`,
  );
  return false;
}

function groupsOf(relation: Relation | null): { readonly from: number; readonly to: number } | null {
  return relation?.type === 'SEQUENTIAL' && relation.mapping.kind === 'groups' ? relation.mapping : null;
}
