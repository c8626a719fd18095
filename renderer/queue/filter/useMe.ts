import { useEffect, useState } from 'react';
import { request } from '../../live/request';

let known: string | null = null;

/** The name of who looks; null: not known yet. */
export function useMe(): string | null {
  const [me, setMe] = useState(known);
  useEffect(() => {
    if (known !== null) return;
    let isMounted = true;
    void request('host.info', {}).then((answer) => {
      if (!answer.ok) return;
      known = answer.value.user;
      if (isMounted) setMe(known);
    });
    return () => {
      isMounted = false;
    };
  }, []);
  return me;
}
