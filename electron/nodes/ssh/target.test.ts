import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SshFailure } from './failure';
import { parseTarget, targetText } from './target';

test.each([
  ['node7', { host: 'node7', user: null, port: null }],
  ['anna@node7.example', { host: 'node7.example', user: 'anna', port: null }],
  ['anna@10.0.0.7:2222', { host: '10.0.0.7', user: 'anna', port: 2222 }],
  ['STUDIO\\anna@node7', { host: 'node7', user: 'STUDIO\\anna', port: null }],
  ['anna@studio.example@node7', { host: 'node7', user: 'anna@studio.example', port: null }],
  ['[fe80::1%eth0]:22', { host: 'fe80::1%eth0', user: null, port: 22 }],
  ['anna@[::1]', { host: '::1', user: 'anna', port: null }],
  ['::1', { host: '::1', user: null, port: null }],
])('reads %s', (text, target) => expect(parseTarget(text)).toEqual(target));

test.each([
  '',
  '-oProxyCommand=touch x',
  'anna@-oProxyCommand=x',
  '-l@node',
  '@node',
  'anna@',
  'node 7',
  'node7\n',
  'node7\u0000',
  'node:',
  'node:0',
  'node:65536',
  'node:22x',
  'node:22:22',
  '[node]:22',
  '[::1',
  '[::1]22',
  'a/b',
  'node;reboot',
  '$(reboot)',
  "node'",
  'a'.repeat(256),
])('refuses %j', (text) => expect(() => parseTarget(text)).toThrow(SshFailure));

test('says what is wrong and how it is written, without control characters', () => {
  expect(() => parseTarget('no\u001b[2Jde')).toThrow(
    '“no [2Jde” is not a node: its host is neither a name nor an address. Write host, user@host, user@host:port or [IPv6 address]:port.',
  );
});

test('lets nothing through that a shell, a path or an option could take for something else', () => {
  const odd = fc.string({ unit: fc.constantFrom(...'ab1.-_@:[]%/\\ \t\n\u0000$;|&`"\'~*?é'.split('')) });
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (text) => {
      try {
        const target = parseTarget(text);
        expect(target.host).toMatch(/^[^\s\p{C}/;|&`"'$~*?@-][^\s\p{C}/;|&`"'$~*?@]*$/u);
        expect(target.user ?? 'a').toMatch(/^[^\s\p{C}/;|&`"'~*?-][^\s\p{C}/;|&`"'~*?]*$/u);
        expect(parseTarget(targetText(target))).toEqual(target);
      } catch (error) {
        if (!(error instanceof SshFailure)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
