import { Button, Loader, Modal, TextInput } from '@mantine/core';
import { IconFileText, IconRefresh, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Submission } from '../../shared/model/submission';
import type { FormNote, GraphOfRecipe } from '../../shared/ipc/forms';
import { navigate } from '../app/useRoute';
import { openPipeline } from '../pipeline/opening';
import { DialogHead } from './DialogHead';
import { Findings } from './Findings';
import { Problems } from './Problems';
import { RecipeJobs } from './RecipeJobs';
import { SubmitFootEnd } from './SubmitFootEnd';
import { useCheck } from './useCheck';
import type { Check } from './useCheck';
import { Notes } from './Notes';
import { useCommandEnter, useSubmit } from './useSubmit';
import type { Done } from './useSubmit';

interface Props {
  /** As it is to be checked at first. */
  readonly first: Submission;
  readonly notes: readonly FormNote[];
  readonly graph: GraphOfRecipe;
  readonly position: string | null;
  readonly onClose: () => void;
  readonly onSubmitted: (done: Done) => Promise<void>;
  readonly onSkip: (() => void) | null;
}

/** What a recipe would run, or what is wrong with it. */
export function CheckPanel(props: Props): ReactNode {
  const [submission, setSubmission] = useState(props.first);
  const check = useCheck(submission);
  const { onSubmitted: onDone, onSkip } = props;
  const submitting = useSubmit({ submission, check, onDone, isNotLast: onSkip !== null });
  useCommandEnter(() => submitting.submit(false));
  const { source } = submission;
  const path = source.kind === 'file' ? source.path : source.name;
  return (
    <>
      <DialogHead title="Submit a recipe" {...(props.position === null ? {} : { about: props.position })} />
      <Modal.Body className="submit-body">
        <Notes notes={props.notes} />
        <div className="submit-file">
          <IconFileText size={18} stroke={1.6} aria-hidden />
          <span className="submit-path" title={path}>
            <bdi>{path}</bdi>
          </span>
        </div>
        <div aria-live="polite">
          {check.recipe === null && check.refusal === null && (
            <div className="submit-checking">
              <Loader size="sm" color="gray" /> Checking the recipe …
            </div>
          )}
          {check.refusal !== null && <Problems refusal={check.refusal} path={path} />}
        </div>
        {check.recipe !== null && (
          <div className={check.refusal === null ? '' : 'submit-outdated'}>
            <RecipeJobs recipe={check.recipe} />
            <Parameters
              check={check}
              parameters={submission.parameters}
              onChange={(name, value) =>
                setSubmission((old) => ({ ...old, parameters: { ...old.parameters, [name]: value } }))
              }
            />
            {check.refusal === null && (
              <Findings findings={check.recipe.findings} isTrying={check.isTrying && !check.isChecking} />
            )}
          </div>
        )}
      </Modal.Body>
      <footer className="submit-foot">
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconRefresh size={15} aria-hidden />}
          onClick={check.again}
          loading={check.isChecking && check.refusal !== null}
        >
          Check again
        </Button>
        {props.graph.kind === 'pipeline' && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconSitemap size={15} aria-hidden />}
            onClick={() => void editAsGraph(props.graph)}
          >
            Edit as a graph
          </Button>
        )}
        <SubmitFootEnd
          submitting={submitting}
          isDisabled={!submitting.isPossible && !submitting.isUnderWay}
          onSubmit={() => submitting.submit(true)}
          onClose={props.onClose}
          onSkip={props.onSkip}
        />
      </footer>
    </>
  );
}

async function editAsGraph(graph: GraphOfRecipe): Promise<void> {
  if (graph.kind === 'pipeline' && (await openPipeline(graph))) navigate({ page: 'pipeline', file: null });
}

interface ParametersProps {
  readonly check: Check;
  readonly parameters: Submission['parameters'];
  readonly onChange: (name: string, value: string) => void;
}

function Parameters({ check, parameters, onChange }: ParametersProps): ReactNode {
  const names = Object.keys(check.recipe?.parameters ?? {});
  if (names.length === 0) return null;
  return (
    <section aria-label="Parameters">
      <h3 className="submit-heading">Parameters</h3>
      <div className="submit-parameters">
        {names.map((name) => (
          <TextInput
            key={name}
            label={name}
            value={parameters[name] ?? check.recipe?.parameters[name] ?? ''}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        ))}
      </div>
    </section>
  );
}
