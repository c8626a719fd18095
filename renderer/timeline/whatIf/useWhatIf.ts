import { useEffect, useEffectEvent, useState } from 'react';
import type { Refusal } from '../../../shared/ipc/errors';
import type { TimelineWhatIf, TimelineWish } from '../../../shared/ipc/timeline';
import { request } from '../../live/request';

export type Tried =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'working'; readonly before: TimelineWhatIf | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'found'; readonly found: TimelineWhatIf };

const nothing: Tried = { kind: 'nothing' };
/** A number that is typed is not tried at every key. */
const restMilliseconds = 250;

/** What would be, as soon as it is worked out; again when the plan of what is has become another one. */
export function useWhatIf(wish: TimelineWish | null, plannedAt: number | null): Tried {
  const [tried, setTried] = useState<Tried>(nothing);
  const key = wish === null ? null : JSON.stringify({ ...wish, nodes: [] });
  const [shownKey, setShownKey] = useState<string | null>(key);
  if (key !== shownKey) {
    setShownKey(key);
    setTried((old) =>
      key === null ? nothing : { kind: 'working', before: old.kind === 'found' ? old.found : null },
    );
  }
  // The nodes in sight only say which rows come first: another part of them is no other wish.
  const ask = useEffectEvent(() => (wish === null ? null : request('timeline.whatIf', wish)));
  useEffect(() => {
    if (key === null) return;
    let isOver = false;
    const tryIt = async (): Promise<void> => {
      const answer = await ask();
      if (isOver || answer === null) return;
      setTried(
        answer.ok ? { kind: 'found', found: answer.value } : { kind: 'refused', refusal: answer.refusal },
      );
    };
    const timer = setTimeout(() => void tryIt(), restMilliseconds);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key, plannedAt]);
  return tried;
}
