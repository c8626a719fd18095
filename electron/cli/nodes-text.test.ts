import { expect, test } from 'vitest';
import type { NodeRow, VitalReading } from '../../shared/ipc/nodes';
import { noCapacity } from '../../shared/model/amounts';
import { machineText, nodesText, stepsText } from './nodes-text';
import { vitalsText } from './vitals-text';

const row: NodeRow = {
  ...{ id: 'render1', name: 'Render 1', kind: 'ssh', address: 'ann@render1', state: 'ONLINE', reason: null },
  ...{ setAsideUntil: null, system: 'Debian', vitals: null, clock: null, labels: ['os:linux'] },
  ...{ capacity: { ...noCapacity, cpu: 8 }, running: 2, resources: [] },
};

test('nodes: where they are, how they stand, and what should be known of each', () => {
  const until = Date.parse('2026-12-01T18:00:00Z');
  const aside = { state: 'MAINTENANCE', reason: 'set aside by ann', setAsideUntil: until } as const;
  const clock = 'The clock of Render 2 is 4 min ahead.';
  const text = nodesText({
    nodes: [row, { ...row, id: 'render2', name: 'Render 2', ...aside, clock }],
    farm: [],
  });
  const lines = text.split('\n');
  expect(lines[1]).toMatch(/^render1 +Render 1 +ann@render1 +ONLINE +2/);
  expect(text).toContain('Render 2: set aside by ann\n');
  expect(text).toMatch(/Render 2: set aside until 1 Dec 2026/);
  expect(lines.at(-1)).toBe(clock);
});

test('a trial: a line a step, up to where it went no further', () => {
  expect(stepsText({ kind: 'failed', step: 'name', message: '' }).split('\n').slice(0, 3)).toEqual([
    'ok      the SSH configuration can be read',
    'failed  its name leads to an address',
    '-       something answers there',
  ]);
  const question = { kind: 'passphrase', id: 'x', keyFile: '/k', again: false } as const;
  expect(stepsText({ kind: 'question', question })).toContain('asks  it lets you in\n-     it takes files');
});

test('a machine that was found: only what there is', () => {
  const text = machineText({
    ...{ host: 'render1', system: 'Debian', capacity: { ...noCapacity, cpu: 8, gpu: 1 }, freeDiskMiB: 2048 },
    ...{ cards: [{ name: 'RTX 4090', memoryMiB: 24_564 }], shells: ['sh', 'bash'], labels: [] },
    programs: [
      { name: 'blender', version: '4.2' },
      { name: 'ffmpeg', version: null },
    ],
  });
  expect(text.split('\n')).toEqual([
    'machine   render1, Debian',
    'has       8 cores and 1 GPU, 2 GiB of disk free',
    'cards     RTX 4090 (24564 MiB)',
    'shells    sh, bash',
    'programs  blender 4.2, ffmpeg',
  ]);
});

test('vitals: a column a minute, the newest at the right; unknown minutes are blank', () => {
  const now = 3_600_000 * 10;
  const nothing = { cpu: null, memoryUsedMiB: null, load: null, temperature: null, gpu: null };
  const rates = { diskRead: null, diskWrite: null, networkIn: null, networkOut: null, gpuTemperature: null };
  const reading = (minutesAgo: number, cpu: number, memoryUsedMiB: number): VitalReading => ({
    ...{ ...nothing, ...rates, cpu, memoryUsedMiB, at: now - minutesAgo * 60_000 },
  });
  const readings = [
    reading(59.5, 0, 1024),
    reading(2.5, 1, 8192),
    reading(2.2, 0.1, 1024),
    reading(0, 0.5, 4096),
  ];
  expect(vitalsText('Render 1', readings, 16_384, now).split('\n')).toEqual([
    'Render 1, the last hour',
    `cpu     ▁${' '.repeat(56)}█ ▅  now 50 %, at most 100 %`,
    `memory  ▁${' '.repeat(56)}▅ ▃  now 4 GiB of 16 GiB, at most 8 GiB`,
  ]);
  expect(vitalsText('Render 1', [], 0, now)).toContain('Nothing is known yet');
});
