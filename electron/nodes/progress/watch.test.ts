import { expect, test } from 'vitest';
import { recognised, type ProgressRule } from '../../../shared/model/progress';
import type { AttemptId } from '../../../shared/model/ids';
import { step } from '../../engine/farm-for-tests';
import type { ReportedValue } from './values';
import { ProgressWatch, type RunningAttempt } from './watch';

/** Logs that the test writes, nodes that answer when it lets them, and a clock that it holds in its hand. */
class Farm {
  now = 1_000_000;
  readonly running: RunningAttempt[] = [];
  readonly logs = new Map<AttemptId, Buffer>();
  readonly reads: AttemptId[] = [];
  readonly told: { attempt: AttemptId; at: number; phrase: string | null | undefined }[] = [];
  readonly values: ReportedValue[] = [];
  /** Nodes that do not answer now, with what waits for them. */
  readonly held = new Map<string, (() => void)[]>();
  readonly watch = new ProgressWatch({
    now: () => this.now,
    running: () => this.running,
    readLog: (attempt, from, bytes) => this.read(attempt, from, bytes),
    onProgress: (attempt) =>
      this.told.push({ attempt, at: this.now, phrase: this.watch.of(attempt)?.phrase }),
    onValue: (_attempt, value) => this.values.push(value),
  });

  start(id: AttemptId, node = 'local', progress: ProgressRule = recognised): RunningAttempt {
    const attempt = { id, node: { id: node }, assignedAt: this.now, step: { step: step({ progress }) } };
    this.running.push(attempt);
    return attempt;
  }

  print(attempt: AttemptId, text: string): void {
    this.logs.set(attempt, Buffer.concat([this.logs.get(attempt) ?? Buffer.alloc(0), Buffer.from(text)]));
  }

  later(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    return this.watch.look();
  }

  private async read(attempt: AttemptId, from: number, bytes: number) {
    this.reads.push(attempt);
    const node = this.running.find(({ id }) => id === attempt)?.node.id ?? '';
    const waiting = this.held.get(node);
    if (waiting !== undefined) await new Promise<void>((resolve) => waiting.push(resolve));
    const log = this.logs.get(attempt) ?? Buffer.alloc(0);
    const start = from < 0 ? Math.max(0, log.length + from) : Math.min(from, log.length);
    return { from: start, bytes: log.subarray(start, start + bytes), size: log.length };
  }
}

test('what Drover does for an attempt is told in place of what it prints, until that is over', async () => {
  const farm = new Farm();
  farm.start('a-1');
  farm.watch.say('a-1', 'sending 3 of 12 files');
  expect(farm.watch.of('a-1')).toEqual({ fraction: null, phrase: 'sending 3 of 12 files' });
  farm.print('a-1', 'openjd_progress: 50\nopenjd_status: half\n');
  await farm.later(1000);
  expect(farm.watch.of('a-1')).toEqual({ fraction: 0.5, phrase: 'sending 3 of 12 files' });
  farm.watch.say('a-1', null);
  expect(farm.watch.of('a-1')).toEqual({ fraction: 0.5, phrase: 'half' });
  expect(farm.told.map(({ phrase }) => phrase)).toEqual([
    'sending 3 of 12 files',
    'sending 3 of 12 files',
    'half',
  ]);
});

test('an attempt in its first second is not looked at, a young one every half second, an old one every two', async () => {
  const farm = new Farm();
  farm.start('a-1');
  for (let passed = 0; passed < 1000; passed += 250) await farm.later(passed === 0 ? 0 : 250);
  expect(farm.reads).toHaveLength(0);
  for (let ticks = 0; ticks < 40; ticks++) await farm.later(250);
  expect(farm.reads).toHaveLength(20);
  await farm.later(60_000);
  farm.reads.length = 0;
  for (let ticks = 0; ticks < 80; ticks++) await farm.later(250);
  expect(farm.reads).toHaveLength(10);
});

