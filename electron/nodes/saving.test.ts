import { expect, test } from 'vitest';
import { anyFile, usualKeep, type CheckpointRule } from '../../shared/model/checkpoint';
import type { MadeRule } from '../../shared/model/making';
import { step } from '../engine/farm-for-tests';
import type { Order } from '../engine/effects';
import { savingFor, savingLine } from './saving';

const places = { bin: '/bin', runtime: null, root: '/root', sessions: '/sessions' };
const node = {
  owner: { host: 'h' },
  pathOn: (path: string) => path,
  mappings: () => [],
  manners: () => ({ umask: null }),
};
const rule: CheckpointRule = {
  ...{ files: ['x'], folder: null, together: false, type: 'FULL', whole: anyFile, at: null, resumed: null },
  keep: usualKeep,
};

function lineFor(made?: MadeRule): string | null {
  const one = step({
    folder: '/w',
    parameters: { Name: "it's; rm -r" },
    checkpoints: { ...rule, ...(made && { made }) },
  });
  const order: Order = {
    ...{ attempt: 'a-1', node: 'n', batch: 'b1', batchName: 'B', job: 'j', step: one, task: 0 },
    ...{ output: '/out', request: one.request, placement: null },
  };
  const saving = savingFor(order, places, node);
  return saving === null ? null : savingLine('a-1', saving);
}

test('what cannot be asked to save is not asked', () => {
  expect(lineFor()).toBeNull();
  expect(lineFor({ kind: 'itself' })).toBeNull();
  expect(lineFor({ kind: 'signal', signal: 'TERM', everyMs: null })).toBeNull();
});

test('a signal is a single line, a command has its script beside it', () => {
  expect(lineFor({ kind: 'signal', signal: 'USR1', everyMs: 1500 })).toBe('SAVING a-1 2 usr1 0 0');
  const argv = ['save', '{{Name}}', '{{Frame}}'];
  const [line = '', script = '', ...rest] = (
    lineFor({ kind: 'command', action: { kind: 'command', argv }, timeoutMs: 5000, everyMs: null }) ?? ''
  ).split('\n');
  expect(rest).toEqual([]);
  expect(line).toBe(`SAVING a-1 0 command 5 ${script.length}`);
  expect(script).toContain(String.raw`exec 'save' 'it'`);
  expect(script).toContain('/w');
});
