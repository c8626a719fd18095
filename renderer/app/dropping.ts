/** Files that are dropped on a part of the window which takes them itself. */

const name = 'drover-files';

/** Marked with `data-takes-files`. */
export const takerOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-takes-files]') : null;

export function handFiles(taker: HTMLElement, paths: readonly string[]): void {
  taker.dispatchEvent(new CustomEvent(name, { detail: paths }));
}

export function filesDropped(taker: HTMLElement, take: (paths: readonly string[]) => void): () => void {
  const onFiles = (event: Event): void => {
    if (event instanceof CustomEvent && Array.isArray(event.detail))
      take(event.detail.filter((path) => typeof path === 'string'));
  };
  taker.addEventListener(name, onFiles);
  return () => taker.removeEventListener(name, onFiles);
}