test('follows a log piece by piece, and tells at most twice a second, but the last of all', async () => {
  const farm = new Farm();
  farm.start('a-1');
  farm.print('a-1', 'openjd_progress: 10\nopenjd_status: one\nopenjd_prog');
  await farm.later(1000);
  expect(farm.watch.of('a-1')).toEqual({ fraction: 0.1, phrase: 'one' });
  farm.print('a-1', 'ress: 20\nopenjd_status: two\n');
  await farm.later(499);
  await farm.later(1);
  farm.print('a-1', 'openjd_status: three\n');
  await farm.later(499);
  for (let ticks = 0; ticks < 10; ticks++) await farm.later(100);
  expect(farm.watch.fractionOf('a-1')).toBe(0.2);
  expect(farm.told.at(-1)?.phrase).toBe('three');
  const times = farm.told.map(({ at }) => at);
  for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(500);
});

test('a node that does not answer holds up nobody else, and is asked for eight at a time', async () => {
  const farm = new Farm();
  const far: (() => void)[] = [];
  farm.held.set('far', far);
  for (let index = 0; index < 20; index++) {
    const id: AttemptId = `a-far-${index}`;
    farm.start(id, 'far');
    farm.print(id, 'openjd_progress: 50\n');
  }
  farm.start('a-near', 'near');
  farm.print('a-near', 'openjd_progress: 10\n');
  const looks = [farm.later(1000)];
  farm.print('a-near', 'openjd_progress: 20\n');
  await settled();
  looks.push(farm.later(500));
  await settled();
  expect(farm.watch.fractionOf('a-near')).toBe(0.2);
  expect(far).toHaveLength(8);
  while (far.length > 0) {
    expect(far.length).toBeLessThanOrEqual(8);
    far.shift()?.();
    await settled();
  }
  await Promise.all(looks);
  expect(farm.running.every(({ id }) => farm.watch.fractionOf(id) !== null)).toBe(true);
});

test('of a log that has grown long only the beginning and the end are read', async () => {
  const farm = new Farm();
  farm.start('a-1');
  farm.print('a-1', 'Persistence of Vision(tm) Ray Tracer Version 3.7\nRendering frame 1 of 2\n');
  farm.print('a-1', 'noise\n'.repeat(1_000_000));
  farm.print('a-1', 'Rendered 50 of 100 pixels (50%)\r');
  await farm.later(1000);
  expect(farm.watch.of('a-1')).toEqual({ fraction: 0.25, phrase: 'Frame 1 of 2, 50 of 100 pixels' });
  expect(farm.reads).toHaveLength(2);
});

test('values are told as they come, each once, and with the last line', async () => {
  const farm = new Farm();
  const attempt = farm.start('a-1', 'local', { kind: 'none' });
  farm.print('a-1', 'drover_value: loss 0.5\r\nnoise\ndrover_value: lo');
  await farm.later(1000);
  farm.print('a-1', 'ss 0.25\ndrover_value: loss much\n');
  await farm.later(500);
  farm.print('a-1', `${'x'.repeat(10_000)}\n`.repeat(20));
  farm.print('a-1', 'drover_value: loss 0.125');
  await farm.watch.readToEnd(attempt);
  expect(farm.values).toEqual([0.5, 0.25, 0.125].map((value) => ({ name: 'loss', value })));
  farm.watch.forget('a-1');
  expect(farm.watch.of('a-1')).toBeNull();
});

test('the end is read also while a look is under way, and nothing twice', async () => {
  const farm = new Farm();
  const held: (() => void)[] = [];
  farm.held.set('far', held);
  const attempt = farm.start('a-1', 'far');
  farm.print('a-1', 'drover_value: loss 1\n');
  const look = farm.later(1000);
  const end = farm.watch.readToEnd(attempt);
  farm.held.clear();
  await settled();
  held.forEach((answer) => answer());
  await Promise.all([look, end]);
  expect(farm.values).toEqual([{ name: 'loss', value: 1 }]);
});

test('a node that cannot be asked is asked again', async () => {
  const farm = new Farm();
  let isGone = true;
  const watch = new ProgressWatch({
    now: () => farm.now,
    running: () => farm.running,
    readLog: () =>
      isGone
        ? Promise.reject(new Error('no way there'))
        : Promise.resolve({ from: 0, bytes: Buffer.from('openjd_progress: 5\n'), size: 19 }),
    onProgress: () => {},
    onValue: () => {},
  });
  farm.start('a-1');
  farm.now += 1000;
  await watch.look();
  isGone = false;
  farm.now += 500;
  await watch.look();
  expect(watch.fractionOf('a-1')).toBe(0.05);
});

/** All that can go on without an answer has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
