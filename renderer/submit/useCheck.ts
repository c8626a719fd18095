import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckedRecipe, Submission } from '../../shared/ipc/contract';
import type { Refusal } from '../../shared/ipc/errors';
import type { Answer } from '../../shared/ipc/messages';
import { request } from '../live/request';

export interface Check {
  /** As it was when it was last right: its fields stay in place while a value is wrong. */
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
  /** An answer is on its way. */
  readonly isChecking: boolean;
  /** What nodes and a forecast say of it is on its way. */
  readonly isTrying: boolean;
  /** The recipe and its parameters as they are shown. */
  readonly submission: Submission;
  readonly parameters: Readonly<Record<string, string>>;
  setParameter(this: void, name: string, value: string): void;
  again(this: void): void;
}

const whileTyping = 250;

/** A submission as it is to be checked; a new one for each time that the person asks again. */
interface Asked {
  readonly submission: Submission;
}
interface Outcome {
  /** What was answered last. */
  readonly to: Asked | null;
  /** What was also tried on the nodes. */
  readonly tried: Asked | null;
  readonly recipe: CheckedRecipe | null;
  readonly refusal: Refusal | null;
}

const nothingYet: Outcome = { to: null, tried: null, recipe: null, refusal: null };
const noParameters: Readonly<Record<string, string>> = {};

function asking(path: string, parameters: Readonly<Record<string, string>>): Asked {
  return { submission: { source: { kind: 'file', path }, parameters } };
}

/** Has the Host check a recipe file, and again whenever a parameter changes. Nothing is submitted. */
export function useCheck(path: string): Check {
  const [asked, setAsked] = useState(() => asking(path, noParameters));
  const [outcome, setOutcome] = useState<Outcome>(nothingYet);
  const { submission } = asked;
  const isFirst = useRef(true);

  useEffect(() => {
    let isLatest = true;
    const take = (answer: Answer<'recipe.check'>, tried: Asked | null): void =>
      setOutcome((old) =>
        answer.ok
          ? { to: asked, tried, recipe: answer.value, refusal: null }
          : { to: asked, tried: asked, recipe: old.recipe, refusal: answer.refusal },
      );
    const askHost = async (): Promise<void> => {
      const checked = await request('recipe.check', asked.submission);
      if (!isLatest) return;
      take(checked, null);
      if (!checked.ok) return;
      const tried = await request('recipe.preflight', asked.submission);
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

  const setParameter = useCallback(
    (name: string, value: string) => {
      setAsked(({ submission: { parameters } }) => asking(path, { ...parameters, [name]: value }));
    },
    [path],
  );
  const again = useCallback(
    () => setAsked(({ submission: { parameters } }) => asking(path, parameters)),
    [path],
  );
  return {
    recipe: outcome.recipe,
    refusal: outcome.refusal,
    isChecking: outcome.to !== asked,
    isTrying: outcome.tried !== asked,
    submission,
    parameters: submission.parameters,
    setParameter,
    again,
  };
}
