import { useCallback, useEffect, useRef, useState } from 'react';
import type { Why } from '../../../../shared/ipc/plans';
import { request } from '../../../live/request';

interface Question {
  readonly what: string;
}

/**
 * Why something waits: asked when it is wanted and whenever `signature` changes, never twice at once, for an answer
 * costs the Host some work. Null: it is not known yet, or the Host does not tell.
 */
export function useWhy(what: string, signature: string, isWanted: boolean): Why | null {
  const [known, setKnown] = useState<{ readonly what: string; readonly why: Why } | null>(null);
  const wanted = useRef<Question | null>(null);
  const asked = useRef<Question | null>(null);
  const isAsking = useRef(false);
  const ask = useCallback(async (): Promise<void> => {
    if (isAsking.current) return;
    isAsking.current = true;
    for (let next = wanted.current; next !== null && next !== asked.current; next = wanted.current) {
      asked.current = next;
      const answer = await request('job.why', { what: next.what });
      if (answer.ok && wanted.current?.what === next.what) setKnown({ what: next.what, why: answer.value });
    }
    isAsking.current = false;
  }, []);
  useEffect(() => {
    wanted.current = isWanted ? { what } : null;
    void ask();
  }, [what, signature, isWanted, ask]);
  useEffect(
    () => () => {
      wanted.current = null;
    },
    [],
  );
  return known?.what === what ? known.why : null;
}
