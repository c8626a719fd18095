import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckedRecipe, Submission } from '../../shared/ipc/contract';
import type { Refusal } from '../../shared/ipc/errors';
import { request } from '../live/request';

export interface Check {
  /** As it was when it was last right: its fields stay in place while a value is wrong. */
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
  /** An answer is on its way. */
  readonly isChecking: boolean;
  again(this: void): void;
}

const whileTyping = 250;

/** A submission as it is to be checked; a new one for each time that the person asks again. */
interface Asked {
  readonly key: string;
  readonly submission: Submission;
}
interface Outcome {
  /** What was answered last. */
  readonly to: Asked | null;
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
}

/** Has the Host check a submission, and again whenever it changes. Nothing is submitted. */
export function useCheck(submission: Submission): Check {
  const key = JSON.stringify(submission);
  const [asked, setAsked] = useState<Asked>({ key, submission });
  if (asked.key !== key) setAsked({ key, submission });
  const [outcome, setOutcome] = useState<Outcome>({ to: null, recipe: null, refusal: null });
  const isFirst = useRef(true);

  useEffect(() => {
    let isLatest = true;
    const timer = setTimeout(
      () => {
        isFirst.current = false;
        void request('recipe.check', asked.submission).then((answer) => {
          if (!isLatest) return;
          setOutcome((old) =>
            answer.ok
              ? { to: asked, recipe: answer.value, refusal: null }
              : { to: asked, recipe: old.recipe, refusal: answer.refusal },
          );
        });
      },
      isFirst.current ? 0 : whileTyping,
    );
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [asked]);

  const again = useCallback(() => setAsked((old) => ({ ...old })), []);
  return { recipe: outcome.recipe, refusal: outcome.refusal, isChecking: outcome.to !== asked, again };
}
