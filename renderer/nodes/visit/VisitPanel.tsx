import { Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconHelpCircle,
  IconSquareRoundedXFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FoundMachine } from './FoundMachine';
import { stepsOf, type StepState, type Visit } from './progress';
import { Question } from './Question';
import type { Visiting } from './useVisit';

/** How far the connection came, and what it came to. */
export function VisitPanel(props: { readonly visiting: Visiting; readonly onCancel: () => void }): ReactNode {
  const { visit, trust, tell } = props.visiting;
  if (visit.kind === 'none') return null;
  return (
    <div className="visit" aria-live="polite">
      {visit.kind !== 'refused' && <Steps visit={visit} />}
      {visit.kind === 'going' && (
        <p className="visit-going">
          <Loader size={14} color="gray" /> Going there …
        </p>
      )}
      {visit.kind === 'question' && (
        <Question question={visit.question} onTrust={trust} onTell={tell} onCancel={props.onCancel} />
      )}
      {(visit.kind === 'failed' || visit.kind === 'refused') && (
        <p className="node-note node-note-trouble" role="alert">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          <span>{visit.message}</span>
        </p>
      )}
      {visit.kind === 'found' && <FoundMachine machine={visit.machine} notices={visit.notices} />}
    </div>
  );
}

const signs: Readonly<Record<StepState, { readonly Icon: typeof IconHelpCircle; readonly like: string }>> = {
  done: { Icon: IconCircleCheckFilled, like: 'completed' },
  waits: { Icon: IconHelpCircle, like: 'running' },
  failed: { Icon: IconSquareRoundedXFilled, like: 'failed' },
  'not reached': { Icon: IconCircleDashed, like: 'pending' },
};

function Steps({ visit }: { readonly visit: Visit }): ReactNode {
  return (
    <ol className="visit-steps" aria-label="Steps of the connection">
      {stepsOf(visit).map(({ step, words, state }) => {
        const { Icon, like } = signs[state];
        return (
          <li key={step} className={state === 'not reached' ? 'faint' : ''}>
            <Icon className={`state-icon state-icon-${like}`} size={15} stroke={2} aria-hidden />
            {words}
            <span className="visually-hidden">: {state}</span>
          </li>
        );
      })}
    </ol>
  );
}
