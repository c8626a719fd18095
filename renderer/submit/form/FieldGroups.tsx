import { Collapse } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Field, FieldGroup } from '../../../shared/ipc/forms';

interface Props {
  /** Those fields that are there. */
  readonly groups: readonly FieldGroup[];
  readonly fieldOf: (field: Field) => ReactNode;
  readonly hasProblem: (field: Field) => boolean;
}

export function FieldGroups({ groups, fieldOf, hasProblem }: Props): ReactNode {
  return groups.map((group) => {
    const { title, fields } = group;
    const isFolded = title !== null && seldomUsed.test(title);
    return isFolded ? (
      <FoldedGroup key={title} title={title} isForced={fields.some(hasProblem)}>
        {fields.map(fieldOf)}
      </FoldedGroup>
    ) : (
      <section key={title} className="form-group" aria-label={title ?? 'Settings'}>
        {title !== null && <h3 className="form-group-title">{title}</h3>}
        <div className="form-grid">{fields.map(fieldOf)}</div>
      </section>
    );
  });
}

/** Groups that most people leave as they are. */
const seldomUsed = /^(?:advanced|expert)\b/i;

function FoldedGroup(props: {
  readonly title: string;
  /** Something in it is wrong. */
  readonly isForced: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const [isWished, setWished] = useState(false);
  const id = useId();
  const isOpen = isWished || props.isForced;
  return (
    <section className="form-group" aria-label={props.title}>
      <h3 className="form-group-title">
        <button
          type="button"
          className="form-fold"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setWished(!isOpen)}
        >
          <IconChevronRight size={14} stroke={2} aria-hidden className={isOpen ? 'form-fold-open' : ''} />
          {props.title}
        </button>
      </h3>
      <Collapse expanded={isOpen} id={id}>
        <div className="form-grid">{props.children}</div>
      </Collapse>
    </section>
  );
}
