import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsVertical,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconMaximize,
  IconSitemap,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { aligned } from '../graph/model/align';
import type { Alignment } from '../graph/model/align';
import { IconButton } from '../ui/IconButton';
import { countInWords } from '../ui/words';
import { cardSize } from './adding';
import { moved } from './model/sketch';
import type { Sketch } from './model/sketch';
import type { Steps } from './model/steps';
import { change, redo, undo } from './sketches';

interface Props {
  readonly steps: Steps<Sketch>;
  readonly chosen: ReadonlySet<string>;
  onFit(this: void): void;
  onTidy(this: void): void;
}

function align(chosen: ReadonlySet<string>, how: Alignment): void {
  change((sketch) => {
    const boxes = sketch.jobs
      .filter(({ id }) => chosen.has(id))
      .map(({ id, x, y }) => ({ id, x, y, ...cardSize }));
    return moved(sketch, aligned(boxes, how));
  });
}

const icon = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;

/** What is done with the graph as a whole, or with what is chosen in it. */
export function Tools({ steps, chosen, onFit, onTidy }: Props): ReactNode {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div className="pipeline-tools" role="toolbar" aria-label="The graph">
      <IconButton label="Undo (Ctrl+Z)" disabled={steps.past.length === 0} onClick={undo}>
        <IconArrowBackUp {...icon} />
      </IconButton>
      <IconButton label="Redo (Ctrl+Shift+Z)" disabled={steps.future.length === 0} onClick={redo}>
        <IconArrowForwardUp {...icon} />
      </IconButton>
      {chosen.size > 1 && (
        <div className="graph-tools-group" role="group" aria-label="What is chosen">
          <span className="faint">{countInWords(chosen.size, 'job')}</span>
          <IconButton label="Set their left sides in a line" onClick={() => align(chosen, 'left')}>
            <IconLayoutAlignLeft {...icon} />
          </IconButton>
          <IconButton label="Set them in a row" onClick={() => align(chosen, 'middle')}>
            <IconLayoutAlignMiddle {...icon} />
          </IconButton>
          <IconButton label="Spread them evenly" onClick={() => align(chosen, 'spread')}>
            <IconArrowsVertical {...icon} />
          </IconButton>
        </div>
      )}
      <IconButton label="Arrange anew (T)" onClick={onTidy}>
        <IconSitemap {...icon} style={{ transform: 'rotate(-90deg)' }} />
      </IconButton>
      <IconButton label="Smaller" onClick={() => void zoomOut()}>
        <IconZoomOut {...icon} />
      </IconButton>
      <IconButton label="Larger" onClick={() => void zoomIn()}>
        <IconZoomIn {...icon} />
      </IconButton>
      <IconButton label="Show all (F)" onClick={onFit}>
        <IconMaximize {...icon} />
      </IconButton>
    </div>
  );
}
