import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { sshByHand, sshUrl } from './by-hand';

const unsayable = '/home/anna/"/known_hosts';

test.each([
  ['render1', ['ssh', 'render1']],
  ['anna@render1', ['ssh', '-l', 'anna', 'render1']],
  ['STUDIO\\anna@render1:2222', ['ssh', '-p', '2222', '-l', 'STUDIO\\anna', 'render1']],
  ['anna@studio.example@render1', ['ssh', '-l', 'anna@studio.example', 'render1']],
  ['[fe80::1%eth0]:22', ['ssh', '-p', '22', 'fe80::1%eth0']],
])('%s', (address, words) => {
  expect(sshByHand(address, unsayable)).toEqual(words);
});

test.each(['-oProxyCommand=x', 'a b', '$(x)', 'render1;x', 'a@-x', '-l@x'])('never %s', (address) => {
  expect(() => sshByHand(address, unsayable)).toThrow('is not a node');
});

test('as an address', () => {
  expect(sshUrl('render1')).toBe('ssh://render1');
  expect(sshUrl('STUDIO\\anna@render1:2222')).toBe('ssh://STUDIO%5Canna@render1:2222');
  expect(sshUrl('[::1]:22')).toBe('ssh://[::1]:22');
});

test('ssh looks for host keys where Drover keeps them, too', () => {
  const file = '/home/anna/the farm/known_hosts';
  const [program = '', ...words] = sshByHand('anna@render1:2222', file);
  expect(words.slice(2)).toEqual(['-p', '2222', '-l', 'anna', 'render1']);
  const settings = execFileSync(program, ['-G', '-F', 'none', ...words], { encoding: 'utf8' });
  expect(settings).toMatch(
    /^globalknownhostsfile \/etc\/ssh\/ssh_known_hosts .*\/home\/anna\/the farm\/known_hosts$/m,
  );
});
