import { Button } from '@mantine/core';
import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FailureField } from '../graph/edit/FailureField';
import { RuleFields } from '../graph/edit/RuleFields';
import { changedEdge } from './model/sketch';
import type { Sketch, SketchEdge } from './model/sketch';
import { change } from './sketches';

/** An edge: what is waited for, and what a failure means. */
export function LinkPanel(props: {
  readonly sketch: Sketch;
  readonly edge: SketchEdge;
  onRemove(this: void): void;
}): ReactNode {
  const { sketch, edge } = props;
  const nameOf = (id: string): string => sketch.jobs.find((job) => job.id === id)?.name ?? id;
  return (
    <>
      <h2 className="graph-panel-title">
        {nameOf(edge.from)}
        <IconArrowRight size={14} stroke={1.8} aria-label="then" />
        {nameOf(edge.to)}
      </h2>
      <RuleFields
        key={edge.id}
        isOfNoWork={false}
        joinsSteps
        relation={edge.relation}
        onChange={(relation) =>
          change((old) => changedEdge(old, edge.id, (now) => ({ ...now, relation })), `rule ${edge.id}`)
        }
      />
      <FailureField
        value={edge.onFailure}
        onChange={(onFailure) => change((old) => changedEdge(old, edge.id, (now) => ({ ...now, onFailure })))}
      />
      <Button
        variant="default"
        fullWidth
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={props.onRemove}
      >
        Remove
      </Button>
    </>
  );
}
