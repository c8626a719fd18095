import { Button, Modal } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { Field, Form, FormWish, Origin } from '../../../shared/ipc/forms';
import { DialogHead } from '../DialogHead';
import { Notes } from '../Notes';
import { Picture } from '../Picture';
import { Problems } from '../Problems';
import { SubmitFootEnd } from '../SubmitFootEnd';
import { useCheck } from '../useCheck';
import { focusSubmit, useCommandEnter, useSubmit } from '../useSubmit';
import type { Done } from '../useSubmit';
import { CommandFolder } from './CommandFolder';
import { isThere, missingIn, sortProblems, submissionOf, valueIn } from './draft';
import type { Draft } from './draft';
import { forgetDraft } from './drafts';
import { FieldControl } from './FieldControl';
import { FieldGroups } from './FieldGroups';
import { FormMenu } from './FormMenu';
import { Summary } from './Summary';
import { useDraft } from './useDraft';
import './form.css';

interface Props {
  readonly wish: FormWish;
  readonly form: Form;
  /** Of several that were dropped at once: `2 of 3`. */
  readonly position: string | null;
  readonly onClose: () => void;
  readonly onSubmitted: (done: Done) => Promise<void>;
  /** Goes on to the next one of several; null: this is the last. */
  readonly onSkip: (() => void) | null;
}

/** A form that is filled in, with what it would run beside it. */
export function FormPanel(props: Props): ReactNode {
  const { wish } = props;
  const drafting = useDraft(wish, props.form);
  const { draft } = drafting;
  const { form } = draft;
  const submission = submissionOf(draft);
  const check = useCheck(submission);
  const onDone = async (done: Done): Promise<void> => {
    await props.onSubmitted(done);
    forgetDraft(wish);
  };
  const submitting = useSubmit({ submission, check, onDone, isNotLast: props.onSkip !== null });
  const [wasTried, setTried] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const missing = missingIn(draft);
  const problems = sortProblems(draft, check.refusal?.problems ?? []);
  const refusal = problems.others.length > 0 || check.refusal?.problems === undefined ? check.refusal : null;

  const submit = (isRead: boolean): void => {
    const [wrong] = [...missing.map(({ name }) => name), ...problems.fields.keys()];
    if (wrong === undefined) return submitting.submit(isRead);
    setTried(true);
    showField(place.current, wrong);
  };
  useCommandEnter(() => submit(false));
  useFirstFocus(place, missing[0]?.name ?? null);

  const fieldOf = (field: Field): ReactNode => {
    const isMissing = missing.includes(field);
    const found = problems.fields.get(field.name)?.join(' ') ?? null;
    return (
      <div key={field.name} className={wide.has(field.control.kind) ? 'field field-wide' : 'field'}>
        <FieldControl
          field={field}
          value={valueIn(draft, field)}
          problem={isMissing && wasTried ? 'It has to be given' : found}
          folder={form.submission.folder ?? ''}
          onChange={(value) => drafting.setValue(field.name, value)}
          onChosen={(path) => drafting.choose(field.name, path)}
        />
        <Mark draft={draft} name={field.name} isNeeded={isMissing && !wasTried} />
      </div>
    );
  };
  const groups = form.groups
    .map(({ title, fields }) => ({ title, fields: fields.filter((field) => isThere(draft, field)) }))
    .filter(({ fields }) => fields.length > 0);

  return (
    <>
      <DialogHead
        title={form.title}
        picture={<Picture picture={form.picture} kind={form.kind} size="small" />}
        about={
          <>
            {props.position !== null && <span className="submit-position">{props.position}</span>}
            {form.description}
          </>
        }
      />
      <div className="form-frame">
        <Modal.Body className="submit-body form-fields" ref={place}>
          {drafting.isRestored && (
            <p className="form-restored">
              <IconHistory size={15} stroke={1.8} aria-hidden /> What you typed is still here.
              <Button size="compact-xs" variant="subtle" onClick={drafting.discard}>
                Begin anew
              </Button>
            </p>
          )}
          {wish.kind === 'command' && !isInField(form, wish.text) && (
            <CommandFolder wish={wish} folder={form.submission.folder ?? null} />
          )}
          <Notes notes={form.notes} />
          <div aria-live="polite">
            {refusal !== null && (
              <Problems refusal={{ ...refusal, problems: problems.others }} path={pathOf(form)} />
            )}
          </div>
          <FieldGroups
            groups={groups}
            fieldOf={fieldOf}
            hasProblem={({ name }) => problems.fields.has(name)}
          />
        </Modal.Body>
        <Summary
          draft={draft}
          check={check}
          missing={missing}
          problems={problems.instead}
          onInstead={drafting.setInstead}
          onValue={drafting.setValue}
        />
      </div>
      <footer className="submit-foot">
        <FormMenu draft={draft} onDefaults={drafting.toDefaults} />
        <SubmitFootEnd
          submitting={submitting}
          isDisabled={missing.length === 0 && !check.isChecking && !submitting.isPossible}
          onSubmit={() => submit(true)}
          onClose={props.onClose}
          onSkip={props.onSkip}
        />
      </footer>
    </>
  );
}

/** Controls that take a whole line. */
const wide: ReadonlySet<string> = new Set(['path', 'lines']);

const marks: Readonly<Record<Origin, string>> = {
  last: 'as last time',
  file: 'from the file',
  given: '',
};

interface MarkProps {
  readonly draft: Draft;
  readonly name: string;
  readonly isNeeded: boolean;
}

/** That a value is needed, or where one is from that nobody has typed here. */
function Mark({ draft, name, isNeeded }: MarkProps): ReactNode {
  if (isNeeded) return <span className="field-mark field-needed">needed</span>;
  const origin = draft.form.origins[name];
  const isPlain = draft.touched.includes(name) || name === draft.form.reads;
  const words = origin === undefined || isPlain ? '' : marks[origin];
  return words === '' ? null : <span className="field-mark">{words}</span>;
}

/** A command that is run as it stands is in a field, and need not be shown twice. */
const isInField = ({ submission }: Form, text: string): boolean =>
  Object.values(submission.parameters).some((value) => text.includes(value) && value.includes(text.trim()));

const pathOf = ({ submission: { source } }: Form): string =>
  source.kind === 'file' ? source.path : source.name;

/** The keyboard begins at the first thing that is still needed, or else where it is submitted. */
function useFirstFocus(place: RefObject<HTMLElement | null>, name: string | null): void {
  const first = useRef(name);
  useEffect(() => {
    if (first.current !== null) showField(place.current, first.current);
    else focusSubmit();
  }, [place]);
}

/** Brings the field into view, with the keyboard in it. */
function showField(place: HTMLElement | null, name: string): void {
  const field = place?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  const input =
    field?.matches('input, textarea') === true ? field : field?.querySelector<HTMLElement>('input, textarea');
  input?.focus();
}
