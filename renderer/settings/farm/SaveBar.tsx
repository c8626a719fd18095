import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WhatIf } from '../../../shared/model/forecast';
import type { FarmSettings } from '../../../shared/model/settings';
import type { Refusal } from '../../../shared/ipc/errors';
import { request } from '../../live/request';
import { countInWords } from '../../ui/words';
import { Effect } from './Effect';
import type { FarmDraftInHand } from './useFarmDraft';

type Looked =
  | { readonly kind: 'looking' }
  | { readonly kind: 'seen'; readonly whatIf: WhatIf }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** While something is changed and not saved: what it would do, save it, or not. */
export function SaveBar({ hand }: { readonly hand: FarmDraftInHand }): ReactNode {
  const { settings, mistakes } = hand;
  const { looked, look } = useWhatIf(settings);
  if (!hand.isChanged) return null;
  const isRight = mistakes.size === 0;
  return (
    <div className="setting-bar" role="region" aria-label="Not saved yet">
      {looked?.kind === 'seen' && <Effect whatIf={looked.whatIf} />}
      {looked?.kind === 'refused' && <p className="setting-mistake">{looked.refusal.message}</p>}
      {hand.refusal !== null && (
        <p className="setting-mistake" role="alert">
          {hand.refusal.message}
        </p>
      )}
      <div className="setting-bar-line">
        <span className="setting-bar-words" role="status">
          {isRight
            ? 'Changed, and not saved yet.'
            : `${countInWords(mistakes.size, 'value')} to put right first.`}
        </span>
        <Button
          variant="default"
          leftSection={<IconEye size={15} aria-hidden />}
          disabled={!isRight}
          loading={looked?.kind === 'looking'}
          onClick={look}
        >
          See what it would change
        </Button>
        <Button variant="default" onClick={hand.discard}>
          Discard
        </Button>
        <Button disabled={!isRight} loading={hand.isSaving} onClick={hand.save}>
          Save
        </Button>
      </div>
    </div>
  );
}

/** The forecast with these settings, once it is asked for; forgotten when they change. */
function useWhatIf(settings: FarmSettings): { readonly looked: Looked | null; readonly look: () => void } {
  const [looked, setLooked] = useState<{ readonly of: FarmSettings; readonly it: Looked } | null>(null);
  const look = async (): Promise<void> => {
    setLooked({ of: settings, it: { kind: 'looking' } });
    const answer = await request('farm.whatIf', { addNodes: [], removeNodes: [], order: [], settings });
    const it: Looked = answer.ok
      ? { kind: 'seen', whatIf: answer.value }
      : { kind: 'refused', refusal: answer.refusal };
    setLooked((last) => (last?.of === settings ? { of: settings, it } : last));
  };
  return { looked: looked?.of === settings ? looked.it : null, look: () => void look() };
}
