/** What comes after what: `after` of jobs and steps, as edges between them. */
import type { StepReference } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import { readAfter } from './after';
import type { AfterEntry } from './after';
import { mostProblems } from '../document/problems';
import { afterFields } from '../schema/after';
import { problemAt } from './scope';
import type { Scope } from './scope';
import { didYouMean } from '../document/suggest';
import { fitted, type Jobs, type StepSpaces } from '../sweeps/task-by-task';
import { waitingCircles } from './waiting';
import type { PlacedEdge } from './waiting';
import { listNames, quote } from '../document/words';

/** @param templateSteps of jobs that are made of templates */
export function resolveDependencies(
  scope: Scope,
  spaces: StepSpaces,
  templateSteps: ReadonlyMap<string, readonly string[]>,
): Dependency[] {
  const jobs = namesOf(scope, templateSteps);
  const between = [...jobs.keys()].flatMap((job) => edgesTo(scope, jobs, spaces, { job, step: null }));
  const within = [...jobs].flatMap(([job, steps]) =>
    steps.isWritten ? [...steps.names].flatMap((step) => edgesTo(scope, jobs, spaces, { job, step })) : [],
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

export const onlyStep = 'main';

function namesOf({ document }: Scope, templateSteps: ReadonlyMap<string, readonly string[]>): Jobs {
  return new Map(
    document.names(['jobs']).map((job) => {
      const made = templateSteps.get(job);
      if (made !== undefined) return [job, { names: new Set(made), isWritten: true }];
      const isWritten = document.has(['jobs', job, 'steps']);
      const names = isWritten ? document.names(['jobs', job, 'steps']) : [onlyStep];
      return [job, { names: new Set(names), isWritten }];
    }),
  );
}

function edgesTo(scope: Scope, jobs: Jobs, spaces: StepSpaces, to: StepReference): PlacedEdge[] {
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
    const relation = fitted(scope, jobs, spaces, entry, from, to);
    if (relation === null) return [];
    const { onFailure, place } = entry;
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
