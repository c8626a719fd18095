import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLink, readLink, routeOfLink } from './deep-links';

const route = (text: string): string | null => {
  const link = readLink(text);
  return link === null ? null : routeOfLink(link);
};

describe('links to Drover', () => {
  it.each([
    ['drover://job/b7.melt', '#/job/b7.melt'],
    ['DROVER://Job/b7.melt/', '#/job/b7.melt'],
    ['drover://job/b7.a%20b%2Fc%23', '#/job/b7.a%20b%2Fc%23'],
    ['drover://batch/b7', '#/batch/b7'],
    ['drover://node/render-01', '#/node/render-01'],
    ['drover://node/This%20machine', '#/node/This%20machine'],
  ])('%s leads to %s', (text, expected) => {
    expect(route(text)).toBe(expected);
  });

  it.each([
    'drover://',
    'drover://job/',
    'drover://job/melt',
    'drover://job/b7',
    'drover://batch/b7.melt',
    'drover://batch/b7/../job',
    'drover://batch/b7?cancel=1',
    'drover://batch/b7#x',
    'drover://node/a%00b',
    'drover://node/a%0Ab',
    'drover://node/%ff',
    'drover://submit/x',
    'drover:job/b7.melt',
    'https://job/b7.melt',
    ' drover://batch/b7',
    `drover://node/${'a'.repeat(3000)}`,
  ])('%s leads nowhere', (text) => {
    expect(route(text)).toBeNull();
  });

  it('leads to what was meant, whatever a job or a node is called', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
      .filter((text) => text.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        expect(readLink(`drover://job/${encodeURIComponent(`b1.${text}`)}`)).toEqual({
          kind: 'job',
          id: `b1.${text}`,
        });
      }),
    );
  });

  it('is told from files', () => {
    expect(isLink('drover://job/b1.film.yaml')).toBe(true);
    expect(isLink('/home/ada/drover.yaml')).toBe(false);
  });
});
