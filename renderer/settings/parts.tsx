/** The parts that settings are made of. */
import { TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

/** One setting: what it is and does at the left, its control at the right. */
export function Setting(props: {
  readonly title: string;
  readonly text: ReactNode;
  /** Gets the ids of the title and the text, for the control to be named by. */
  readonly renderControl: (ids: { readonly title: string; readonly text: string }) => ReactNode;
}): ReactNode {
  const id = useId();
  const ids = { title: `${id}-title`, text: `${id}-text` };
  return (
    <div className="setting">
      <div className="setting-words">
        <div id={ids.title} className="setting-title">
          {props.title}
        </div>
        <div id={ids.text} className="setting-text">
          {props.text}
        </div>
      </div>
      <div className="setting-control">{props.renderControl(ids)}</div>
    </div>
  );
}

export function Group(props: { readonly title?: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="setting-group" {...(props.title === undefined ? {} : { 'aria-label': props.title })}>
      {props.title !== undefined && <h3 className="setting-group-title">{props.title}</h3>}
      {props.children}
    </section>
  );
}

export function NumberSetting(props: {
  readonly title: string;
  readonly text: ReactNode;
  readonly unit?: string;
  /** What an empty field means. */
  readonly empty?: string;
  readonly value: string;
  readonly mistake: string | undefined;
  onChange(this: void, value: string): void;
}): ReactNode {
  return (
    <Setting
      title={props.title}
      text={props.text}
      renderControl={({ title }) => (
        <TextInput
          className="setting-number"
          aria-labelledby={title}
          inputMode="decimal"
          placeholder={props.empty ?? ''}
          value={props.value}
          error={props.mistake}
          rightSection={props.unit === undefined ? null : <span className="setting-unit">{props.unit}</span>}
          rightSectionWidth={props.unit === undefined ? undefined : 68}
          rightSectionPointerEvents="none"
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    />
  );
}

/** A field in a row of a table. */
export function CellField(props: {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly mistake: string | undefined;
  readonly isNumber?: boolean;
  onChange(this: void, value: string): void;
}): ReactNode {
  return (
    <TextInput
      aria-label={props.label}
      placeholder={props.placeholder ?? ''}
      value={props.value}
      error={props.mistake}
      {...(props.isNumber === false ? {} : { inputMode: 'decimal' as const })}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
