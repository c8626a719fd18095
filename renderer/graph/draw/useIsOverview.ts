import { useStore } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { Box } from '../model/align';

/** More cards at once can neither be read nor drawn fluently; some fewer before they come back, so that it does not flicker. */
const mostCards = 130;
const fewerCards = 90;

/** Whether there are so many nodes in sight that they are drawn as spots. */
export function useIsOverview(boxes: readonly Box[]): boolean {
  const cards = useStore(
    useCallback(
      ({ transform: [x, y, zoom], width, height }: ReactFlowState) => {
        const [left, top] = [-x / zoom, -y / zoom];
        const [right, bottom] = [left + width / zoom, top + height / zoom];
        let inSight = 0;
        for (const box of boxes)
          if (box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top)
            inSight++;
        return inSight > mostCards ? 'many' : inSight > fewerCards ? 'between' : 'few';
      },
      [boxes],
    ),
  );
  const [was, setWas] = useState(false);
  const isOverview = cards === 'many' || (cards === 'between' && was);
  if (isOverview !== was) setWas(isOverview);
  return isOverview;
}
