import { Kbd, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { bridge } from '../live/connection';
import { keysInWords, listShortcuts, shortcuts } from './shortcuts';

/** What the keyboard does, everywhere and in the queue. */
export function ShortcutList(): ReactNode {
  return (
    <>
      {shortcuts.map((shortcut) => (
        <ShortcutRow
          key={shortcut.action}
          keys={keysInWords(shortcut, bridge.platform)}
          words={shortcut.words}
        />
      ))}
      <Text size="xs" c="dimmed" fw={600} mt="lg" mb={4}>
        In the queue
      </Text>
      {listShortcuts.map(({ keys, words }) => (
        <ShortcutRow key={words} keys={keys} words={words} />
      ))}
    </>
  );
}

function ShortcutRow(props: { readonly keys: readonly string[]; readonly words: string }): ReactNode {
  return (
    <div className="shortcut-row">
      <span>{props.words}</span>
      <span className="shortcut-keys">
        {props.keys.map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </span>
    </div>
  );
}
