import type { KeyboardEvent } from 'react';
import { isApple } from '../app/shortcuts';
import { walk } from '../graph/model/walk';
import type { Direction } from '../graph/model/walk';
import { bridge } from '../live/connection';
import { cardSize } from './adding';
import { nothingChosen } from './Board';
import type { Chosen } from './Board';
import { copied, pasted } from './model/clip';
import type { Clip } from './model/clip';
import { withoutEdges, withoutJobs } from './model/sketch';
import type { Sketch } from './model/sketch';
import { change, redo, sketchNow, undo } from './sketches';

interface Wish {
  readonly sketch: Sketch;
  readonly chosen: Chosen;
  onChoose(this: void, chosen: Chosen): void;
  onGo(this: void, id: string): void;
  onOpenJob(this: void): void;
  onFit(this: void): void;
  onTidy(this: void): void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** It stays while other pages are looked at. */
let clip: Clip = { jobs: [], edges: [] };
const beside = { x: 36, y: 92 };

function paste(what: Clip, choose: (chosen: Chosen) => void): void {
  const { sketch, ids } = pasted(sketchNow(), what, beside);
  change(() => sketch);
  choose({ jobs: ids, edges: new Set() });
}

export function duplicate({ jobs }: Chosen, choose: (chosen: Chosen) => void): void {
  paste(copied(sketchNow(), jobs), choose);
}

export function removeChosen({ jobs, edges }: Chosen, choose: (chosen: Chosen) => void): void {
  change((sketch) => withoutEdges(withoutJobs(sketch, jobs), edges));
  choose(nothingChosen);
}

/** What is done with keys on the graph. */
export function useBoardKeys(wish: Wish): (event: KeyboardEvent) => void {
  const { sketch, chosen, onChoose } = wish;
  const isAnything = chosen.jobs.size + chosen.edges.size > 0;
  const withCommand = (event: KeyboardEvent): boolean => {
    switch (event.key.toLowerCase()) {
      case 'z':
        if (event.shiftKey) redo();
        else undo();
        return true;
      case 'y':
        redo();
        return true;
      case 'a':
        onChoose({ jobs: new Set(sketch.jobs.map(({ id }) => id)), edges: new Set() });
        return true;
      case 'c':
      case 'x':
        if (chosen.jobs.size === 0) return false;
        clip = copied(sketch, chosen.jobs);
        if (event.key.toLowerCase() === 'x') removeChosen(chosen, onChoose);
        return true;
      case 'v':
        if (clip.jobs.length > 0) paste(clip, onChoose);
        return true;
      case 'd':
        if (chosen.jobs.size > 0) duplicate(chosen, onChoose);
        return true;
      default:
        return false;
    }
  };
  const alone = (event: KeyboardEvent): boolean => {
    const direction = directions[event.key];
    if (direction !== undefined) {
      const boxes = sketch.jobs.map(({ id, x, y }) => ({ id, x, y, ...cardSize }));
      const [at = ''] = chosen.jobs;
      const to = walk(boxes, sketch.edges, at, direction);
      if (to !== null) wish.onGo(to);
      return true;
    }
    switch (event.key) {
      case 'Delete':
      case 'Backspace':
        if (isAnything) removeChosen(chosen, onChoose);
        return true;
      case 'Enter':
        if (chosen.jobs.size !== 1) return false;
        wish.onOpenJob();
        return true;
      case 'Escape':
        onChoose(nothingChosen);
        return true;
      case 'f':
        wish.onFit();
        return true;
      case 't':
        wish.onTidy();
        return true;
      default:
        return false;
    }
  };
  return (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, button') !== null)
      return;
    const isCommand = isApple(bridge.platform) ? event.metaKey : event.ctrlKey;
    if (isCommand ? !withCommand(event) : event.altKey || !alone(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
