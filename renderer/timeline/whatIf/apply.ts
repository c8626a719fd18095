/** Does for good what was tried out, and offers to take it back. */
import { request, requestOrTell } from '../../live/request';
import { undo } from '../../live/undo';
import { tellDone, tellRefusal, tellUndoable } from '../../ui/tell';
import { countInWords } from '../../ui/words';
import type { Step } from './draft';

type Undo = () => Promise<unknown>;

/** Whether all of it was done. */
export async function apply(steps: readonly Step[]): Promise<boolean> {
  const undos: Undo[] = [];
  for (const step of steps) {
    const undo = await make(step);
    if (undo === null) break;
    undos.unshift(undo);
  }
  if (undos.length > 0)
    tellUndoable(`${countInWords(undos.length, 'change')} applied`, () => void takeBack(undos));
  return undos.length === steps.length;
}

async function takeBack(undos: readonly Undo[]): Promise<void> {
  for (const undo of undos) await undo();
}

/** Null: it was refused, which was told. */
async function make(step: Step): Promise<Undo | null> {
  switch (step.kind) {
    case 'order': {
      const { job, priority, deadline } = step;
      const change = { kind: 'order', priority, deadline } as const;
      const done = await requestOrTell('change the job', 'jobs.change', { jobs: [job], change, why: null });
      if (done === null) return null;
      const { change: number } = done;
      return async () => (number === null ? undefined : undo(number));
    }
    case 'later': {
      const done = await requestOrTell('hold the job until then', 'edge.change', {
        add: [
          {
            from: null,
            to: { job: step.job, step: null },
            relation: { type: 'TEMPORAL', rule: { kind: 'notBefore', at: step.at } },
            onFailure: 'hold',
          },
        ],
        remove: [],
        apply: true,
        why: null,
      });
      return done === null ? null : () => removeLater(step);
    }
    case 'off': {
      const wish = { node: step.node, why: null, until: null };
      const done = await requestOrTell(`set ${step.node} aside`, 'node.setAside', wish);
      return done === null
        ? null
        : () => requestOrTell(`take ${step.node} back`, 'node.takeBack', { node: step.node, why: null });
    }
  }
}

/** By what it is, for others may have changed something since. */
async function removeLater({ job, at }: Extract<Step, { kind: 'later' }>): Promise<void> {
  const listed = await request('edge.list', { what: job });
  if (!listed.ok) return tellRefusal('take it back', listed.refusal);
  const edge = listed.value.edges.find(
    ({ relation, to }) =>
      to.job === job &&
      relation.type === 'TEMPORAL' &&
      relation.rule.kind === 'notBefore' &&
      relation.rule.at === at,
  );
  if (edge === undefined) return;
  const wish = { add: [], remove: [edge.id], apply: true, why: null };
  if ((await requestOrTell('take it back', 'edge.change', wish)) !== null) tellDone('Taken back');
}
