import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX, IconZoomQuestion } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Refusal } from '../../shared/ipc/errors';
import './notice.css';

/** A whole page or panel that has no data to show: says why, and what to do. */
export function Notice(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** It is all there is on the page. */
  readonly isPage?: boolean;
}): ReactNode {
  const Title = props.isPage === true ? 'h1' : 'h2';
  return (
    <div className="notice">
      <div className="notice-icon">{props.icon}</div>
      <Title className="notice-title">{props.title}</Title>
      <div className="notice-text">{props.children}</div>
      {props.actions !== undefined && <div className="notice-actions">{props.actions}</div>}
    </div>
  );
}

/** The Host did not give a view. */
export function Refused(props: { readonly refusal: Refusal; readonly actions?: ReactNode }): ReactNode {
  const isMissing = props.refusal.code === 'notFound';
  return (
    <Notice
      isPage
      icon={
        isMissing ? (
          <IconZoomQuestion size={32} stroke={1.5} aria-hidden />
        ) : (
          <IconPlugConnectedX size={32} stroke={1.5} aria-hidden />
        )
      }
      title={isMissing ? 'Not found' : 'Drover could not show this'}
      actions={props.actions ?? <Button onClick={() => window.location.reload()}>Try again</Button>}
    >
      {props.refusal.message}
    </Notice>
  );
}

const patience = 6000;

/** Until the first picture: `children` has its shape. When it does not come, that is said. */
export function Loading(props: { readonly what: string; readonly children?: ReactNode }): ReactNode {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  if (isLate) {
    return (
      <Notice
        isPage
        icon={<IconPlugConnectedX size={32} stroke={1.5} aria-hidden />}
        title="Drover does not answer"
        actions={<Button onClick={() => window.location.reload()}>Reload the window</Button>}
      >
        The part of Drover that runs the work has not sent {props.what} yet. It may be busy; running work is
        not touched. What you see here appears as soon as it answers.
      </Notice>
    );
  }
  return (
    <div className="loading" role="status" aria-label={`Loading ${props.what}`}>
      {props.children ?? <Loader size="sm" color="gray" />}
    </div>
  );
}
