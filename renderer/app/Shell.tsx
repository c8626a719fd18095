import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { FormWish } from '../../shared/ipc/forms';
import { ActivityPage } from '../activity/ActivityPage';
import { CheckpointsPage } from '../checkpoints/CheckpointsPage';
import { ForkDialog } from '../checkpoints/ForkDialog';
import { bridge } from '../live/connection';
import { AddNodeDialog } from '../nodes/visit/AddNodeDialog';
import { NodePage } from '../nodes/NodePage';
import { NodesPage } from '../nodes/NodesPage';
import { BatchPage } from '../queue/batch/BatchPage';
import { JobPage } from '../queue/job/JobPage';
import { QueuePage } from '../queue/QueuePage';
import { SettingsPage } from '../settings/SettingsPage';
import { SubmitDialog } from '../submit/SubmitDialog';
import { Confirmation } from '../ui/confirm';
import { TimelinePage } from '../timeline/TimelinePage';
import { Loading, Notice } from '../ui/Notice';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { Navigation } from './Navigation';
import { Palette } from './palette/Palette';
import { hashOf, routeOf } from './route';
import type { Route } from './route';
import { ShortcutsDialog } from './ShortcutsDialog';
import { actionOf } from './shortcuts';
import type { ShortcutAction } from './shortcuts';
import { Trouble } from './Trouble';
import { navigate, replaceRoute, useRoute } from './useRoute';

/** They bring a library of their own, which nothing else needs. */
const GraphPage = lazy(async () => ({ default: (await import('../graph/GraphPage')).GraphPage }));

const PipelinePage = lazy(async () => ({ default: (await import('../pipeline/PipelinePage')).PipelinePage }));

const noWishes: readonly FormWish[] = [];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

export function Shell(): ReactNode {
  const route = useRoute();
  const place = useLastPlace(route);
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const [showsPalette, setShowsPalette] = useState(false);
  useShortcuts({
    shortcuts: () => setShowsShortcuts(true),
    palette: () => setShowsPalette((shows) => !shows),
  });
  const main = useRef<HTMLElement>(null);
  const address = hashOf(place);
  useEffect(() => {
    // What had the focus is gone with the page before: the keyboard goes on in the new one.
    if (document.activeElement === document.body) main.current?.focus();
  }, [address]);
  useEffect(() => bridge.onOpen((wished) => navigate(routeOf(wished))), []);
  return (
    <div className="shell">
      <Navigation
        place={place}
        onShortcuts={() => setShowsShortcuts(true)}
        onPalette={() => setShowsPalette(true)}
      />
      <main ref={main} className="shell-page" tabIndex={-1}>
        <Trouble />
        <ErrorBoundary key={place.page === 'settings' || place.page === 'timeline' ? place.page : address}>
          <Page route={place} />
        </ErrorBoundary>
      </main>
      <SubmitDialog
        opened={route.page === 'submit'}
        wishes={route.page === 'submit' ? route.wishes : noWishes}
        onClose={() => replaceRoute(place)}
      />
      <AddNodeDialog opened={route.page === 'addNode'} onClose={() => replaceRoute(place)} />
      <ShortcutsDialog opened={showsShortcuts} onClose={() => setShowsShortcuts(false)} />
      <Palette
        opened={showsPalette}
        onClose={() => setShowsPalette(false)}
        place={place}
        onShortcuts={() => setShowsShortcuts(true)}
      />
      <Confirmation />
      <ForkDialog />
      <DropTarget />
    </div>
  );
}

/** A dialog with an address has no page: it stands before the one that was there. */
function useLastPlace(route: Route): Route {
  const [place, setPlace] = useState<Route>(pageBehind(route) ?? route);
  if (pageBehind(route) !== null || route === place) return place;
  setPlace(route);
  return route;
}

/** Where a dialog is the first that is opened; null: it is no dialog. */
function pageBehind({ page }: Route): Route | null {
  if (page === 'submit') return { page: 'queue' };
  return page === 'addNode' ? { page: 'nodes' } : null;
}

function useShortcuts(dialogs: Readonly<Record<'shortcuts' | 'palette', () => void>>): void {
  const show = useRef(dialogs);
  useEffect(() => {
    show.current = dialogs;
  });
  useEffect(() => {
    const actions: Readonly<Record<ShortcutAction, () => void>> = {
      submit: () => navigate({ page: 'submit', wishes: [] }),
      addNode: () => navigate({ page: 'addNode' }),
      queue: () => navigate({ page: 'queue' }),
      pipeline: () => navigate({ page: 'pipeline', file: null }),
      nodes: () => navigate({ page: 'nodes' }),
      activity: () => navigate({ page: 'activity' }),
      timeline: () => navigate({ page: 'timeline', job: null }),
      checkpoints: () => navigate({ page: 'checkpoints' }),
      settings: () => navigate({ page: 'settings', section: 'nodes' }),
      filter: () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
      find: () => document.querySelector<HTMLElement>('[data-find]')?.click(),
      palette: () => show.current.palette(),
      shortcuts: () => show.current.shortcuts(),
      back: () => window.history.back(),
      forward: () => window.history.forward(),
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const action = actionOf(event, bridge.platform, isTyping(event.target));
      if (action === null) return;
      event.preventDefault();
      actions[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function Page({ route }: { readonly route: Route }): ReactNode {
  switch (route.page) {
    case 'queue':
    case 'submit':
      return <QueuePage />;
    case 'batch':
      return <BatchPage batch={route.batch} />;
    case 'graph':
      return (
        <Suspense fallback={<Loading what="the graph" />}>
          <GraphPage batch={route.batch} job={route.job} />
        </Suspense>
      );
    case 'pipeline':
      return (
        <Suspense fallback={<Loading what="the pipeline" />}>
          <PipelinePage file={route.file} />
        </Suspense>
      );
    case 'job':
      return <JobPage job={route.job} step={route.step ?? 0} />;
    case 'nodes':
    case 'addNode':
      return <NodesPage />;
    case 'node':
      return <NodePage node={route.node} />;
    case 'activity':
      return <ActivityPage />;
    case 'timeline':
      return <TimelinePage job={route.job} />;
    case 'checkpoints':
      return <CheckpointsPage />;
    case 'settings':
      return <SettingsPage section={route.section} />;
    case 'unknown':
      return (
        <Notice
          isPage
          icon={<IconMapQuestion size={32} stroke={1.5} aria-hidden />}
          title="There is no such page"
          actions={<Button onClick={() => navigate({ page: 'queue' })}>Go to the queue</Button>}
        >
          Nothing in Drover has the address {route.address}.
        </Notice>
      );
  }
}
