import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { NewEdge } from '../../shared/model/edge';
import { navigate } from '../app/useRoute';
import { bridge } from '../live/connection';
import { isApple } from '../app/shortcuts';
import type { LiveGraph } from '../live/values';
import { countsInWords } from '../ui/Progress';
import { stateWords } from '../ui/StateMark';
import { countInWords } from '../ui/words';
import type { FlowNode } from './draw/flow';
import { graphNow } from './live';
import type { DraftStep } from './model/draft';
import type { Drawn, DrawnEdge } from './model/drawn';
import { nameOfNode } from './model/names';
import { standingOf } from './model/standing';
import { walk } from './model/walk';
import type { Direction } from './model/walk';
import type { Box } from './model/align';

interface Wish {
  readonly graph: LiveGraph;
  readonly drawn: Drawn;
  readonly boxes: readonly Box[];
  readonly selectedNodes: readonly FlowNode[];
  readonly chosenEdges: readonly DrawnEdge[];
  onGo(this: void, id: string): void;
  onNode(this: void, id: string | null): void;
  onFold(this: void, id: string, isOpen: boolean): void;
  onStep(this: void, step: DraftStep): void;
  onFit(this: void): void;
  onTidy(this: void): void;
  onAll(this: void): void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** What is done with keys in the graph, and what is told of where they have led. */
export function useKeys(wish: Wish): {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly told: string;
} {
  const { drawn, boxes, selectedNodes, chosenEdges } = wish;
  /** What was copied of an edge: its rule. */
  const copied = useRef<Pick<NewEdge, 'relation' | 'onFailure'> | null>(null);
  const [current] = selectedNodes;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping(event)) return;
    const isCommand = isApple(bridge.platform) ? event.metaKey : event.ctrlKey;
    if (isCommand ? !withCommand(event) : event.altKey || !alone(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const withCommand = (event: KeyboardEvent): boolean => {
    switch (event.key.toLowerCase()) {
      case 'z':
        wish.onStep({ kind: event.shiftKey ? 'redo' : 'undo' });
        return true;
      case 'y':
        wish.onStep({ kind: 'redo' });
        return true;
      case 'a':
        wish.onAll();
        return true;
      case 'c': {
        const spec = chosenEdges[0]?.edges[0]?.spec;
        if (spec !== undefined) copied.current = { relation: spec.relation, onFailure: spec.onFailure };
        return spec !== undefined;
      }
      case 'v': {
        const rule = copied.current;
        const edges = chosenEdges.flatMap((edge) => edge.edges).filter(({ change }) => change !== 'removed');
        if (rule === null || edges.length === 0) return false;
        wish.onStep({ kind: 'change', edges, to: (spec) => ({ ...spec, ...rule }) });
        return true;
      }
      default:
        return false;
    }
  };
  const alone = (event: KeyboardEvent): boolean => {
    const direction = directions[event.key];
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
    if (direction !== undefined) {
      const to = walk(boxes, drawn.edges, current?.id ?? '', direction);
      if (to !== null) wish.onGo(to);
      return true;
    }
    switch (event.key) {
      case 'Delete':
      case 'Backspace': {
        const edges = chosenEdges.flatMap((edge) => edge.edges).filter(({ change }) => change !== 'removed');
        if (edges.length > 0) wish.onStep({ kind: 'remove', edges });
        return edges.length > 0;
      }
      case 'Enter':
        if (onButton || current === undefined) return false;
        if (current.data.drawn.kind === 'stack') wish.onFold(current.id, true);
        else navigate({ page: 'job', job: current.data.drawn.job });
        return true;
      case ' ': {
        if (onButton || current === undefined) return false;
        const { drawn: node } = current.data;
        if (node.kind === 'step') wish.onFold(node.job, false);
        else wish.onFold(node.id, node.kind !== 'open');
        return true;
      }
      case 'Escape':
        wish.onNode(null);
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
  return { onKeyDown, told: toldOf(wish) };
}

/** In a field that is only chosen in, undo is of the draft all the same. */
function isTyping({ target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isField = target.closest('input, textarea, [role="listbox"], [role="radiogroup"]') !== null;
  const isText = target.matches('input:not([readonly]):not([type="radio"]):not([type="checkbox"]), textarea');
  return isText || (isField && !ctrlKey && !metaKey);
}

function toldOf({ graph, drawn, selectedNodes }: Wish): string {
  const [node] = selectedNodes;
  if (node === undefined)
    return 'Arrow keys go from job to job along the dependencies, Enter opens a job, Space shows its steps.';
  if (selectedNodes.length > 1) return `${countInWords(selectedNodes.length, 'job')} chosen`;
  const { drawn: one } = node.data;
  const { jobs } = graphNow(graph.jobs.values().next().value?.batch ?? 'b0');
  const members = (one.kind === 'stack' ? one.jobs : [one.job]).flatMap((id) => jobs.get(id) ?? []);
  const { state, tasks } = standingOf(members);
  const before = drawn.edges.filter(({ to }) => to === node.id).length;
  const after = drawn.edges.filter(({ from }) => from === node.id).length;
  return `${nameOfNode(graph.jobs, one)}, ${stateWords[state].toLowerCase()}, ${countsInWords(tasks)}; waits for ${before}, comes before ${after}`;
}
