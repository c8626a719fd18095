import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { resultAddress } from '../../../../shared/ipc/result-address';
import type { ResultFile } from '../../../../shared/ipc/results';
import type { BatchId } from '../../../../shared/model/ids';
import { frameOf } from './sequences';
import { Thumbnail } from './Thumbnail';

interface Props {
  readonly batch: BatchId;
  readonly files: readonly ResultFile[];
  readonly shown: number;
  /** Compared with what is shown; null: nothing is. */
  readonly compared: string | null;
  onShow(this: void, index: number): void;
}

const pitch = 104;

/** All frames side by side; only those in sight are there. */
export function Strip({ batch, files, shown, compared, onShow }: Props): ReactNode {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ left: 0, width: 0 });
  const look = (): void => {
    const element = scroller.current;
    if (element !== null) setSight({ left: element.scrollLeft, width: element.clientWidth });
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const left = shown * pitch;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + pitch > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + pitch - element.clientWidth;
  }, [shown, sight.width]);
  const first = Math.max(0, Math.floor(sight.left / pitch) - 1);
  const end = Math.min(files.length, Math.ceil((sight.left + sight.width) / pitch) + 1);
  return (
    <div
      ref={scroller}
      className="strip"
      onScroll={look}
      role="listbox"
      aria-label="Frames"
      aria-orientation="horizontal"
      aria-activedescendant={`${id}-${shown}`}
      tabIndex={0}
    >
      <div className="strip-width" style={{ width: files.length * pitch }}>
        {files.slice(first, end).map((file, at) => {
          const index = first + at;
          return (
            <div
              key={file.path}
              id={`${id}-${index}`}
              role="option"
              aria-posinset={index + 1}
              aria-setsize={files.length}
              className="strip-frame"
              style={{ left: index * pitch }}
              aria-selected={index === shown}
              aria-label={`Frame ${frameOf(file)}`}
              data-compared={file.path === compared}
              onPointerDown={() => onShow(index)}
            >
              <Thumbnail key={resultAddress(batch, file)} address={resultAddress(batch, file)} />
              <span className="strip-name">{frameOf(file)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
