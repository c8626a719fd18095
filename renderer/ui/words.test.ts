import { describe, expect, it } from 'vitest';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { countInWords, memoryInWords, momentInWords, percentInWords, rateInWords } from './words';

describe('numbers', () => {
  it('separates thousands and counts one apart from many', () => {
    expect(countInWords(1, 'task')).toBe('1 task');
    expect(countInWords(1_000_000, 'task')).toBe('1,000,000 tasks');
    expect(countInWords(2, 'batch', 'batches')).toBe('2 batches');
  });

  it('never rounds to complete or to nothing', () => {
    expect([0, 0.001, 0.545, 0.999, 1].map(percentInWords)).toEqual(['0 %', '1 %', '55 %', '99 %', '100 %']);
  });

  it('says memory in the unit that fits', () => {
    expect([512, 1024, 1536, 65_536].map(memoryInWords)).toEqual(['512 MiB', '1 GiB', '1.5 GiB', '64 GiB']);
  });

  it('says how quickly bytes come in the unit that fits', () => {
    const words = ['0 B/s', '999 B/s', '1.5 kB/s', '25 MB/s', '3,000 GB/s'];
    expect([0, 999, 1_500, 25_000_000, 3e12].map(rateInWords)).toEqual(words);
    expect([0, 999, 1_500, 3e12].map(bytesInWords)).toEqual(['0 B', '999 B', '1.5 kB', '3 TB']);
  });
});

describe('moments', () => {
  const now = new Date(2025, 10, 21, 15, 0).getTime();

  it('leaves out what is plain from now', () => {
    expect(momentInWords(new Date(2025, 10, 21, 9, 5).getTime(), now)).toBe('09:05');
    expect(momentInWords(new Date(2025, 10, 20, 23, 59).getTime(), now)).toBe('Thu 23:59');
    expect(momentInWords(new Date(2025, 9, 2, 8, 0).getTime(), now)).toBe('2 Oct 08:00');
  });
});
