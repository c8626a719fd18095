import {
  IconAdjustmentsHorizontal,
  IconBolt,
  IconLayoutSidebar,
  IconPalette,
  IconPlus,
  IconServer2,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StateIcon, stateWords } from '../../ui/StateMark';
import type { Entry, Group } from './entry';
import { piecesOf } from './rank';
import type { Mark } from './rank';

const groupWords: Readonly<Record<Group, { readonly one: string; readonly many: string }>> = {
  here: { one: 'Action', many: '' },
  page: { one: 'Page', many: 'Go to' },
  action: { one: 'Action', many: 'Actions' },
  batch: { one: 'Batch', many: 'Newest batches' },
  job: { one: 'Job', many: 'Jobs' },
  node: { one: 'Node', many: 'Nodes' },
  preset: { one: 'Preset', many: 'Presets' },
  setting: { one: 'Setting', many: 'Settings' },
  theme: { one: 'Theme', many: 'Theme' },
};

const groupIcons: Readonly<Record<Group, Icon>> = {
  here: IconBolt,
  page: IconLayoutSidebar,
  action: IconBolt,
  batch: IconLayoutSidebar,
  job: IconLayoutSidebar,
  node: IconServer2,
  preset: IconPlus,
  setting: IconAdjustmentsHorizontal,
  theme: IconPalette,
};

/** One entry, under a heading where its group begins. */
export function Option(props: {
  readonly id: string;
  readonly entry: Entry;
  readonly marks: readonly Mark[];
  /** Undefined: none; otherwise the name of what is open, for the heading of its actions. */
  readonly heading: string | null | undefined;
  readonly hasGroup: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onRun: () => void;
}): ReactNode {
  const { entry } = props;
  const words = groupWords[entry.group];
  const GroupIcon = groupIcons[entry.group];
  return (
    <>
      {props.heading !== undefined && (
        <div className="palette-heading" role="presentation">
          {entry.group === 'here' ? props.heading : words.many}
        </div>
      )}
      {/* The keyboard is in the field, which says which option is chosen. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div
        id={props.id}
        className="palette-option"
        role="option"
        aria-selected={props.isChosen}
        onMouseMove={() => {
          if (!props.isChosen) props.onChoose();
        }}
        onMouseDown={(event) => event.preventDefault()}
        onClick={props.onRun}
      >
        <span className="palette-icon">
          {entry.state === undefined ? (
            <GroupIcon size={17} stroke={1.6} aria-hidden />
          ) : (
            <StateIcon state={entry.state} />
          )}
        </span>
        <span className="palette-title">
          {piecesOf(entry.title, props.marks).map(({ text, isMarked }, index) =>
            isMarked ? (
              <mark key={index} className="palette-mark">
                {text}
              </mark>
            ) : (
              text
            ),
          )}
        </span>
        {entry.detail !== '' && <span className="palette-detail">{entry.detail}</span>}
        {entry.state !== undefined && <span className="visually-hidden">{stateWords[entry.state]}</span>}
        <span className="palette-end">
          {entry.keys !== undefined && <kbd className="palette-keys">{entry.keys}</kbd>}
          {props.hasGroup && <span className="palette-group">{words.one}</span>}
        </span>
      </div>
    </>
  );
}
