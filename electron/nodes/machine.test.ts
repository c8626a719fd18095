import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { describeMachine, readCards } from './machine';

test('this machine has cores, memory, a disk and a name for its system', { timeout: 30_000 }, async () => {
  const { capacity, labels } = await describeMachine(tmpdir());
  expect(capacity.cpu).toBeGreaterThan(0);
  expect(capacity.memoryMiB).toBeGreaterThan(0);
  expect(capacity.storageMiB).toBeGreaterThan(0);
  expect(labels).toEqual([expect.stringMatching(/^os:[a-z]/), expect.stringMatching(/^arch:[a-z]/)]);
});

test('each line that nvidia-smi prints is a card', () => {
  expect(readCards('24576\n24576\n')).toEqual([24576, 24576]);
  expect(readCards('[N/A]\r\n')).toEqual([0]);
  expect(readCards('')).toEqual([]);
});
