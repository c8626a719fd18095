import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RanRow, TimelineWindow } from '../../../shared/ipc/timeline';
import { batch, Farm } from '../../engine/farm-for-tests';
import { Plan } from '../../engine/forecast/plan';
import { forecast } from '../../engine/forecast/forecast';
import { noChanges } from '../../engine/reduce/changes';
import { atOnce } from '../../engine/slices';
import { TimelineView } from './timeline';

let farm: Farm;
let asked: (readonly string[])[];
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  farm = new Farm();
  asked = [];
  await farm.nodeUp({ cpu: 1 }, 'one');
  await farm.nodeUp({ cpu: 1 }, 'two');
});

afterEach(() => {
  vi.useRealTimers();
});

function viewOf(window: Partial<TimelineWindow> = {}, plan: Plan | null = null): TimelineView {
  const { state } = farm.engine;
  const ran = ({ nodes }: TimelineWindow): Promise<readonly RanRow[]> => {
    asked.push(nodes);
    return Promise.resolve(nodes.map((node) => ({ node, lanes: 1, isDense: false, bars: [] })));
  };
  const host = { state, plan, now: () => farm.time, forecastOf: () => null, store: { ran } };
  const hour = 3_600_000;
  const whole = { from: farm.time - hour, to: farm.time + hour, grain: 1000, lanes: 4, focus: null };
  return new TimelineView(host, { ...whole, nodes: ['one', 'two'], ...window });
}

/** What has happened since the last time it was told. */
let told = 0;
function tell(view: TimelineView): boolean {
  const facts = farm.facts.slice(told);
  told = farm.facts.length;
  return view.note(facts, noChanges());
}

test('only the nodes on which something began or ended are told again, once in a second', async () => {
  const view = viewOf();
  told = farm.facts.length;
  expect((await view.picture()).rows.map(({ node }) => node)).toEqual(['one', 'two']);
  expect(view.again()).toBeNull();
  await farm.submit(batch({ melt: {} }));
  expect(tell(view)).toBe(true);
  expect(await view.delta()).toBeNull();
  vi.advanceTimersByTime(view.again() ?? 0);
  const [began] = [...farm.engine.state.attempts.values()];
  expect((await view.delta())?.rows.map(({ node }) => node)).toEqual([began?.node.id]);
  expect(view.again()).toBeNull();

  await farm.runAll();
  expect(tell(view)).toBe(true);
  vi.advanceTimersByTime(view.again() ?? 0);
  expect((await view.delta())?.rows).toHaveLength(1);
  expect(asked).toHaveLength(3);
});

test('of other nodes, and of a time that is over, nothing is told', async () => {
  const elsewhere = viewOf({ nodes: ['three'] });
  const over = viewOf({ to: farm.time - 1 });
  told = farm.facts.length;
  await elsewhere.picture();
  await over.picture();
  await farm.submit(batch({ melt: {} }));
  const before = told;
  expect(tell(elsewhere)).toBe(false);
  told = before;
  expect(tell(over)).toBe(false);
  expect([elsewhere.again(), over.again()]).toEqual([null, null]);
});

test('what is expected comes with the jobs that it is of, and deadlines in sight', async () => {
  const deadline = farm.time + 60_000;
  await farm.submit(batch({ melt: { tasks: 2 }, idle: { request: { cpu: 64 }, deadline } }));
  const plan = new Plan(farm.time);
  atOnce(forecast(farm.engine.state, farm.time, { onEnd: plan.add }));
  const picture = await viewOf({}, plan).picture();
  expect(picture.plan.map(({ bars }) => bars.length)).toEqual([1, 1]);
  expect(picture.plannedAt).toBe(farm.time);
  expect(picture.jobs.map(({ id, deadline: due }) => [id, due])).toEqual([
    ['b1.melt', null],
    ['b1.idle', deadline],
  ]);
});
