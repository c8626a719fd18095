import { useEffect, useRef, useState } from 'react';
import type { Submission, SubmittedBatch } from '../../shared/ipc/contract';
import type { Severity } from '../../shared/model/finding';
import { ruleInWords } from '../../shared/model/schedule';
import { isApple } from '../app/shortcuts';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { tellDone } from '../ui/tell';
import { countInWords } from '../ui/words';
import type { Check } from './useCheck';

/** Null: the clock will submit it. */
export interface Done {
  readonly batch: SubmittedBatch | null;
}

export interface Submitting {
  readonly isPossible: boolean;
  /** It was wished, and is being checked or submitted. */
  readonly isUnderWay: boolean;
  /** There are warnings to be read first. */
  readonly isToBeConfirmed: boolean;
  /** By click or key; `isRead`: what was found has been seen. What was only found after that is to be read first. */
  submit(this: void, isRead: boolean): void;
}

/** Submits what was checked; what is wished before the check has come is submitted when it is right. */
export function useSubmit(
  submission: Submission,
  check: Check,
  onDone: (done: Done) => void,
  /** There is something to be read before it is submitted. */
  onWarning: () => void,
  /** Another form takes the place of this one. */
  isNotLast = false,
): Submitting {
  const [isSubmitting, setSubmitting] = useState(false);
  const [wished, setWished] = useState<string | null>(null);
  const key = JSON.stringify(submission);
  const has = (severity: Severity): boolean =>
    check.recipe?.findings.some((finding) => finding.severity === severity) ?? false;
  const isPossible = check.recipe !== null && check.refusal === null && !has('error') && !isSubmitting;
  const isSettled = !check.isChecking && !check.isTrying;
  const isToBeConfirmed = isSettled && has('warning');
  const isWished = wished === key && isPossible;

  const schedule = check.recipe?.schedule ?? null;

  const send = async (): Promise<void> => {
    setWished(null);
    setSubmitting(true);
    const batch =
      schedule === null ? await submitNow(submission, isNotLast) : await submitByClock(submission);
    setSubmitting(false);
    if (batch !== null) onDone(batch);
  };
  const submit = (isRead: boolean): void => {
    if (isSubmitting) return;
    if (!isSettled) setWished(key);
    else if (isToBeConfirmed && !isRead) onWarning();
    else if (isPossible) void send();
  };
  useWhen(isWished && isSettled, () => submit(false));
  const isUnderWay = isSubmitting || (isWished && !isSettled);
  return { isPossible, isUnderWay, isToBeConfirmed, submit };
}

async function submitNow(submission: Submission, isNotLast: boolean): Promise<Done | null> {
  const batch = await requestOrTell('submit this', 'batch.submit', submission);
  if (batch === null) return null;
  tellDone(
    `${batch.name} submitted`,
    `${countInWords(batch.jobs.length, 'job')}, ${countInWords(batch.tasks, 'task')}`,
    isNotLast,
  );
  return { batch };
}

async function submitByClock(submission: Submission): Promise<Done | null> {
  const wish = { ...submission, name: null, rule: null, why: null };
  const added = await requestOrTell('schedule the recipe', 'schedule.add', wish);
  if (added === null) return null;
  const { name, rule } = added.schedule;
  tellDone(`${name} scheduled`, [ruleInWords(rule), ...added.notices].join('. '));
  return { batch: null };
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

export function submitWord(isScheduled: boolean, isToBeConfirmed: boolean): string {
  const word = isScheduled ? 'Schedule' : 'Submit';
  return isToBeConfirmed ? `${word} all the same` : word;
}
