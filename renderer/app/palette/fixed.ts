/** What the palette always offers: pages, settings, and what can be done anywhere. */
import type { MantineColorScheme } from '@mantine/core';
import { undo } from '../../live/undo';
import { sections } from '../../settings/sections';
import type { Route } from '../route';
import { keysFor } from '../shortcuts';
import type { ShortcutAction } from '../shortcuts';
import { going, running } from './entry';
import type { Deed, Entry, Group } from './entry';

export interface Means {
  readonly platform: string;
  showShortcuts(this: void): void;
  setColourScheme(this: void, scheme: MantineColorScheme): void;
}

export function fixedEntries(means: Means): readonly Entry[] {
  const entry = (
    group: Group,
    title: string,
    words: string,
    does: Deed,
    shortcut?: ShortcutAction,
  ): Entry => ({
    key: `${group} ${title}`,
    group,
    title,
    detail: '',
    words,
    weight: 8,
    ...(shortcut === undefined ? {} : { keys: keysFor(shortcut, means.platform) }),
    does,
  });
  const page = (title: string, to: Route, words: string, shortcut: ShortcutAction): Entry =>
    entry('page', title, words, going(to), shortcut);
  const theme = (title: string, scheme: MantineColorScheme): Entry =>
    entry(
      'theme',
      title,
      'appearance colour mode',
      running(() => means.setColourScheme(scheme)),
    );
  return [
    page('Queue', { page: 'queue' }, 'page jobs batches', 'queue'),
    page('Nodes', { page: 'nodes' }, 'page machines farm', 'nodes'),
    page('Activity', { page: 'activity' }, 'page history audit log who', 'activity'),
    page(
      'Timeline',
      { page: 'timeline', job: null },
      'page gantt chart when plan forecast what if',
      'timeline',
    ),
    page('Checkpoints', { page: 'checkpoints' }, 'page saved states resume restart', 'checkpoints'),
    page('Settings', { page: 'settings', section: 'nodes' }, 'page preferences options', 'settings'),
    entry('action', 'Submit …', 'new job batch', going({ page: 'submit', wishes: [] }), 'submit'),
    entry(
      'action',
      'New pipeline …',
      'graph presets build recipe chain',
      going({ page: 'pipeline', file: null }),
      'pipeline',
    ),
    entry('action', 'Add a node …', 'new machine ssh', going({ page: 'addNode' }), 'addNode'),
    entry(
      'action',
      'Undo the last change',
      'take back',
      running(() => undo()),
    ),
    entry('action', 'Keyboard shortcuts', 'help keys', running(means.showShortcuts), 'shortcuts'),
    ...sections.map(({ id, title, text, words }): Entry => ({
      ...entry('setting', `Settings: ${title}`, words, going({ page: 'settings', section: id })),
      detail: text,
      weight: 5,
    })),
    theme('Theme: light', 'light'),
    theme('Theme: dark', 'dark'),
    theme('Theme: as the system', 'auto'),
  ];
}
