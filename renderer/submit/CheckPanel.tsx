import { Button, Loader, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFileText, IconRefresh, IconRocket } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Submission } from '../../shared/ipc/contract';
import type { Severity } from '../../shared/model/finding';
import { ruleInWords } from '../../shared/model/schedule';
import { isApple } from '../app/shortcuts';
import { replaceRoute } from '../app/useRoute';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { tellDone } from '../ui/tell';
import { countInWords } from '../ui/words';
import { Findings } from './Findings';
import { Problems } from './Problems';
import { RecipeJobs } from './RecipeJobs';
import { useCheck } from './useCheck';
import type { Check } from './useCheck';

interface Props {
  readonly path: string;
  readonly onOther: () => void;
  readonly onCancel: () => void;
}

/** What a recipe would run, or what is wrong with it. */
export function CheckPanel(props: Props): ReactNode {
  const check = useCheck(props.path);
  const [isSubmitting, setSubmitting] = useState(false);
  /** What was wished while the nodes were still being asked. */
  const [wished, setWished] = useState<Submission | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const has = (severity: Severity): boolean =>
    check.recipe?.findings.some((finding) => finding.severity === severity) ?? false;
  const isPossible = check.recipe !== null && check.refusal === null && !has('error') && !isSubmitting;
  const isSettled = !check.isChecking && !check.isTrying;
  const isToBeConfirmed = isSettled && has('warning');

  const schedule = check.recipe?.schedule ?? null;

  const submit = async (): Promise<void> => {
    setSubmitting(true);
    const { submission } = check;
    if (schedule !== null) {
      const wish = { ...submission, name: null, rule: null, why: null };
      const added = await requestOrTell('schedule the recipe', 'schedule.add', wish);
      setSubmitting(false);
      if (added === null) return;
      tellDone(
        `${added.schedule.name} scheduled`,
        [ruleInWords(added.schedule.rule), ...added.notices].join('. '),
      );
      props.onCancel();
      return;
    }
    const batch = await requestOrTell('submit the recipe', 'batch.submit', submission);
    setSubmitting(false);
    if (batch === null) return;
    tellDone(
      `${batch.name} submitted`,
      `${countInWords(batch.jobs.length, 'job')}, ${countInWords(batch.tasks, 'task')}`,
    );
    const [only, ...others] = batch.jobs;
    replaceRoute(
      only !== undefined && others.length === 0
        ? { page: 'job', job: only }
        : { page: 'batch', batch: batch.batch },
    );
  };
  /** By click or key. What was only found after that is to be read first. */
  const wish = (isRead: boolean): void => {
    if (!isPossible) return;
    if (!isSettled) setWished(check.submission);
    else if (isToBeConfirmed && !isRead) button.current?.focus();
    else void submit();
  };
  useCommandEnter(() => wish(false));
  const isWished = wished === check.submission;
  useWhen(isWished && isSettled, () => wish(false));

  return (
    <>
      <div className="submit-file">
        <IconFileText size={18} stroke={1.6} aria-hidden />
        <span className="submit-path" title={props.path}>
          <bdi>{props.path}</bdi>
        </span>
        <Button size="compact-xs" variant="subtle" onClick={props.onOther}>
          Choose another …
        </Button>
      </div>
      <div aria-live="polite">
        {check.recipe === null && check.refusal === null && (
          <div className="submit-checking">
            <Loader size="sm" color="gray" /> Checking the recipe …
          </div>
        )}
        {check.refusal !== null && <Problems refusal={check.refusal} path={props.path} />}
      </div>
      {check.recipe !== null && (
        <div className={check.refusal === null ? '' : 'submit-outdated'}>
          <RecipeJobs recipe={check.recipe} />
          <Parameters check={check} />
          {check.refusal === null && (
            <Findings findings={check.recipe.findings} isTrying={check.isTrying && !check.isChecking} />
          )}
        </div>
      )}
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
        <span className="submit-foot-end">
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button
            ref={button}
            data-autofocus
            leftSection={
              isToBeConfirmed ? (
                <IconAlertTriangle size={15} aria-hidden />
              ) : (
                <IconRocket size={15} aria-hidden />
              )
            }
            disabled={!isPossible}
            loading={isSubmitting || (isWished && !isSettled)}
            onClick={() => wish(true)}
            title={isApple(bridge.platform) ? '⌘+Enter' : 'Ctrl+Enter'}
          >
            {submitWord(schedule !== null, isToBeConfirmed)}
          </Button>
        </span>
      </footer>
    </>
  );
}

function Parameters({ check }: { readonly check: Check }): ReactNode {
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
            value={check.parameters[name] ?? check.recipe?.parameters[name] ?? ''}
            onChange={(event) => check.setParameter(name, event.currentTarget.value)}
          />
        ))}
      </div>
    </section>
  );
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

/** Ctrl+Enter, or the command key, wherever the focus is in the dialog. */
function useCommandEnter(act: () => void): void {
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

function submitWord(isScheduled: boolean, isToBeConfirmed: boolean): string {
  const word = isScheduled ? 'Schedule' : 'Submit';
  return isToBeConfirmed ? `${word} all the same` : word;
}
