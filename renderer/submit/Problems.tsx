import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem, Refusal } from '../../shared/ipc/errors';
import { countInWords } from '../ui/words';

/** Everything that is wrong with a recipe, each with its place in the file. */
export function Problems(props: { readonly refusal: Refusal; readonly path: string }): ReactNode {
  const problems = props.refusal.problems ?? [];
  return (
    <section className="problems" aria-label="Problems">
      <h3 className="problems-title">
        <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
        {problems.length > 0
          ? `${countInWords(problems.length, 'problem')}: nothing is submitted`
          : 'The recipe cannot be used'}
      </h3>
      {problems.length === 0 ? (
        <p className="problems-message">{props.refusal.message}</p>
      ) : (
        <ol
          className="problems-list"
          aria-label="What is wrong"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must be able to scroll it
          tabIndex={0}
        >
          {problems.map((problem) => (
            <li
              key={`${problem.file}:${problem.line}:${problem.column}:${problem.path}:${problem.code}`}
              className="problem"
            >
              <span className="problem-place">{placeOf(problem, props.path)}</span>
              <span>
                {problem.path !== '' && <code className="problem-field">{problem.path}</code>}
                {problem.message}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The file is named only when it is another than the recipe itself. */
function placeOf(problem: Problem, path: string): string {
  const place = `${problem.line}:${problem.column}`;
  return problem.file === path || path.endsWith(problem.file) ? place : `${problem.file}:${place}`;
}
