import { parseTarget } from './target';

/** What a person would type to come to the node of this address: the program and its words. */
export function sshByHand(address: string): readonly string[] {
  const { host, user, port } = parseTarget(address);
  return [
    'ssh',
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
    host,
  ];
}

/** The same as an address for programs that open such ones. */
export function sshUrl(address: string): string {
  const { host, user, port } = parseTarget(address);
  const place = host.includes(':') ? `[${host}]` : host;
  return `ssh://${user === null ? '' : `${encodeURIComponent(user)}@`}${place}${port === null ? '' : `:${port}`}`;
}
