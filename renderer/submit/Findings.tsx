import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Finding, FindingPlace, Severity } from '../../shared/model/finding';

interface Props {
  readonly findings: readonly Finding[];
  /** The nodes have not answered yet. */
  readonly isTrying: boolean;
}

const titles: Readonly<Record<Severity, string>> = {
  error: 'It would not run',
  warning: 'Before it is submitted',
  note: 'Good to know',
};
const icons: Readonly<Record<Severity, ReactNode>> = {
  error: <IconCircleX size={16} stroke={1.8} aria-label="Error" />,
  warning: <IconAlertTriangle size={16} stroke={1.8} aria-label="Warning" />,
  note: <IconInfoCircle size={16} stroke={1.8} aria-label="Note" />,
};

/** What was found when the recipe was tried on a copy of the farm, with its place in the file, and what would help. */
export function Findings({ findings, isTrying }: Props): ReactNode {
  const [worst] = findings;
  return (
    <div aria-live="polite">
      {worst !== undefined && (
        <section className={`findings findings-${worst.severity}`} aria-label="Findings">
          <h3 className="findings-title">{titles[worst.severity]}</h3>
          <ul
            className="findings-list"
            aria-label="What was found"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must be able to scroll it
            tabIndex={0}
          >
            {findings.map((finding) => (
              <li
                key={`${finding.code} ${finding.message}`}
                className={`finding finding-${finding.severity}`}
              >
                {icons[finding.severity]}
                <div>
                  {finding.place !== null && <Place place={finding.place} />}
                  {finding.message}
                  {finding.fix !== null && <div className="finding-fix">{finding.fix}</div>}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isTrying && (
        <p className="findings-trying faint">
          <Loader size={12} color="gray" /> Asking the nodes …
        </p>
      )}
    </div>
  );
}

function Place({ place: { line, column, path } }: { readonly place: FindingPlace }): ReactNode {
  return (
    <>
      <span className="finding-place">{`${line}:${column}`}</span>
      {path !== '' && <code className="problem-field">{path}</code>}
    </>
  );
}
