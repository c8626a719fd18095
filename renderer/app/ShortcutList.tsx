import { Kbd, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { bridge } from '../live/connection';
import {
  graphShortcuts,
  jobShortcuts,
  keysInWords,
  listShortcuts,
  pipelineShortcuts,
  shortcuts,
  timelineShortcuts,
} from './shortcuts';

/** What the keyboard does, everywhere, in the queue and in the graph. */
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
      <Listed title="In the queue" list={listShortcuts} />
      <Listed title="On the page of a job" list={jobShortcuts} />
      <Listed title="In the graph of a batch" list={graphShortcuts} />
      <Listed title="In a new pipeline" list={pipelineShortcuts} />
      <Listed title="In the timeline" list={timelineShortcuts} />
    </>
  );
}

function Listed(props: { readonly title: string; readonly list: typeof listShortcuts }): ReactNode {
  return (
    <>
      <Text size="xs" c="dimmed" fw={600} mt="lg" mb={4}>
        {props.title}
      </Text>
      {props.list.map(({ keys, words }) => (
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
