import { IconChevronDown, IconHourglass } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import './why.css';

/** `children` are there only while the panel is unfolded. Some of it runs: a full machine is no reason to worry, and it is folded first. */
export function WhyPanel(props: {
  readonly title: string;
  readonly isCalm: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? !props.isCalm;
  const id = useId();
  return (
    <section className={props.isCalm ? 'why why-calm' : 'why'} aria-label={props.title}>
      <h2 className="why-title">
        <button
          type="button"
          className="why-toggle"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setChosen(!isOpen)}
        >
          <IconHourglass className="why-icon" size={17} stroke={1.7} aria-hidden />
          {props.title}
          <IconChevronDown className="why-fold" size={15} aria-hidden />
        </button>
      </h2>
      <div id={id} className="why-body" hidden={!isOpen}>
        {isOpen && props.children}
      </div>
    </section>
  );
}
