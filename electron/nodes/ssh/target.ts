import { isIPv6 } from 'node:net';
import { plain, SshFailure } from './failure';

/** A node as a person names it; null: the configuration or the usual says. */
export interface SshTarget {
  /** A name, an address or an alias of the configuration. */
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
}

const form = 'Write host, user@host, user@host:port or [IPv6 address]:port.';
const namePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
const userPattern = /^[\p{L}\p{N}_.][\p{L}\p{N}_.@\\+$-]*$/u;
const mostCharacters = 255;

/** Reads `host`, `user@host`, `user@host:port`, `[v6]:port`; refuses all else. */
export function parseTarget(text: string): SshTarget {
  const odd = (what: string): SshFailure =>
    new SshFailure('configuration', `“${plain(text)}” is not a node: ${what}. ${form}`);
  if (text === '') throw odd('it is empty');
  if (text.length > mostCharacters) throw odd(`it is longer than ${mostCharacters} characters`);

  const at = text.lastIndexOf('@');
  const user = at < 0 ? null : text.slice(0, at);
  if (user !== null && !userPattern.test(user)) throw odd('its user is not a user name');

  const place = text.slice(at + 1);
  if (isAddress(place)) return { host: place, user, port: null };
  const parts = /^(?:\[(?<address>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>.*))?$/su.exec(place)?.groups;
  if (parts === undefined) throw odd('its host is neither a name nor an address');
  const { address, name, port } = parts;
  if (address !== undefined && !isAddress(address)) throw odd('what stands in [ ] is not an IPv6 address');
  if (name !== undefined && !namePattern.test(name)) throw odd('its host is neither a name nor an address');
  return { host: address ?? name ?? '', user, port: port === undefined ? null : parsePort(port, odd) };
}

/** As it would be typed; `parseTarget` reads it back. */
export function targetText({ host, user, port }: SshTarget): string {
  const place = port === null ? host : hostAndPort(host, port);
  return user === null ? place : `${user}@${place}`;
}

export const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** With a zone, as in `fe80::1%eth0`, it goes through as it is. */
const isAddress = (text: string): boolean => isIPv6(text) && /^[\w:.%-]+$/.test(text);

function parsePort(text: string, odd: (what: string) => SshFailure): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw odd('its port is not a number from 1 to 65535');
  return port;
}
