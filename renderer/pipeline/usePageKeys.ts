import { useEffect, useRef } from 'react';
import { isApple } from '../app/shortcuts';
import { routeOf } from '../app/route';
import { bridge } from '../live/connection';

/** Wherever the focus is on the page; not while a dialog stands before it. */
export function usePageKeys(acts: { submit(this: void): void; save(this: void): void }): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isHeld = isApple(bridge.platform) ? event.metaKey : event.ctrlKey;
      const act = event.key === 'Enter' ? 'submit' : event.key.toLowerCase() === 's' ? 'save' : null;
      const isBehind =
        routeOf(window.location.hash).page !== 'pipeline' ||
        document.querySelector('[aria-modal="true"]') !== null;
      if (act === null || !isHeld || isBehind) return;
      event.preventDefault();
      latest.current[act]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
