import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultAddress, resultAt } from './result-address';

const file = (path: string) => ({ path, bytes: 1, changedAt: 2 });
const pathname = (address: string): string => new URL(address, 'app://drover').pathname;
/** As an address would be made of it. */
const named = (path: string): string => pathname(resultAddress('b7', file(path)));

describe('the address of a picture', () => {
  it('names the batch and the path, whatever letters that has', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/^\.|[\\/:\0]/.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const path = `${names.join('/')}.png`;
        expect(resultAt(named(path))).toEqual({ batch: 'b7', path });
      }),
    );
  });

  it('changes with the file', () => {
    expect(resultAddress('b7', file('a.png'))).not.toBe(resultAddress('b7', { ...file('a.png'), bytes: 3 }));
  });

  it.each([
    '../a.png',
    'a/../../b.png',
    '/etc/a.png',
    'a//b.png',
    './a.png',
    '.hidden/a.png',
    'a/.b.png',
    'a\\b.png',
    'C:a.png',
    'a\0.png',
    'a.svg',
    'a.html',
    'a.png/',
    'png',
    '',
  ])('leads nowhere for %j', (path) => {
    expect(resultAt(named(path))).toBeNull();
  });

  it.each([
    '/results/b7/',
    '/results/b07/YS5wbmc',
    '/results/7/YS5wbmc',
    '/results/b7/YS5wbmc=',
    '/results/b7/YS5wbmd',
    '/results/b7/x/YS5wbmc',
    '/results/b7/%2e%2e',
    '/results/b7/gICA',
    '/x/results/b7/YS5wbmc',
  ])('is not %s', (address) => {
    expect(resultAt(address)).toBeNull();
  });

  it('that is nothing but letters never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void resultAt(`/results/b1/${text}`)));
  });
});
