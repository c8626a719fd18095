import { useCallback, useState } from 'react';
import type { RefCallback } from 'react';

/** How large an element is, whenever that changes. */
export function useBox(): readonly [
  RefCallback<HTMLElement>,
  { readonly width: number; readonly height: number },
] {
  const [box, setBox] = useState({ width: 0, height: 0 });
  const watch = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const look = (): void => setBox({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);
  return [watch, box];
}
