import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconFlag,
  IconHistory,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconSearch,
  IconServer2,
  IconSettings,
  IconSitemap,
  IconStack2,
  IconSun,
  IconTimeline,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { bridge } from '../live/connection';
import { useView, valueOf } from '../live/useView';
import { countInWords } from '../ui/words';
import { hashOf } from './route';
import type { Route } from './route';
import { keysFor } from './shortcuts';
import type { ShortcutAction } from './shortcuts';

const schemes = [
  { value: 'light', words: 'Light', Icon: IconSun },
  { value: 'dark', words: 'Dark', Icon: IconMoon },
  { value: 'auto', words: 'As the system', Icon: IconDeviceDesktop },
] as const;

const withKeys = (words: string, action: ShortcutAction): string =>
  `${words} (${keysFor(action, bridge.platform)})`;

/** `place` is the page behind the dialogs. */
export function Navigation(props: {
  readonly place: Route;
  readonly onShortcuts: () => void;
  readonly onPalette: () => void;
}): ReactNode {
  const { page } = props.place;
  const isOfNodes = page === 'nodes' || page === 'node';
  const queue = valueOf(useView('queue', {}));
  const running =
    queue === null ? 0 : [...queue.batches.values()].filter((batch) => batch.state === 'RUNNING').length;
  return (
    <nav className="shell-navigation" aria-label="Main">
      <a
        className="shell-link shell-link-submit"
        href={hashOf({ page: 'submit', wishes: [] })}
        title={withKeys('Submit', 'submit')}
      >
        <IconPlus size={20} stroke={2} aria-hidden />
        Submit
      </a>
      <PageLink
        to={{ page: 'pipeline', file: null }}
        words="Pipeline"
        action="pipeline"
        Icon={IconSitemap}
        isCurrent={page === 'pipeline'}
      />
      <button
        type="button"
        className="shell-link"
        onClick={props.onPalette}
        title={withKeys('Find anything', 'palette')}
      >
        <IconSearch size={20} stroke={1.6} aria-hidden />
        Find
      </button>
      <PageLink
        to={{ page: 'queue' }}
        words="Queue"
        action="queue"
        Icon={IconStack2}
        isCurrent={page === 'queue' || page === 'batch' || page === 'job'}
      >
        {running > 0 && (
          <span
            className="shell-badge"
            aria-label={`${countInWords(running, 'batch', 'batches')} running`}
            role="img"
          >
            {running}
          </span>
        )}
      </PageLink>
      <PageLink
        to={{ page: 'nodes' }}
        words="Nodes"
        action="nodes"
        Icon={IconServer2}
        isCurrent={isOfNodes}
      />
      <PageLink
        to={{ page: 'activity' }}
        words="Activity"
        action="activity"
        Icon={IconHistory}
        isCurrent={page === 'activity'}
      />
      <PageLink
        to={{ page: 'timeline', job: null }}
        words="Timeline"
        action="timeline"
        Icon={IconTimeline}
        isCurrent={page === 'timeline'}
      />
      <PageLink
        to={{ page: 'checkpoints' }}
        words="Checkpoints"
        action="checkpoints"
        Icon={IconFlag}
        isCurrent={page === 'checkpoints'}
      />
      <div className="shell-navigation-end">
        <PageLink
          to={{ page: 'settings', section: 'nodes' }}
          words="Settings"
          action="settings"
          Icon={IconSettings}
          isCurrent={page === 'settings'}
        />
        <ColourSchemeMenu />
        <button
          type="button"
          className="shell-link"
          onClick={props.onShortcuts}
          title={withKeys('Keyboard shortcuts', 'shortcuts')}
        >
          <IconKeyboard size={20} stroke={1.6} aria-hidden />
          Keys
        </button>
      </div>
    </nav>
  );
}

function PageLink(props: {
  readonly to: Route;
  readonly words: string;
  readonly action: ShortcutAction;
  readonly Icon: Icon;
  readonly isCurrent: boolean;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <a
      className="shell-link"
      href={hashOf(props.to)}
      title={withKeys(props.words, props.action)}
      {...(props.isCurrent ? { 'aria-current': 'page' } : {})}
    >
      <props.Icon size={20} stroke={1.6} aria-hidden />
      {props.words}
      {props.children}
    </a>
  );
}

function ColourSchemeMenu(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { Icon: Current } = schemes.find(({ value }) => value === colorScheme) ?? schemes[2];
  return (
    <Menu position="right-end" offset={10}>
      <Menu.Target>
        <button type="button" className="shell-link" title="Light or dark">
          <Current size={20} stroke={1.6} aria-hidden />
          Theme
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) => {
            const scheme = schemes.find(({ value }) => value === chosen);
            if (scheme !== undefined) setColorScheme(scheme.value);
          }}
        >
          {schemes.map(({ value, words, Icon: Sign }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              rightSection={<Sign size={16} stroke={1.7} aria-hidden />}
            >
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
