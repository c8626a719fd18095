import { Button, Loader, Modal } from '@mantine/core';
import { IconFileUnknown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Refusal } from '../../shared/ipc/errors';
import type { FormWish, OpenedForm } from '../../shared/ipc/forms';
import { replaceRoute } from '../app/useRoute';
import { openAhead } from '../live/ahead';
import { request } from '../live/request';
import { Notice } from '../ui/Notice';
import { Still } from '../ui/Still';
import { CheckPanel } from './CheckPanel';
import { DialogHead } from './DialogHead';
import { FormPanel } from './form/FormPanel';
import { wishKey } from './form/drafts';
import { Cards } from './start/Cards';
import { StartPage } from './start/StartPage';
import type { Done } from './useSubmit';
import './submit.css';

interface Props {
  readonly opened: boolean;
  /** What is to be submitted, one after the other; none: it is chosen first. */
  readonly wishes: readonly FormWish[];
  onClose(this: void): void;
}

/** Where everything that is to run goes in: chosen or dropped, filled in, checked, submitted. */
export function SubmitDialog(props: Props): ReactNode {
  // It closes as what it was.
  const [wishes, setWishes] = useState(props.wishes);
  if (props.opened && wishes !== props.wishes) setWishes(props.wishes);
  const [first] = wishes;
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={first === undefined ? 820 : 1000}
      yOffset="5vh"
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{ content: 'submit-content' }}
    >
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <Still isStill={!props.opened}>
          {first === undefined ? (
            <StartPage />
          ) : (
            <Wished
              key={`${wishes.length} ${wishKey(first)}`}
              wish={first}
              rest={wishes.slice(1)}
              onClose={props.onClose}
            />
          )}
        </Still>
      </Modal.Content>
    </Modal.Root>
  );
}

interface WishedProps {
  readonly wish: FormWish;
  readonly rest: readonly FormWish[];
  readonly onClose: () => void;
}

/** One wish: its form, its recipe, or what is in its way. */
function Wished({ wish, rest, onClose }: WishedProps): ReactNode {
  const opened = useOpened(wish);
  const goOn = (): void => replaceRoute({ page: 'submit', wishes: rest });
  const onSubmitted = async ({ batch }: Done): Promise<void> => {
    if (rest.length > 0) return goOn();
    if (batch === null) return onClose();
    const [only, ...others] = batch.jobs;
    if (only === undefined || others.length > 0) return replaceRoute({ page: 'batch', batch: batch.batch });
    await openAhead('job', { job: only });
    replaceRoute({ page: 'job', job: only });
  };
  const common = {
    onClose,
    onSubmitted,
    onSkip: rest.length === 0 ? null : goOn,
    position: rest.length === 0 ? null : `${rest.length} more after this`,
  };
  if (opened === null) return <Opening />;
  if ('refusal' in opened) return <NotOpened refusal={opened.refusal} onSkip={common.onSkip} />;
  switch (opened.kind) {
    case 'form':
      return <FormPanel {...common} wish={wish} form={opened.form} />;
    case 'recipe':
      return <CheckPanel {...common} first={opened.submission} notes={opened.notes} graph={opened.graph} />;
    case 'choose':
      return (
        <>
          <DialogHead title="How is it to be run?" about={opened.file} />
          <Modal.Body className="submit-body">
            <Cards
              presets={opened.presets}
              onForget={() => undefined}
              onOpen={({ name }) =>
                replaceRoute({
                  page: 'submit',
                  wishes: [{ kind: 'preset', preset: name, file: opened.file }, ...rest],
                })
              }
            />
          </Modal.Body>
        </>
      );
  }
}

/** Null: it is being looked at. */
function useOpened(wish: FormWish): OpenedForm | { readonly refusal: Refusal } | null {
  const [opened, setOpened] = useState<OpenedForm | { readonly refusal: Refusal } | null>(null);
  const [asked] = useState(wish);
  useEffect(() => {
    let isMounted = true;
    void request('form.open', { wish: asked }).then((answer) => {
      if (isMounted) setOpened(answer.ok ? answer.value : { refusal: answer.refusal });
    });
    return () => {
      isMounted = false;
    };
  }, [asked]);
  return opened;
}

function Opening(): ReactNode {
  return (
    <>
      <DialogHead title="Submit" />
      <Modal.Body className="submit-body">
        <div className="submit-checking" role="status">
          <Loader size="sm" color="gray" /> Looking into it …
        </div>
      </Modal.Body>
    </>
  );
}

function NotOpened(props: { readonly refusal: Refusal; readonly onSkip: (() => void) | null }): ReactNode {
  return (
    <>
      <DialogHead title="Submit" />
      <Modal.Body className="submit-body">
        <Notice
          icon={<IconFileUnknown size={32} stroke={1.5} aria-hidden />}
          title="This cannot be opened"
          actions={
            <>
              {props.onSkip !== null && (
                <Button variant="default" onClick={props.onSkip}>
                  Skip it
                </Button>
              )}
              <Button data-autofocus onClick={() => replaceRoute({ page: 'submit', wishes: [] })}>
                Choose something else
              </Button>
            </>
          }
        >
          {props.refusal.message}
        </Notice>
      </Modal.Body>
    </>
  );
}
