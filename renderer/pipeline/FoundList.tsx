import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Severity } from '../../shared/model/finding';
import type { JobFinding } from './model/findings';

const icons: Readonly<Record<Severity, ReactNode>> = {
  error: <IconCircleX size={16} stroke={1.8} aria-label="Error" />,
  warning: <IconAlertTriangle size={16} stroke={1.8} aria-label="Warning" />,
  note: <IconInfoCircle size={16} stroke={1.8} aria-label="Note" />,
};

/** What was found; with `onJob`, each with the job that it is about. */
export function FoundList(props: {
  readonly findings: readonly JobFinding[];
  onJob?(this: void, name: string): void;
}): ReactNode {
  const { findings, onJob } = props;
  if (findings.length === 0) return null;
  return (
    <ul className="pipeline-findings" aria-label="What was found">
      {findings.map(({ job, severity, message, fix }) => (
        <li key={`${job ?? ''} ${message}`} className={`finding finding-${severity}`}>
          {icons[severity]}
          <div>
            {job !== null && onJob !== undefined && (
              <button type="button" className="pipeline-found-job" onClick={() => onJob(job)}>
                {job}
              </button>
            )}
            {message}
            {fix !== null && <div className="finding-fix">{fix}</div>}
          </div>
        </li>
      ))}
    </ul>
  );
}
