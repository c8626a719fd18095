import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FormNote } from '../../shared/ipc/forms';

/** What was understood of what a person has in hand, and what was not. */
export function Notes({ notes }: { readonly notes: readonly FormNote[] }): ReactNode {
  const lost = notes.filter(({ kind }) => kind === 'lost');
  return (
    <>
      {notes
        .filter(({ kind }) => kind === 'read')
        .map(({ text }) => (
          <p key={text} className="form-note">
            <IconInfoCircle size={15} stroke={1.7} aria-hidden /> {text}
          </p>
        ))}
      {lost.length > 0 && (
        <section className="form-lost" aria-label="Not carried over">
          <h3>
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden /> Not carried over
          </h3>
          <ul>
            {lost.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
