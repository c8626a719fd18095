import { describe, expect, it } from 'vitest';
import type { StepAbout } from '../../../../shared/ipc/job';
import { askedAgainAt, measuredInWords, originInWords, usesOf } from './words';

const step: StepAbout = {
  name: 'main',
  parameters: {},
  asked: { cpu: 4, memoryMiB: 8192 },
  used: {
    attempts: 24,
    isPart: false,
    cpuMs: 3_600_000,
    peakMemoryMiB: 2048,
    cores: 3,
  },
  suggestions: [],
};

describe('what a job is made of', () => {
  it('tells what was used against what was asked for', () => {
    expect(usesOf(step)).toEqual([
      { name: 'Processor', asked: '4 cores', used: '3 cores busy on average', part: 0.75 },
      { name: 'Memory', asked: '8 GiB', used: 'at most 2 GiB', part: 0.25 },
    ]);
    expect(usesOf({ ...step, asked: { cpu: 0, memoryMiB: 0 }, used: null })).toEqual([
      { name: 'Processor', asked: 'not said', used: '–', part: null },
      { name: 'Memory', asked: 'not said', used: '–', part: null },
    ]);
    expect(measuredInWords(step)).toBe('Of 24 measured attempts: 1 h of processor time in all.');
  });

  it('tells where it came from', () => {
    expect(originInWords({ kind: 'preset', name: 'blender', title: 'Blender' })).toBe('The preset Blender');
    expect(originInWords(null)).toBe('Not known any more');
  });

  it('is asked for again when twice as much has ended, not with each task', () => {
    const asked = new Set(Array.from({ length: 1000 }, (_, ended) => askedAgainAt(ended, false)));
    expect(asked.size).toBe(10);
    expect(asked.has(askedAgainAt(1000, true))).toBe(false);
  });
});
