import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { FarmSettings } from '../../../shared/model/settings';
import type { Refusal } from '../../../shared/ipc/errors';
import { request } from '../../live/request';
import { tellChange } from '../../live/undo';
import { draftOf, isChanged, readDraft, rebased } from './draft';
import type { FarmDraft, Mistakes } from './draft';

/** What was typed and not saved yet; it stays when the person looks at another page. */
let kept: { readonly draft: FarmDraft; readonly base: FarmSettings } | null = null;
const listeners = new Set<() => void>();

function keep(next: typeof kept): void {
  kept = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface FarmDraftInHand {
  readonly draft: FarmDraft;
  readonly isChanged: boolean;
  /** As they would be saved. */
  readonly settings: FarmSettings;
  readonly mistakes: Mistakes;
  readonly isSaving: boolean;
  readonly refusal: Refusal | null;
  change(this: void, more: Partial<FarmDraft>): void;
  save(this: void): void;
  discard(this: void): void;
}

/** The settings of the farm, as they are and as the person is about to change them. */
export function useFarmDraft(now: FarmSettings): FarmDraftInHand {
  const held = useSyncExternalStore(subscribe, () => kept);
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const base = useMemo(() => draftOf(now), [now]);
  const draft = useMemo(
    () =>
      held === null ? base : held.base === now ? held.draft : rebased(held.draft, draftOf(held.base), base),
    [held, now, base],
  );
  const read = useMemo(() => readDraft(draft, now), [draft, now]);
  const isOther = held !== null && isChanged(draft, base);

  const change = useCallback(
    (more: Partial<FarmDraft>) => {
      setRefusal(null);
      keep({ draft: { ...draft, ...more }, base: now });
    },
    [draft, now],
  );
  const save = async (): Promise<void> => {
    if (read.mistakes.size > 0) return;
    setSaving(true);
    const saved = await request('settings.change', { settings: read.settings, why: null });
    setSaving(false);
    setRefusal(saved.ok ? null : saved.refusal);
    if (!saved.ok) return;
    keep(null);
    tellChange('The settings are changed', saved.value.change);
  };
  return {
    draft,
    isChanged: isOther,
    settings: read.settings,
    mistakes: read.mistakes,
    isSaving,
    refusal,
    change,
    save: () => void save(),
    discard: () => {
      setRefusal(null);
      keep(null);
    },
  };
}
