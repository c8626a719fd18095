import { expect, test } from 'vitest';
import type { SessionEnvironment } from '../shared/model/batch';
import { Farm, batch, failed, stopped } from './engine/farm-for-tests';
import { orderFor } from './engine/effects';
import { noChanges } from './engine/reduce/changes';
import { sessionKey } from './nodes/session';
import { Sessions } from './sessions';

const environments: readonly SessionEnvironment[] = [
  { name: 'scene', variables: {}, enter: 'true', leave: null, isPrepared: false, timeoutMs: null },
];
const keyOf = (job: string): string => sessionKey('h1', { batch: 'b1', job, step: { name: 'main' } });

/** A farm whose effects and facts the sessions see as those of a Host. */
class Studio extends Farm {
  readonly left: string[] = [];
  readonly sessions = this.open();
  private seenFacts = 0;
  private seenEffects = 0;

  open(): Sessions {
    return new Sessions({
      host: 'h1',
      state: () => this.engine.state,
      leave: (node, session) => this.left.push(`${node} ${session}`),
    });
  }

  override async settle(): Promise<void> {
    await super.settle();
    for (const effect of this.effects.slice(this.seenEffects))
      if (effect.kind === 'startAttempt') this.sessions.started(orderFor(effect.live));
    this.seenEffects = this.effects.length;
    const changes = noChanges();
    for (const { steps } of this.engine.state.jobs.values())
      for (const step of steps) changes.tasks.noteAll(step);
    this.sessions.note(this.facts.slice(this.seenFacts), changes);
    this.seenFacts = this.facts.length;
  }
}

test('a session is left on each of its nodes when its step is done, not before', async () => {
  const farm = new Studio();
  await farm.nodeUp({ cpu: 1 }, 'n1');
  await farm.nodeUp({ cpu: 1 }, 'n2');
  await farm.submit(batch({ beauty: { tasks: 3, environments }, plain: {} }));
  await farm.end('a-1');
  await farm.end('a-2');
  expect(farm.left).toEqual([]);
  await farm.runAll();
  expect(farm.left.toSorted()).toEqual([`n1 ${keyOf('beauty')}`, `n2 ${keyOf('beauty')}`]);
});

test('that of a cancelled step is left when nothing of it runs any more', async () => {
  const farm = new Studio();
  await farm.nodeUp({ cpu: 1 });
  await farm.submit(batch({ beauty: { tasks: 3, environments } }));
  await farm.cancel('b1.beauty');
  expect(farm.left).toEqual([]);
  await farm.end('a-1', stopped);
  expect(farm.left).toEqual([`local ${keyOf('beauty')}`]);
});

test('that of a failed step is left, and again after it was tried again', async () => {
  const farm = new Studio();
  await farm.nodeUp({ cpu: 1 });
  await farm.submit(batch({ beauty: { environments } }));
  await farm.end('a-1', failed);
  expect(farm.left).toHaveLength(1);
  await farm.retry('b1.beauty');
  await farm.end('a-2');
  expect(farm.left).toHaveLength(2);
});

test('those of a node that is set aside are left', async () => {
  const farm = new Studio();
  await farm.nodeUp({ cpu: 1 }, 'n1');
  await farm.nodeUp({ cpu: 1 }, 'n2');
  await farm.submit(batch({ beauty: { tasks: 8, environments } }));
  await farm.command({ kind: 'setAside', by: 'ann', node: 'n2', why: 'dusty' });
  expect(farm.left).toEqual([`n2 ${keyOf('beauty')}`]);
});

test('after a restart, sessions that a node still has are left unless their step needs them', async () => {
  const farm = new Studio();
  await farm.nodeUp({ cpu: 1 });
  await farm.submit(batch({ melt: { environments }, beauty: { tasks: 2, environments } }));
  await farm.end('a-1');
  farm.left.length = 0;
  const again = farm.open();
  again.found('local', keyOf('beauty'));
  expect(farm.left).toEqual([]);
  again.found('local', keyOf('melt'));
  again.found('local', keyOf('nobody'));
  expect(farm.left).toEqual([`local ${keyOf('melt')}`, `local ${keyOf('nobody')}`]);
});
