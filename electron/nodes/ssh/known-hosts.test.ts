import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint, judge, parseKnownHosts } from './known-hosts';
import { fits } from './pattern';

const keyOf = (type: string, seed: string): Buffer => {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return Buffer.concat([length, name, Buffer.from(seed.padEnd(32, '.'))]);
};
const ed = keyOf('ssh-ed25519', 'one');
const otherEd = keyOf('ssh-ed25519', 'two');
const rsa = keyOf('ssh-rsa', 'three');
const line = (hosts: string, key: Buffer, marker = ''): string =>
  `${marker}${hosts} ${key.toString('latin1', 4, 4 + key.readUInt32BE(0))} ${key.toString('base64')} a comment`;
const verdict = (text: string, name: string, key: Buffer): string =>
  judge(parseKnownHosts(text, 'known_hosts'), name, key).kind;
const hashed = (name: string): string => {
  const salt = Buffer.from('12345678901234567890');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};

test.each([
  ['node', 'node'],
  ['node,10.0.0.7', '10.0.0.7'],
  ['Node.Example', 'node.example'],
  ['*.example,!bad.example', 'good.example'],
  ['node?', 'node1'],
  ['[node]:2222', '[node]:2222'],
  [hashed('node'), 'node'],
  [hashed('[node]:2222'), '[node]:2222'],
])('%s is for %s', (hosts, name) => expect(verdict(line(hosts, ed), name, ed)).toBe('known'));

test.each([
  ['node', 'node1'],
  ['*.example,!bad.example', 'bad.example'],
  ['node?', 'node'],
  ['node', '[node]:2222'],
  [hashed('node'), 'node1'],
  ['|2|x|y', 'node'],
])('%s is not for %s', (hosts, name) => expect(verdict(line(hosts, ed), name, ed)).toBe('unknown'));

test('another key of a known host is a change, whatever its type', () => {
  expect(verdict(line('node', ed), 'node', otherEd)).toBe('changed');
  expect(verdict(line('node', ed), 'node', rsa)).toBe('changed');
});

test('a change names the key of the same type, where it stands', () => {
  const known = parseKnownHosts(`# mine\n${line('node', rsa)}\n${line('node', ed)}`, '/home/a/known_hosts');
  expect(judge(known, 'node', otherEd)).toMatchObject({
    kind: 'changed',
    known: { keyType: 'ssh-ed25519', file: '/home/a/known_hosts', line: 3 },
  });
});

test('a host may have several keys', () => {
  const text = `${line('node', otherEd)}\n${line('node', rsa)}\r\n${line('node', ed)}`;
  expect(verdict(text, 'node', ed)).toBe('known');
});

test('a revoked key is refused even if another line knows it; other keys are not concerned', () => {
  const text = `${line('node', ed)}\n${line('*', ed, '@revoked ')}`;
  expect(verdict(text, 'node', ed)).toBe('revoked');
  expect(verdict(text, 'other', otherEd)).toBe('unknown');
});

test('takes no notice of authorities of certificates', () => {
  expect(verdict(line('*', ed, '@cert-authority '), 'node', ed)).toBe('unknown');
});

test('prints a fingerprint as ssh-keygen does', () => {
  const key = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl', 'base64');
  expect(fingerprint(key)).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

test('never fails on garbage, nor trusts it', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '@revoked',
      '@',
      '#',
      '|1|',
      '|1|AA|BB',
      '*',
      '!',
      'node',
      'ssh-ed25519',
      ed.toString('base64'),
      'AAAA',
      '=',
    ),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(word).map((words) => words.join(' '))), (lines) => {
      const known = parseKnownHosts(lines.join('\n'), 'known_hosts');
      expect(judge(known, 'node', otherEd).kind).not.toBe('known');
    }),
  );
});

test('patterns match as their regular expressions do, and quickly', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?') });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(fits(pattern, text)).toBe(new RegExp(`^${expression}$`, 's').test(text));
    }),
  );
  expect(fits('*a'.repeat(50), 'a'.repeat(2000) + 'b')).toBe(false);
});
