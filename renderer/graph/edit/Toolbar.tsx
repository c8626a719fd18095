import { Switch } from '@mantine/core';
import {
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
import { IconButton } from '../../ui/IconButton';
import { countInWords } from '../../ui/words';
import type { Alignment } from '../model/align';

interface Props {
  /** How many nodes. */
  readonly chosen: number;
  readonly hasStacks: boolean;
  readonly stacks: boolean;
  onStacks(this: void, on: boolean): void;
  onFit(this: void): void;
  onTidy(this: void): void;
  onAlign(this: void, how: Alignment): void;
  readonly children: ReactNode;
}

export function Toolbar(props: Props): ReactNode {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div className="graph-tools" role="toolbar" aria-label="The graph">
      {props.children}
      {props.hasStacks && (
        <Switch
          size="xs"
          label="Stack jobs that are alike"
          checked={props.stacks}
          onChange={(event) => props.onStacks(event.currentTarget.checked)}
        />
      )}
      {props.chosen > 1 && (
        <div className="graph-tools-group" role="group" aria-label="What is chosen">
          <span className="faint">{countInWords(props.chosen, 'node')}</span>
          <IconButton label="Set their left sides in a line" onClick={() => props.onAlign('left')}>
            <IconLayoutAlignLeft size={17} stroke={1.7} aria-hidden />
          </IconButton>
          <IconButton label="Set them in a row" onClick={() => props.onAlign('middle')}>
            <IconLayoutAlignMiddle size={17} stroke={1.7} aria-hidden />
          </IconButton>
          <IconButton label="Spread them evenly" onClick={() => props.onAlign('spread')}>
            <IconArrowsVertical size={17} stroke={1.7} aria-hidden />
          </IconButton>
        </div>
      )}
      <div className="graph-tools-group graph-tools-end">
        <IconButton label="Arrange anew (T)" onClick={props.onTidy}>
          <IconSitemap size={17} stroke={1.7} style={{ transform: 'rotate(-90deg)' }} aria-hidden />
        </IconButton>
        <IconButton label="Smaller" onClick={() => void zoomOut()}>
          <IconZoomOut size={17} stroke={1.7} aria-hidden />
        </IconButton>
        <IconButton label="Larger" onClick={() => void zoomIn()}>
          <IconZoomIn size={17} stroke={1.7} aria-hidden />
        </IconButton>
        <IconButton label="Show all (F)" onClick={props.onFit}>
          <IconMaximize size={17} stroke={1.7} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
