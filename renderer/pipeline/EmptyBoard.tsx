import { IconArrowBearRight2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What to do with an empty graph. */
export function EmptyBoard(): ReactNode {
  return (
    <div className="pipeline-empty">
      <IconArrowBearRight2 size={30} stroke={1.4} aria-hidden />
      <p className="pipeline-empty-title">Drag presets here</p>
      <p>
        Or drop the files that are to be worked on. Then drag from the right side of a job to the left side of
        the one that comes after it.
      </p>
    </div>
  );
}
