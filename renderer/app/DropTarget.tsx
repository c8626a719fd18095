import { IconFileDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { bridge } from '../live/connection';
import { tellRefusal } from '../ui/tell';
import { navigate } from './useRoute';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

function openDropped(files: FileList): void {
  const [file] = files;
  if (file === undefined) return;
  const path = bridge.pathOf(file);
  if (path === '') {
    tellRefusal(`open ${file.name}`, {
      message: 'It is not a file on this machine. Save it first, then drop it here.',
    });
    return;
  }
  if (files.length > 1)
    tellRefusal(`open ${files.length} files at once`, {
      message: `${file.name} is opened; drop the others one after the other.`,
    });
  navigate({ page: 'submit', file: path });
}

/** Files may be dropped anywhere in the window. Without this the browser would open them itself. */
export function DropTarget(): ReactNode {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a part of the window comes before leaving the part around it.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = hasFiles(event) ? 'copy' : 'none';
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (event.dataTransfer !== null) openDropped(event.dataTransfer.files);
    };
    const ending = new AbortController();
    const { signal } = ending;
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => ending.abort();
  }, []);
  if (!isOver) return null;
  return (
    <div className="drop-layer">
      <div className="drop-layer-frame">
        <IconFileDownload size={36} stroke={1.4} aria-hidden />
        Drop the recipe to check and submit it
      </div>
    </div>
  );
}
