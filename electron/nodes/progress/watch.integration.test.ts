import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noRequest } from '../../../shared/model/amounts';
import type { Step } from '../../../shared/model/batch';
import type { AttemptId } from '../../../shared/model/ids';
import type { Order } from '../../engine/effects';
import { step } from '../../engine/farm-for-tests';
import { localNode } from '../node-for-tests';
import { recorded } from './recordings-for-tests';
import type { ReportedValue } from './values';
import { ProgressWatch, type RunningAttempt } from './watch';

/** This machine, whose attempts are followed as a Host does it. */
class Watched {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-progress-'));
  readonly values: ReportedValue[] = [];
  private readonly running = new Map<AttemptId, RunningAttempt>();
  private readonly ended = new Set<AttemptId>();
  private wake = (): void => {};
  private isUp = false;
  private readonly node = localNode(join(this.folder, 'node'), (report) => {
    if (report.kind === 'attemptEnded') this.ended.add(report.attempt);
    if (report.kind === 'nodeUp') this.isUp = true;
    this.wake();
  });
  readonly watch = new ProgressWatch({
    now: () => Date.now(),
    running: () => this.running.values(),
    readLog: (attempt, from, bytes) => this.node.readLog(attempt, from, bytes),
    onProgress: () => this.wake(),
    onValue: (_attempt, value) => this.values.push(value),
  });

  async open(): Promise<void> {
    this.node.open();
    this.watch.open();
    await this.until(() => this.isUp);
    this.node.reconcile([]);
  }

  start(attempt: AttemptId, work: Step): RunningAttempt {
    const order: Order = {
      ...{ attempt, node: 'local', batch: 'b1', batchName: 'Test', job: 'film', step: work, task: 0 },
      ...{ output: join(this.folder, 'out'), request: noRequest, placement: null },
    };
    const running = { id: attempt, node: { id: 'local' }, assignedAt: Date.now(), step: { step: work } };
    this.running.set(attempt, running);
    this.node.start(order);
    return running;
  }

  hasEnded(attempt: AttemptId): Promise<void> {
    return this.until(() => this.ended.has(attempt));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((woken) => (this.wake = woken));
  }

  close(): void {
    this.watch.close();
    this.node.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

test('what a real process prints is told while it runs, in pieces that fall as they like', async () => {
  const watched = new Watched();
  try {
    await watched.open();
    const { folder, watch } = watched;
    const output = recorded('povray-frames');
    const cut = output.indexOf('Rendered 7168 of') + 12;
    writeFileSync(join(folder, 'first'), output.subarray(0, cut));
    writeFileSync(join(folder, 'rest'), output.subarray(cut));
    const text =
      'cat first; while [ -e first ] && [ ! -e go ]; do sleep 0.1; done; cat rest; printf "drover_value: loss 0.5"';
    const work = step({ action: { kind: 'script', text }, folder });
    const running = watched.start('a-1', work);
    await watched.until(() => watch.of('a-1')?.phrase === 'Frame 1 of 3, 6,144 of 14,400 pixels');
    expect(watch.fractionOf('a-1')).toBeCloseTo(6144 / 14_400 / 3);
    writeFileSync(join(folder, 'go'), '');
    await watched.hasEnded('a-1');
    await watch.readToEnd(running);
    expect(watch.of('a-1')).toEqual({ fraction: 1, phrase: 'Frame 3 of 3, 14,400 of 14,400 pixels' });
    expect(watched.values).toEqual([{ name: 'loss', value: 0.5 }]);
  } finally {
    watched.close();
  }
});
