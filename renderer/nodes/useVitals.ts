import { useEffect, useMemo, useState } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { request } from '../live/request';
import { askSince, mergeReadings, withLatest } from './vitals';
import type { Readings } from './vitals';

const nothing: Readings = [];

/** How a node felt in the last hour; what is new is asked for as the view of the nodes brings later readings. */
export function useVitals({ id, vitals }: Pick<NodeRow, 'id' | 'vitals'>): Readings {
  const [kept, setKept] = useState(nothing);
  const since = vitals === null ? null : askSince(kept, vitals);
  const newest = vitals?.at;
  useEffect(() => {
    if (since === null) return;
    let isWanted = true;
    void request('node.vitals', { node: id, since }).then((answer) => {
      if (isWanted && answer.ok) setKept((old) => mergeReadings(old, since, answer.value.readings));
    });
    return () => {
      isWanted = false;
    };
  }, [id, since, newest]);
  return useMemo(() => withLatest(kept, vitals), [kept, vitals]);
}
