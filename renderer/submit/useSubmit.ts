import { useEffect, useRef, useState } from 'react';
import type { Submission, SubmittedBatch } from '../../shared/ipc/contract';
import { isApple } from '../app/shortcuts';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { tellDone } from '../ui/tell';
import { countInWords } from '../ui/words';
import type { Check } from './useCheck';

export interface Submitting {
  readonly isPossible: boolean;
  /** It was wished, and is being checked or submitted. */
  readonly isUnderWay: boolean;
  submit(this: void): void;
}

/** Submits what was checked; what is wished before the check has come is submitted when it is right. */
export function useSubmit(
  submission: Submission,
  check: Check,
  onSubmitted: (batch: SubmittedBatch) => void,
): Submitting {
  const [isSubmitting, setSubmitting] = useState(false);
  const [wished, setWished] = useState<string | null>(null);
  const key = JSON.stringify(submission);
  const isPossible = check.recipe !== null && check.refusal === null && !isSubmitting;
  const isWished = wished === key && isPossible;

  const send = async (): Promise<void> => {
    setWished(null);
    setSubmitting(true);
    const batch = await requestOrTell('submit this', 'batch.submit', submission);
    setSubmitting(false);
    if (batch === null) return;
    tellDone(
      `${batch.name} submitted`,
      `${countInWords(batch.jobs.length, 'job')}, ${countInWords(batch.tasks, 'task')}`,
    );
    onSubmitted(batch);
  };
  const submit = (): void => {
    if (isSubmitting) return;
    if (check.isChecking) setWished(key);
    else if (isPossible) void send();
  };
  useWhen(isWished && !check.isChecking, () => void send());
  return { isPossible, isUnderWay: isSubmitting || (isWished && check.isChecking), submit };
}

/** Acts once each time that it is so. */
function useWhen(isSo: boolean, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (isSo) latest.current();
  }, [isSo]);
}

export const submitKeys = isApple(bridge.platform) ? '⌘+Enter' : 'Ctrl+Enter';

/** Ctrl+Enter, or the command key, wherever the focus is in the dialog. */
export function useCommandEnter(act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isHeld = isApple(bridge.platform) ? event.metaKey : event.ctrlKey;
      if (event.key !== 'Enter' || !isHeld) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
