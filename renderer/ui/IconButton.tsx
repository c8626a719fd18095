import type { ReactNode } from 'react';

/** A small button of only an icon; much lighter than a library's, for there are many in a table. */
export function IconButton(props: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
}): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      tabIndex={props.tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        props.onClick();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {props.children}
    </button>
  );
}
