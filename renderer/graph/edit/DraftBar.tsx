import { Button, Loader } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { LinkPreview, StepTasks } from '../../../shared/model/edge';
import type { BatchId } from '../../../shared/model/ids';
import { request, requestOrTell } from '../../live/request';
import { tellChange } from '../../live/undo';
import { IconButton } from '../../ui/IconButton';
import { countInWords, numberInWords } from '../../ui/words';
import { graphNow } from '../live';
import { isEmpty, wishOf } from '../model/draft';
import type { Drafting, DraftStep } from '../model/draft';
import { endInWords } from '../model/graph';
import type { Jobs } from '../model/graph';

interface Props {
  readonly batch: BatchId;
  readonly jobs: Jobs;
  readonly shape: number;
  readonly drafting: Drafting;
  onStep(this: void, step: DraftStep): void;
}

type Preview =
  | { readonly kind: 'asked' }
  | { readonly kind: 'known'; readonly preview: LinkPreview }
  | { readonly kind: 'refused'; readonly message: string };

/** What is drafted, what would follow from it, and the buttons for it; without a draft it is not there. */
export function DraftBar(props: Props): ReactNode {
  const { batch, drafting, shape, onStep } = props;
  const { present, past, future } = drafting;
  const [preview, setPreview] = useState<Preview>({ kind: 'asked' });
  const [isApplying, setApplying] = useState(false);
  const nothing = isEmpty(present);
  useEffect(() => {
    if (isEmpty(present)) return;
    let isLate = false;
    const wish = wishOf(graphNow(batch).edges, present);
    void request('edge.change', { ...wish, apply: false, why: null }).then((answer) => {
      if (isLate) return;
      setPreview(
        answer.ok
          ? { kind: 'known', preview: answer.value }
          : { kind: 'refused', message: answer.refusal.message },
      );
    });
    return () => {
      isLate = true;
    };
  }, [batch, present, shape]);
  if (nothing && future.length === 0) return null;
  const wish = wishOf(graphNow(batch).edges, present);
  const changes = wish.add.length + wish.remove.length;
  const apply = async (): Promise<void> => {
    if (isApplying) return;
    setApplying(true);
    const done =
      changes === 0
        ? null
        : await requestOrTell('apply the changes', 'edge.change', { ...wish, apply: true, why: null });
    setApplying(false);
    if (done === null) return;
    onStep({ kind: 'forget' });
    tellChange(`${countInWords(changes, 'change')} applied`, done.change);
  };
  return (
    <div className="graph-draft" role="region" aria-label="Changes that are not applied">
      <IconButton label="Undo (Ctrl+Z)" disabled={past.length === 0} onClick={() => onStep({ kind: 'undo' })}>
        <IconArrowBackUp size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Redo (Ctrl+Shift+Z)"
        disabled={future.length === 0}
        onClick={() => onStep({ kind: 'redo' })}
      >
        <IconArrowForwardUp size={16} aria-hidden />
      </IconButton>
      <div className="graph-draft-words" role="status">
        <strong>
          {changes === 0 ? 'Nothing changed' : draftInWords(wish.add.length, wish.remove.length)}
        </strong>
        {changes > 0 && <PreviewWords preview={preview} jobs={props.jobs} batch={batch} />}
      </div>
      <Button variant="default" disabled={nothing} onClick={() => onStep({ kind: 'discard' })}>
        Discard
      </Button>
      <Button disabled={changes === 0} loading={isApplying} onClick={() => void apply()}>
        Apply
      </Button>
    </div>
  );
}

/** `2 dependencies added, 1 removed`. */
function draftInWords(added: number, removed: number): string {
  const parts = [
    ...(added > 0 ? [`${countInWords(added, 'dependency', 'dependencies')} added`] : []),
    ...(removed > 0
      ? [
          added > 0
            ? `${numberInWords(removed)} removed`
            : `${countInWords(removed, 'dependency', 'dependencies')} removed`,
        ]
      : []),
  ];
  return parts.join(', ');
}

function PreviewWords(props: {
  readonly preview: Preview;
  readonly jobs: Jobs;
  readonly batch: BatchId;
}): ReactNode {
  const { preview, jobs, batch } = props;
  switch (preview.kind) {
    case 'asked':
      return <Loader size={12} color="gray" aria-label="Working out what follows" />;
    case 'refused':
      return <span className="graph-draft-problem">{preview.message}</span>;
    case 'known': {
      const { blocked, freed } = preview.preview;
      const tasks = (list: readonly StepTasks[]): number => list.reduce((sum, one) => sum + one.tasks, 0);
      const where = (list: readonly StepTasks[]): string =>
        list
          .slice(0, 12)
          .map((one) => `${endInWords(jobs, one, batch)}: ${countInWords(one.tasks, 'task')}`)
          .join('\n');
      if (blocked.length + freed.length === 0)
        return <span className="faint">No task is held up or let go now</span>;
      return (
        <span className="graph-draft-preview">
          {blocked.length > 0 && (
            <span className="graph-draft-blocked" title={where(blocked)}>
              {countInWords(tasks(blocked), 'task becomes', 'tasks become')} blocked
            </span>
          )}
          {freed.length > 0 && (
            <span className="graph-draft-freed" title={where(freed)}>
              {countInWords(tasks(freed), 'task becomes', 'tasks become')} free
            </span>
          )}
        </span>
      );
    }
  }
}
