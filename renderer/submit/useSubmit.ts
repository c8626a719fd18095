import { useEffect, useRef, useState } from 'react';
import type { Submission } from '../../shared/model/submission';
import type { SubmittedBatch } from '../../shared/ipc/submissions';
import type { Severity } from '../../shared/model/finding';
import { ruleInWords } from '../../shared/model/schedule';
import { isApple } from '../app/shortcuts';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { tellDone } from '../ui/tell';
import { countInWords } from '../ui/words';
import type { Check } from './useCheck';

export interface Done {
  /** Null: the clock will submit it. */
  readonly batch: SubmittedBatch | null;
  /** What has happened, and more about it. */
  readonly words: readonly [title: string, message: string];
}

export interface Submitting {
  readonly isPossible: boolean;
  /** It was wished, and is being checked or submitted. */
  readonly isUnderWay: boolean;
  /** There are warnings, which are to be read first. */
  readonly isToBeConfirmed: boolean;
  /** The recipe says when it runs. */
  readonly isScheduled: boolean;
  /** `isRead`: by a click on the button, beside which the warnings stand. */
  submit(this: void, isRead: boolean): void;
}

interface Wish {
  readonly submission: Submission;
  readonly check: Check;
  readonly onDone: (done: Done) => void | Promise<void>;
  /** Another form takes the place of this one. */
  readonly isNotLast: boolean;
}

/** Nobody waits so short a time: nothing is drawn for it, and what is said of it comes after it. */
const unnoticed = 100;

/** Submits what was checked; what is wished before the nodes have answered is submitted when they have. */
export function useSubmit({ submission, check, onDone, isNotLast }: Wish): Submitting {
  const isSent = useRef(false);
  const [isSubmitting, setSubmitting] = useState(false);
  const [wished, setWished] = useState<string | null>(null);
  const key = JSON.stringify(submission);
  const has = (severity: Severity): boolean =>
    check.recipe?.findings.some((finding) => finding.severity === severity) ?? false;
  const isFine = check.recipe !== null && check.refusal === null && !has('error');
  const isSettled = !check.isChecking && !check.isTrying;
  const isToBeConfirmed = isSettled && has('warning');
  const isScheduled = (check.recipe?.schedule ?? null) !== null;
  const isWished = wished === key;

  const send = async (): Promise<void> => {
    isSent.current = true;
    setWished(null);
    const slow = setTimeout(() => setSubmitting(true), unnoticed);
    const done = isScheduled ? await submitByClock(submission) : await submitNow(submission);
    clearTimeout(slow);
    if (done !== null) {
      await onDone(done);
      setTimeout(() => tellDone(...done.words, isNotLast), unnoticed);
      return;
    }
    isSent.current = false;
    setSubmitting(false);
  };
  const submit = (isRead: boolean): void => {
    if (isSent.current) return;
    if (!isSettled) setWished(key);
    else if (!isFine) setWished(null);
    else if (isToBeConfirmed && !isRead) focusSubmit();
    else void send();
  };
  // What was only found after it was wished is to be read first.
  useWhen(isWished && isSettled, () => submit(false));
  return {
    isPossible: isFine && !isSubmitting,
    isUnderWay: isSubmitting || (isWished && !isSettled),
    ...{ isToBeConfirmed, isScheduled, submit },
  };
}

async function submitNow(submission: Submission): Promise<Done | null> {
  const batch = await requestOrTell('submit this', 'batch.submit', submission);
  if (batch === null) return null;
  const counts = [countInWords(batch.jobs.length, 'job'), countInWords(batch.tasks, 'task')];
  return { batch, words: [`${batch.name} submitted`, counts.join(', ')] };
}

async function submitByClock(submission: Submission): Promise<Done | null> {
  const wish = { ...submission, name: null, rule: null, why: null };
  const added = await requestOrTell('schedule the recipe', 'schedule.add', wish);
  if (added === null) return null;
  const { name, rule } = added.schedule;
  return { batch: null, words: [`${name} scheduled`, [ruleInWords(rule), ...added.notices].join('. ')] };
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

/** Where a person goes on who has read everything. */
export const focusSubmit = (): void => document.querySelector<HTMLElement>('[data-submit]')?.focus();
