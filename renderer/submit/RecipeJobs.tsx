import type { ReactNode } from 'react';
import type { CheckedRecipe } from '../../shared/ipc/submissions';
import { amountsInWords } from '../../shared/model/amounts';
import { requestInWords } from '../../shared/model/limits-in-words';
import { ruleInWords } from '../../shared/model/schedule';
import { KindIcon } from '../ui/StateMark';
import { countInWords } from '../ui/words';
import { ExpectedMoment } from './ExpectedMoment';

/** What the recipe would run: its jobs, how many tasks each has, and what comes before it. */
export function RecipeJobs({ recipe }: { readonly recipe: CheckedRecipe }): ReactNode {
  return (
    <section aria-label="What it runs">
      <div className="submit-name-line">
        <h3 className="submit-name">{recipe.name}</h3>
        <span className="faint">
          {countInWords(recipe.jobs.length, 'job')}, {countInWords(recipe.tasks, 'task')}
        </span>
      </div>
      <ul
        className="submit-jobs"
        aria-label="Jobs"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must be able to scroll it
        tabIndex={0}
      >
        {recipe.jobs.map((job) => (
          <li key={job.name} className="submit-job">
            <KindIcon kind={job.kind} />
            <span className="submit-job-name">{job.name}</span>
            {job.after.length > 0 && (
              <span className="faint submit-job-after">after {job.after.join(', ')}</span>
            )}
            <span className="submit-job-tasks">
              <span className="faint">{requestsInWords(job)}</span> {countInWords(job.tasks, 'task')}
            </span>
          </li>
        ))}
      </ul>
      {recipe.schedule !== null && (
        <p className="faint submit-relative">Submitted by the clock: {ruleInWords(recipe.schedule)}.</p>
      )}
      {recipe.starts.length > 0 && (
        <p className="faint submit-relative">Would start now: {startsInWords(recipe)}.</p>
      )}
      {recipe.end !== null && (
        <p className="faint submit-relative">
          Would end: <ExpectedMoment end={recipe.end} />.
        </p>
      )}
      {recipe.relativeTo.map(({ name, capacity }) => (
        <p key={name} className="faint submit-relative">
          Parts of a node are of {name}: {amountsInWords(capacity)}.
        </p>
      ))}
    </section>
  );
}

const mostNodes = 4;

/** `3 tasks on anna, 2 tasks on bert`. */
export function startsInWords({ starts }: CheckedRecipe): string {
  const words = starts
    .slice(0, mostNodes)
    .map(({ node, tasks }) => `${countInWords(tasks, 'task')} on ${node}`);
  const others = starts.slice(mostNodes);
  const more = others.reduce((sum, { tasks }) => sum + tasks, 0);
  return [...words, ...(more > 0 ? [`${more} on ${countInWords(others.length, 'more node')}`] : [])].join(
    ', ',
  );
}

/** What a task needs; of steps that need different things, all of them. */
function requestsInWords({ steps }: CheckedRecipe['jobs'][number]): string {
  return [...new Set(steps.map(({ request }) => requestInWords(request)))].join('; or ');
}
