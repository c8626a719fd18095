import { createClient } from '../../shared/ipc/client';
import type { Bridge } from '../../shared/ipc/bridge';
import { LiveStore } from './store';
import type { Schedule } from './store';

export const bridge: Bridge = window.drover;

export const client = createClient(bridge);

/** A hidden window has no frames, and must not gather deltas for hours. */
const longestWait = 500;

const nextFrame: Schedule = (run) => {
  const once = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, longestWait);
};

export const live = new LiveStore(client, nextFrame);
