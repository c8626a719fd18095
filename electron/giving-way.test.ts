import { expect, test } from 'vitest';
import { defaultSettings, nodeSettings, type GiveWay } from '../shared/model/settings';
import { batch, Farm } from './engine/farm-for-tests';
import { GivingWay } from './giving-way';

/** A farm with a workstation whose person the test is. */
class Studio extends Farm {
  idle: number | null = 0;
  cpu = 0;

  async openWith(giveWay: GiveWay): Promise<void> {
    const workstation = { ...nodeSettings(defaultSettings, 'local'), giveWay };
    await this.configure({ nodes: { local: workstation } });
    await this.nodeUp();
    new GivingWay({
      clock: this.clock,
      state: () => this.engine.state,
      idleOf: () => this.idle,
      cpuOf: () => this.cpu,
      command: (command) => void this.engine.command(command),
    }).open();
    await this.settle();
  }

  stateOfNode(): string {
    const node = this.engine.state.nodes.get('local');
    return `${node?.state} ${node?.reason ?? ''}`.trim();
  }
}

const whenIdle: GiveWay = { idleMinutes: 5, mostLoad: null, hours: null, running: 'stop' };

test('work stops when its person comes back, is not held against it, and goes on when they have left', async () => {
  const studio = new Studio();
  studio.idle = 600;
  await studio.openWith(whenIdle);
  await studio.submit(batch({ film: { tasks: 2 } }));
  expect(studio.running()).toEqual(['film 0', 'film 1']);

  studio.idle = 2;
  await studio.pass(20_000);
  expect(studio.stateOfNode()).toBe('MAINTENANCE set aside by Drover: it gives way: somebody works there');
  const stops = studio.effects.filter(({ kind }) => kind === 'stopAttempt');
  expect(stops).toHaveLength(2);
  // The program saves its work and ends with a code of its own.
  await studio.runAll(() => ({ kind: 'exited', code: 1 }));
  expect(studio.tasks('b1.film')).toEqual(['QUEUED', 'QUEUED']);

  studio.idle = 301;
  await studio.pass(20_000);
  expect(studio.stateOfNode()).toContain('MAINTENANCE');
  await studio.pass(30_000);
  expect(studio.stateOfNode()).toBe('ONLINE');
  expect(studio.running()).toEqual(['film 0', 'film 1']);
});

test('what runs may finish where that is the rule; what somebody has set aside stays so', async () => {
  const studio = new Studio();
  studio.idle = 600;
  await studio.openWith({ ...whenIdle, running: 'finish' });
  await studio.submit(batch({ film: {} }));
  studio.idle = 0;
  await studio.pass(20_000);
  expect(studio.effects.some(({ kind }) => kind === 'stopAttempt')).toBe(false);
  await studio.runAll();
  expect(studio.tasks('b1.film')).toEqual(['COMPLETED']);

  studio.idle = 600;
  await studio.pass(60_000);
  await studio.command({ kind: 'setAside', by: 'ann', node: 'local' });
  await studio.pass(60_000);
  expect(studio.stateOfNode()).toBe('MAINTENANCE set aside by ann');
});

test('a rule that is taken back while it holds sets the machine free', async () => {
  const studio = new Studio();
  await studio.openWith(whenIdle);
  await studio.pass(20_000);
  expect(studio.stateOfNode()).toContain('MAINTENANCE');
  await studio.configure({});
  await studio.pass(20_000);
  expect(studio.stateOfNode()).toBe('ONLINE');
});
