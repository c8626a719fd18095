import { IconFileDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { bridge } from '../live/connection';
import { tellRefusal } from '../ui/tell';
import { handFiles, takerOf } from './dropping';
import { navigate } from './useRoute';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** So many forms are opened for files that are dropped at once, one after the other. */
const mostFiles = 50;

function openDropped(files: FileList, target: EventTarget | null): void {
  const paths = [...files].map((file) => bridge.pathOf(file)).filter((path) => path !== '');
  if (paths.length < files.length)
    tellRefusal(paths.length === 0 ? 'open what was dropped' : 'open all that was dropped', {
      message: 'Some of it is no file on this machine. Save it first, then drop it here.',
    });
  if (paths.length > mostFiles)
    tellRefusal(`open ${paths.length} files at once`, {
      message: `The first ${mostFiles} are opened, one after the other.`,
    });
  if (paths.length === 0) return;
  const taker = takerOf(target);
  if (taker !== null) handFiles(taker, paths);
  else
    navigate({
      page: 'submit',
      wishes: paths.slice(0, mostFiles).map((path) => ({ kind: 'file', path })),
    });
}

/** Over which part of the window something is held: one that takes it itself, or any other. */
type Over = { readonly taker: HTMLElement | null } | null;

/** Files may be dropped anywhere in the window. Without this the browser would open them itself. */
export function DropTarget(): ReactNode {
  const [over, setOver] = useState<Over>(null);
  useEffect(() => {
    // Entering a part of the window comes before leaving the part around it.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth++;
      setOver({ taker: takerOf(event.target) });
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(null);
    };
    const hold = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = hasFiles(event) ? 'copy' : 'none';
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setOver(null);
      if (event.dataTransfer !== null) openDropped(event.dataTransfer.files, event.target);
    };
    const ending = new AbortController();
    const { signal } = ending;
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragover', hold, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => ending.abort();
  }, []);
  const taker = over?.taker ?? null;
  useEffect(() => {
    taker?.setAttribute('data-held-over', '');
    return () => taker?.removeAttribute('data-held-over');
  }, [taker]);
  if (over === null || taker !== null) return null;
  return (
    <div className="drop-layer">
      <div className="drop-layer-frame">
        <IconFileDownload size={36} stroke={1.4} aria-hidden />
        Drop it to see what it would run
      </div>
    </div>
  );
}
