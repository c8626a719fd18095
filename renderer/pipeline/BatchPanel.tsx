import { Loader, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ExpectedMoment } from '../submit/ExpectedMoment';
import { InsteadFields } from '../submit/form/InsteadFields';
import { startsInWords } from '../submit/RecipeJobs';
import type { Check } from '../submit/useCheck';
import { countInWords } from '../ui/words';
import { FoundList } from './FoundList';
import type { JobFinding } from './model/findings';
import type { Sketch } from './model/sketch';
import { change } from './sketches';

interface Props {
  readonly sketch: Sketch;
  readonly check: Check;
  readonly findings: readonly JobFinding[];
  onJob(this: void, name: string): void;
}

const noProblems: ReadonlyMap<string, string> = new Map();

/** The batch as a whole: its name, how urgent it is, and what it would run. */
export function BatchPanel({ sketch, check, findings, onJob }: Props): ReactNode {
  const { priority, tenant, deadline } = sketch;
  const { recipe } = check;
  const isEmpty = sketch.jobs.length === 0;
  return (
    <>
      <h2 className="graph-panel-title">The batch</h2>
      <TextInput
        label="Name"
        size="xs"
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        placeholder="Pipeline"
        value={sketch.name}
        onChange={(event) => {
          const name = event.currentTarget.value;
          change((old) => ({ ...old, name }), 'batch name');
        }}
      />
      <InsteadFields
        instead={{
          ...(priority === null ? {} : { priority }),
          ...(tenant === null ? {} : { tenant }),
          ...(deadline === null ? {} : { deadline }),
        }}
        problems={noProblems}
        onChange={(wished) =>
          change(
            (old) => ({
              ...old,
              ...('priority' in wished ? { priority: wished.priority ?? null } : {}),
              ...('tenant' in wished
                ? { tenant: wished.tenant === '' ? null : (wished.tenant ?? null) }
                : {}),
              ...('deadline' in wished ? { deadline: wished.deadline ?? null } : {}),
            }),
            `batch ${Object.keys(wished).join()}`,
          )
        }
      />
      {!isEmpty && (
        <div aria-live="polite" aria-busy={check.isChecking || check.isTrying}>
          {recipe !== null && check.refusal === null && (
            <p className="pipeline-sum">
              {countInWords(recipe.jobs.length, 'job')}, {countInWords(recipe.tasks, 'task')}.
              {recipe.starts.length > 0 && ` Would start now: ${startsInWords(recipe)}.`}
              {recipe.end !== null && (
                <>
                  {' '}
                  Would end: <ExpectedMoment end={recipe.end} />.
                </>
              )}
            </p>
          )}
          <FoundList findings={findings} onJob={onJob} />
          {check.isTrying && check.refusal === null && (
            <p className="findings-trying faint">
              <Loader size={12} color="gray" /> Trying it on the nodes …
            </p>
          )}
        </div>
      )}
    </>
  );
}
