import { useEffect, useState } from 'react';
import type { CheckpointPreview } from '../../shared/ipc/checkpoints';
import type { CheckpointId } from '../../shared/model/checkpoint';
import { request } from '../live/request';

export interface ShownFile {
  readonly preview: CheckpointPreview | null;
  readonly problem: string | null;
}

const nothing: ShownFile = { preview: null, problem: null };

/** What can be seen of a file, by its place in the checkpoint; `file` of null: there is none. */
export function usePreview(checkpoint: CheckpointId, file: number | null): ShownFile {
  const [shown, setShown] = useState<ShownFile>(nothing);
  useEffect(() => {
    if (file === null) return;
    let isOver = false;
    void request('checkpoint.preview', { checkpoint, file }).then((answer) => {
      if (isOver) return;
      setShown(
        answer.ok
          ? { preview: answer.value, problem: null }
          : { preview: null, problem: answer.refusal.message },
      );
    });
    return () => {
      isOver = true;
    };
  }, [checkpoint, file]);
  return shown;
}
