import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckedRecipe } from '../../shared/ipc/submissions';
import type { Submission } from '../../shared/model/submission';
import type { Refusal } from '../../shared/ipc/errors';
import type { Answer } from '../../shared/ipc/messages';
import { request } from '../live/request';
import { usePartOf } from '../live/useView';

export interface Check {
  /** As it was when it was last right: its fields stay in place while a value is wrong. */
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
  /** An answer is on its way. */
  readonly isChecking: boolean;
  /** What nodes and a forecast say of it is on its way. */
  readonly isTrying: boolean;
  again(this: void): void;
}

const whileTyping = 250;

/** A submission as it is to be checked; a new one for each time that the person asks again. */
interface Asked {
  readonly key: string;
  readonly submission: Submission | null;
}
interface Outcome {
  /** What was answered last. */
  readonly to: Asked | null;
  /** What was also tried on the nodes. */
  readonly tried: Asked | null;
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
}

/** What of the nodes decides over where something can run; null: they are not known here yet. */
function useFarmKey(): string | null {
  return usePartOf('nodes', {}, (nodes) =>
    JSON.stringify(nodes.map(({ id, state, labels, capacity }) => [id, state, labels, capacity])),
  );
}

const nothingYet: Outcome = { to: null, tried: null, recipe: null, refusal: null };

/** Has the Host check a submission, and again whenever it or the farm changes. Nothing is submitted. Null: there is nothing yet. */
export function useCheck(submission: Submission | null): Check {
  const key = JSON.stringify(submission);
  const [asked, setAsked] = useState<Asked>({ key, submission });
  if (asked.key !== key) setAsked({ key, submission });
  const farm = useFarmKey();
  const [known, setKnown] = useState(farm);
  if (farm !== null && farm !== known) {
    setKnown(farm);
    if (known !== null) setAsked({ key, submission });
  }
  const [outcome, setOutcome] = useState<Outcome>(nothingYet);
  const isFirst = useRef(true);

  useEffect(() => {
    let isLatest = true;
    const { submission: wanted } = asked;
    if (wanted === null) return undefined;
    const take = (answer: Answer<'recipe.check'>, tried: Asked | null): void =>
      setOutcome((old) =>
        answer.ok
          ? { to: asked, tried, recipe: answer.value, refusal: null }
          : { to: asked, tried: asked, recipe: old.recipe, refusal: answer.refusal },
      );
    const askHost = async (): Promise<void> => {
      const checked = await request('recipe.check', wanted);
      if (!isLatest) return;
      take(checked, null);
      if (!checked.ok) return;
      const tried = await request('recipe.preflight', wanted);
      if (isLatest) take(tried, asked);
    };
    const timer = setTimeout(
      () => {
        isFirst.current = false;
        void askHost();
      },
      isFirst.current ? 0 : whileTyping,
    );
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [asked]);

  const again = useCallback(() => setAsked((old) => ({ ...old })), []);
  if (submission === null) return { recipe: null, refusal: null, isChecking: false, isTrying: false, again };
  return {
    recipe: outcome.recipe,
    refusal: outcome.refusal,
    isChecking: outcome.to !== asked,
    isTrying: outcome.tried !== asked,
    again,
  };
}
