import { useMemo, useState } from 'react';
import type { CheckpointFilter, CheckpointRow } from '../../shared/ipc/checkpoints';
import type { Refusal } from '../../shared/ipc/errors';
import type { JobId } from '../../shared/model/ids';
import { useView } from '../live/useView';
import { blocksOf, slotsOf, type Slot } from './slots';

export type Checkpoints =
  | { readonly state: 'loading' }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | {
      readonly state: 'known';
      readonly slots: readonly Slot[];
      readonly loaded: readonly CheckpointRow[];
      readonly total: number;
      readonly areAny: boolean;
    };

interface Size {
  readonly of: CheckpointFilter;
  readonly total: number;
  readonly areAny: boolean;
}

/** All that the filter keeps, of which only those about the rows in sight are fetched. */
export function useCheckpoints(
  job: JobId | null,
  filter: CheckpointFilter,
  sight: { readonly first: number; readonly end: number },
): Checkpoints {
  const [upper, lower] = blocksOf(sight.first, sight.end);
  const above = useView(
    'checkpoints',
    useMemo(() => ({ job, filter, ...upper }), [job, filter, upper]),
  );
  const below = useView(
    'checkpoints',
    useMemo(() => (lower === null ? null : { job, filter, ...lower }), [job, filter, lower]),
  );
  // While it scrolls on, it stays as long as it was.
  const [size, setSize] = useState<Size | null>(null);
  const known = above.state === 'picture' ? above.value : below.state === 'picture' ? below.value : null;
  const now = known === null ? (size?.of === filter ? size : null) : { of: filter, ...known };
  if (now !== null && (size?.of !== filter || size.total !== now.total || size.areAny !== now.areAny))
    setSize({ of: filter, total: now.total, areAny: now.areAny });
  const total = now?.total ?? 0;
  const slots = useMemo(
    () =>
      slotsOf(
        total,
        [above, below].flatMap((view) => (view.state === 'picture' ? [view.value] : [])),
      ),
    [total, above, below],
  );
  if (above.state === 'refused') return { state: 'refused', refusal: above.refusal };
  if (now === null) return { state: 'loading' };
  const loaded = slots.flatMap(({ row }) => row ?? []);
  return { state: 'known', slots, loaded, total, areAny: now.areAny };
}
