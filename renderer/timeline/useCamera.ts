import { useCallback, useEffect, useState } from 'react';
import { around, hour, moved, zoomed } from './scale';
import type { Span } from './scale';

interface Camera {
  readonly span: Span;
  /** It goes on with the time since then; null: it stands still. */
  readonly since: number | null;
}

export interface Moves {
  readonly span: Span;
  readonly isFollowing: boolean;
  /** More than 1 shows more time; about a moment, or the present. */
  zoom(this: void, factor: number, about: number | null): void;
  pan(this: void, milliseconds: number): void;
  /** So much time, around the present. */
  show(this: void, length: number): void;
  /** Back to the present, as near as before. */
  home(this: void): void;
}

/** The last one, for who comes back from another page. */
let kept = 4 * hour;

/** Which time is in sight. It goes on with the present until it is moved away. */
export function useCamera(now: number, width: number): Moves {
  const [camera, setCamera] = useState<Camera>(() => ({ span: around(now, kept), since: now }));
  const span = spanAt(camera, now, width);
  const length = span.to - span.from;
  useEffect(() => {
    kept = length;
  }, [length]);
  const change = useCallback(
    (next: (span: Span) => Span, follows: boolean | null): void =>
      setCamera((camera) => {
        const following = follows ?? camera.since !== null;
        return { span: next(spanAt(camera, now, width)), since: following ? now : null };
      }),
    [now, width],
  );
  return {
    span,
    isFollowing: camera.since !== null,
    zoom: (factor, about) => change((span) => zoomed(span, factor, about ?? aboutOf(span, now)), null),
    pan: (milliseconds) => change((span) => moved(span, milliseconds), false),
    show: (length) => change(() => around(now, length), true),
    home: () => change((span) => around(now, span.to - span.from), true),
  };
}

/** In steps of a point: less cannot be seen. */
function spanAt({ span, since }: Camera, now: number, width: number): Span {
  if (since === null) return span;
  const point = (span.to - span.from) / Math.max(1, width);
  return moved(span, Math.floor((now - since) / point) * point);
}

const aboutOf = ({ from, to }: Span, now: number): number => (now > from && now < to ? now : (from + to) / 2);
