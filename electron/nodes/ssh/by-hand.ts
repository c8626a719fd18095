import { everyonesKnownHosts } from './settings';
import { parseTarget } from './target';

/**
 * What a person would type to come to the node of this address: the program and its words.
 * @param knownHostsFile where Drover keeps the keys of hosts that a person has confirmed
 */
export function sshByHand(address: string, knownHostsFile: string): readonly string[] {
  const { host, user, port } = parseTarget(address);
  return [
    'ssh',
    ...knowing(knownHostsFile),
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
    host,
  ];
}

/** Beside the usual ones; the user's own come before and are what ssh writes to. */
function knowing(file: string): readonly string[] {
  // These cannot be said to ssh within quotation marks.
  if (/["\n]|\\\\/.test(file)) return [];
  const files = [...everyonesKnownHosts(), file].map((one) => `"${one}"`);
  return ['-o', `GlobalKnownHostsFile=${files.join(' ')}`];
}

/** The same as an address for programs that open such ones. */
export function sshUrl(address: string): string {
  const { host, user, port } = parseTarget(address);
  const place = host.includes(':') ? `[${host}]` : host;
  return `ssh://${user === null ? '' : `${encodeURIComponent(user)}@`}${place}${port === null ? '' : `:${port}`}`;
}
