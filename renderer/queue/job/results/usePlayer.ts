import { useEffect, useEffectEvent, useState } from 'react';

export const speeds = [6, 12, 24, 25, 30] as const;

/** Shows one frame after the other, each only when it can be drawn at once. */
export function usePlayer(
  count: number,
  shown: number,
  addressOf: (index: number) => string,
  onShow: (index: number) => void,
): {
  readonly isPlaying: boolean;
  readonly speed: number;
  setPlaying(this: void, isPlaying: boolean): void;
  setSpeed(this: void, speed: number): void;
} {
  const [wantsToPlay, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(24);
  const isPlaying = wantsToPlay && count > 1;
  const next = useEffectEvent((): number => (shown + 1) % count);
  const draw = useEffectEvent((index: number): Promise<void> => drawable(addressOf(index)));
  const show = useEffectEvent(onShow);
  useEffect(() => {
    if (!isPlaying) return;
    const over = new AbortController();
    const run = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const index = next();
        const due = performance.now() + 1000 / speed;
        await draw(index);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        if (!over.signal.aborted) show(index);
        // The page has to know of it before the next one is chosen.
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    void run();
    return () => {
      over.abort();
    };
  }, [isPlaying, speed]);
  return { isPlaying, speed, setPlaying, setSpeed };
}

const mostReady = 24;
const ready = new Map<string, HTMLImageElement>();

/** Resolves when the picture is decoded, or cannot be. The last ones stay so. */
export async function drawable(address: string): Promise<void> {
  const known = ready.get(address);
  if (known !== undefined) return;
  const image = new Image();
  image.src = address;
  await image.decode().catch(() => undefined);
  ready.set(address, image);
  for (const [oldest] of ready) {
    if (ready.size <= mostReady) return;
    ready.delete(oldest);
  }
}
