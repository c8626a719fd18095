import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { thumbnails } from './thumbnails';

/** A small picture, made when it comes into sight. */
export function Thumbnail({ address }: { readonly address: string }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'waits' | 'shown' | 'failed'>('waits');
  useEffect(
    () =>
      thumbnails().want(address, (bitmap) => {
        const element = canvas.current;
        if (element === null) return;
        setState(bitmap === null ? 'failed' : 'shown');
        if (bitmap === null) return;
        element.width = bitmap.width;
        element.height = bitmap.height;
        element.getContext('2d')?.drawImage(bitmap, 0, 0);
      }),
    [address],
  );
  return (
    <span className="thumbnail" data-state={state}>
      <canvas ref={canvas} width={1} height={1} aria-hidden />
      {state === 'failed' && <IconPhotoOff size={18} stroke={1.5} aria-hidden />}
    </span>
  );
}
