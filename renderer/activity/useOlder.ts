import { useCallback, useEffect, useRef, useState } from 'react';
import type { HistoryEntry } from '../../shared/model/history';
import { request } from '../live/request';

const piece = 500;

export interface Older {
  readonly entries: readonly HistoryEntry[];
  readonly isAtEnd: boolean;
  /** Why nothing more came. */
  readonly trouble: string | null;
  more(this: void): void;
}

/** What happened before an entry, asked for piece by piece. */
export function useOlder(before: number | null): Older {
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([]);
  const [isAtEnd, setAtEnd] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isAsking = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const from = entries.at(-1)?.number ?? before;
  const more = useCallback(() => {
    if (isAsking.current || isAtEnd || from === null) return;
    isAsking.current = true;
    void request('history.list', { what: null, before: from, count: piece }).then((answer) => {
      isAsking.current = false;
      if (!isMounted.current) return;
      setTrouble(answer.ok ? null : answer.refusal.message);
      if (!answer.ok) return;
      setEntries((old) => [...old, ...answer.value.entries]);
      setAtEnd(answer.value.entries.length < piece);
    });
  }, [from, isAtEnd]);
  return { entries, isAtEnd: isAtEnd || before === null, trouble, more };
}
