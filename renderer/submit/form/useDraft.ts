import { useCallback, useEffect, useRef, useState } from 'react';
import type { Form, FormWish } from '../../../shared/ipc/forms';
import type { Instead } from '../../../shared/model/submission';
import { requestOrTell } from '../../live/request';
import { isChanged, newDraft, withDefaults, withForm, withInstead, withTyped, withValue } from './draft';
import type { Draft } from './draft';
import { draftOf, forgetDraft, keepDraft } from './drafts';

export interface Drafting {
  readonly draft: Draft;
  /** It was filled in before and is here again. */
  readonly isRestored: boolean;
  readonly setValue: (name: string, value: string) => void;
  /** A path that is meant as it stands: what can be read from the file is filled in. */
  readonly choose: (name: string, path: string) => void;
  readonly setInstead: (change: Instead) => void;
  readonly toDefaults: () => void;
  /** Back to how the form was opened. */
  readonly discard: () => void;
}

/** A form that is being filled in; what is typed is kept until it is submitted or discarded. */
export function useDraft(wish: FormWish, opened: Form): Drafting {
  const [kept] = useState(() => draftOf(wish));
  const [isRestored, setRestored] = useState(kept !== null);
  const [draft, setDraft] = useState(() =>
    kept === null ? newDraft(opened) : withTyped(newDraft(opened), kept.values, kept.instead),
  );
  useEffect(() => {
    if (isChanged(draft)) keepDraft(wish, draft);
  }, [wish, draft]);

  const reading = useRef(0);
  const lastRead = useRef(draft.form.reads === null ? null : opened.submission.parameters[draft.form.reads]);
  const refill = useCallback(async (form: Form, path: string): Promise<void> => {
    const { source } = form.submission;
    if (source.kind !== 'preset' || path === lastRead.current) return;
    lastRead.current = path;
    const turn = ++reading.current;
    const again = { kind: 'preset', preset: source.name, file: path } as const;
    const answer = await requestOrTell('look into the file', 'form.open', { wish: again });
    if (turn === reading.current && answer?.kind === 'form')
      setDraft((old) => withForm(old, { ...answer.form, title: form.title }));
  }, []);

  const choose = (name: string, path: string): void => {
    setDraft((old) => withValue(old, name, path));
    if (name === draft.form.reads && path !== '') void refill(draft.form, path);
  };
  // What was typed before may name another file than the one that the form was opened with.
  const first = useRef(() => {
    const { reads } = draft.form;
    const path = reads === null ? undefined : draft.values[reads];
    if (path !== undefined && path !== '') void refill(draft.form, path);
  });
  useEffect(() => first.current(), []);

  return {
    draft,
    isRestored,
    setValue: (name, value) => setDraft((old) => withValue(old, name, value)),
    choose,
    setInstead: (change) => setDraft((old) => withInstead(old, change)),
    toDefaults: () => setDraft(withDefaults),
    discard: () => {
      forgetDraft(wish);
      setRestored(false);
      setDraft(newDraft(opened));
    },
  };
}
