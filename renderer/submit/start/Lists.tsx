import { IconHistory, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BatchRow } from '../../../shared/ipc/queue';
import type { Sample } from '../../../shared/ipc/submissions';
import { navigate } from '../../app/useRoute';
import { useView, valueOf } from '../../live/useView';
import { IconButton } from '../../ui/IconButton';
import { KindIcon, stateWords } from '../../ui/StateMark';
import { Moment } from '../../ui/Time';
import { countInWords } from '../../ui/words';
import { forgetDraft, useDrafts, wishKey } from '../form/drafts';
import { Picture } from '../Picture';
import { sampleInWords } from '../sample-words';

/** Forms that were filled in and not submitted. */
export function Drafts(): ReactNode {
  const drafts = useDrafts();
  if (drafts.length === 0) return null;
  return (
    <section aria-label="Not submitted yet">
      <h3 className="submit-heading">Not submitted yet</h3>
      <ul className="start-list">
        {drafts.map(({ wish, title, kind, picture, instead, at }) => (
          <li key={wishKey(wish)} className="start-line">
            <button
              type="button"
              className="start-row"
              data-arrows
              onClick={() => navigate({ page: 'submit', wishes: [wish] })}
            >
              <Picture picture={picture} kind={kind} size="small" />
              <span className="start-row-words">
                <span className="start-row-title">{instead.name ?? title}</span>
                <span className="start-row-text">
                  {instead.name === undefined ? '' : `${title}, `}left <Moment at={at} />
                </span>
              </span>
            </button>
            <IconButton label={`Discard ${instead.name ?? title}`} onClick={() => forgetDraft(wish)}>
              <IconTrash size={15} stroke={1.7} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

const most = 4;

/** What was submitted last, each name once: to be submitted again with changes. */
export function Recent(): ReactNode {
  const queue = valueOf(useView('queue', {}));
  const newest = [...(queue?.batches.values() ?? [])].toSorted((a, b) => b.submittedAt - a.submittedAt);
  const byName = new Map<string, BatchRow>();
  for (const batch of newest) if (!byName.has(batch.name)) byName.set(batch.name, batch);
  const recent = [...byName.values()].slice(0, most);
  if (recent.length === 0) return null;
  return (
    <section aria-label="Recent">
      <h3 className="submit-heading">Again, with changes</h3>
      <ul className="start-list">
        {recent.map((batch) => (
          <li key={batch.id}>
            <button
              type="button"
              className="start-row"
              data-arrows
              onClick={() => navigate({ page: 'submit', wishes: [{ kind: 'batch', batch: batch.id }] })}
            >
              <IconHistory size={20} stroke={1.5} aria-hidden />
              <span className="start-row-words">
                <span className="start-row-title">{batch.name}</span>
                <span className="start-row-text">
                  {countInWords(tasksOf(batch), 'task')}, {stateWords[batch.state].toLowerCase()}, submitted{' '}
                  <Moment at={batch.submittedAt} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const tasksOf = ({ tasks }: BatchRow): number => Object.values(tasks).reduce((sum, count) => sum + count, 0);

export function Samples({ samples }: { readonly samples: readonly Sample[] }): ReactNode {
  if (samples.length === 0) return null;
  return (
    <section aria-label="Samples">
      <h3 className="submit-heading">Samples</h3>
      <ul className="start-list">
        {samples.map((sample) => (
          <li key={sample.name}>
            <button
              type="button"
              className="start-row"
              data-arrows
              onClick={() => navigate({ page: 'submit', wishes: [{ kind: 'file', path: sample.recipe }] })}
            >
              <KindIcon kind={sample.kind} size={20} />
              <span className="start-row-words">
                <span className="start-row-title">{sample.title}</span>
                <span className="start-row-text">{sampleInWords(sample)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
