import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CheckedRecipe, CheckedStep, TaskName } from '../../../shared/ipc/submissions';
import type { Field } from '../../../shared/ipc/forms';
import { requestInWords } from '../../../shared/model/limits-in-words';
import type { Instead } from '../../../shared/model/submission';
import { capitalised, countInWords } from '../../ui/words';
import { ExpectedMoment } from '../ExpectedMoment';
import { Findings } from '../Findings';
import { startsInWords } from '../RecipeJobs';
import type { Check } from '../useCheck';
import { fieldsIn, isThere, valueIn } from './draft';
import type { Draft } from './draft';
import { InsteadFields } from './InsteadFields';
import { fewOf, withoutNumbers } from './ranges';

interface Props {
  readonly draft: Draft;
  readonly check: Check;
  readonly missing: readonly Field[];
  readonly problems: ReadonlyMap<string, string>;
  readonly onInstead: (change: Instead) => void;
  readonly onValue: (name: string, value: string) => void;
}

/** What the form would run, as it is filled in now, and how urgent that is. */
export function Summary(props: Props): ReactNode {
  const { draft, check, missing } = props;
  const { recipe } = check;
  return (
    <aside className="form-summary" aria-label="What it runs" aria-busy={check.isChecking || check.isTrying}>
      <TextInput
        label="Name"
        placeholder={recipe?.name ?? ''}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        value={draft.instead.name ?? ''}
        onChange={(event) => props.onInstead({ name: event.currentTarget.value })}
      />
      <div
        className="form-outcome"
        aria-live="polite"
        data-outdated={(recipe !== null && check.refusal !== null) || undefined}
      >
        {recipe !== null && <Outcome {...props} recipe={recipe} />}
        {recipe === null && missing.length > 0 && (
          <p className="form-needs">
            {capitalised(inWords(missing.map(({ label }) => label)))} {missing.length === 1 ? 'is' : 'are'}{' '}
            still needed.
          </p>
        )}
        {recipe === null && missing.length === 0 && check.refusal === null && <Skeleton height={64} />}
      </div>
      <InsteadFields instead={draft.instead} problems={props.problems} onChange={props.onInstead} />
    </aside>
  );
}

const inWords = (labels: readonly string[]): string =>
  labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1) ?? ''}`;

function Outcome({ recipe, draft, check, onValue }: Props & { readonly recipe: CheckedRecipe }): ReactNode {
  const steps = recipe.jobs.flatMap((job) => job.steps);
  const requests = [...new Set(steps.map(({ request }) => requestInWords(request)))];
  const ranges = fieldsIn(draft.form).filter(
    (field) => field.control.kind === 'line' && field.control.holds === 'ranges' && isThere(draft, field),
  );
  const [range, ...others] = ranges;
  const editable = others.length === 0 && steps.length === 1 ? range : undefined;
  const few = editable === undefined ? null : fewOf(valueIn(draft, editable));
  return (
    <>
      <p className="form-count">{countInWords(recipe.tasks, 'task')}</p>
      {steps.length > 1 && (
        <p className="form-steps">{steps.map(({ name, tasks }) => `${name} ${tasks}`).join(', ')}</p>
      )}
      <p className="form-request">
        {recipe.tasks === 1 ? 'It takes' : 'Each takes'} {requests.join('; or ')}
      </p>
      {steps.map((step) => (
        <Tasks
          key={step.name}
          step={step}
          without={({ value }) =>
            editable === undefined || value === null ? null : withoutNumbers(valueIn(draft, editable), value)
          }
          onChange={(text) => editable !== undefined && onValue(editable.name, text)}
        />
      ))}
      {few !== null && editable !== undefined && (
        <Button size="compact-xs" variant="light" onClick={() => onValue(editable.name, few)}>
          Only the first, middle and last
        </Button>
      )}
      <Foretold recipe={recipe} />
      {check.refusal === null && (
        <Findings
          findings={recipe.findings.map((finding) => ({ ...finding, place: null }))}
          isTrying={check.isTrying && !check.isChecking}
        />
      )}
    </>
  );
}

/** Where it would start now, and when all of it is expected to have ended. */
function Foretold({ recipe }: { readonly recipe: CheckedRecipe }): ReactNode {
  const { starts, end } = recipe;
  if (starts.length === 0 && end === null) return null;
  return (
    <dl className="form-foretold">
      {starts.length > 0 && (
        <div>
          <dt>Starts now</dt>
          <dd>{startsInWords(recipe)}</dd>
        </div>
      )}
      {end !== null && (
        <div>
          <dt>Ends</dt>
          <dd>
            <ExpectedMoment end={end} />
          </dd>
        </div>
      )}
    </dl>
  );
}

interface TasksProps {
  readonly step: CheckedStep;
  /** What the field would be without a task; null: it cannot be. */
  readonly without: (task: TaskName) => string | null;
  readonly onChange: (text: string) => void;
}

/** The first and last tasks, by name; where a field says which they are, each can be taken out. */
function Tasks({ step, without, onChange }: TasksProps): ReactNode {
  if (step.first.length === 0) return null;
  const chip = (task: TaskName): ReactNode => {
    const rest = without(task);
    return (
      <li key={task.label} className="task-chip">
        {task.label}
        {rest !== null && (
          <button
            type="button"
            className="task-chip-out"
            aria-label={`Leave out ${task.label}`}
            title="Leave out"
            onClick={() => onChange(rest)}
          >
            <IconX size={11} stroke={2.2} aria-hidden />
          </button>
        )}
      </li>
    );
  };
  const between = step.tasks - step.first.length - step.last.length;
  return (
    <ul className="task-chips" aria-label={`Tasks of ${step.name}`}>
      {step.first.map(chip)}
      {between > 0 && <li className="task-chips-more">… {between.toLocaleString('en')} more …</li>}
      {step.last.map(chip)}
    </ul>
  );
}
