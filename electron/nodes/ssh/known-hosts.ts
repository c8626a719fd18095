import { createHash, createHmac } from 'node:crypto';
import { fitsOneOf } from './pattern';

/** One line of a known_hosts file. */
export interface KnownHost {
  readonly revoked: boolean;
  /** A comma list of patterns, or a hash of one name. */
  readonly hosts: string;
  readonly keyType: string;
  readonly key: Buffer;
  readonly file: string;
  readonly line: number;
}

export type HostVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly known: KnownHost }
  | { readonly kind: 'revoked'; readonly known: KnownHost };

/** What is not understood, and authorities of certificates, are left out. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split('\n').flatMap((line, index) => parseLine(line, file, index + 1) ?? []);
}

function parseLine(text: string, file: string, line: number): KnownHost | null {
  const words = text.trim().split(/[ \t]+/);
  const marker = words[0]?.startsWith('@') === true ? words.shift() : null;
  const [hosts, keyType, encoded] = words;
  if (marker !== null && marker !== '@revoked') return null;
  if (hosts === undefined || hosts.startsWith('#') || keyType === undefined || encoded === undefined)
    return null;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const key = Buffer.from(encoded, 'base64');
  return keyTypeOf(key) === keyType ? { revoked: marker !== null, hosts, keyType, key, file, line } : null;
}

/** The type that a public key, as it is sent, says of itself; null: it is not a key. */
export function keyTypeOf(key: Buffer): string | null {
  if (key.length < 4) return null;
  const length = key.readUInt32BE(0);
  const type = key.toString('latin1', 4, 4 + length);
  return type.length === length && /^[a-z0-9@.-]{1,64}$/.test(type) ? type : null;
}

export function isFor({ hosts }: KnownHost, name: string): boolean {
  if (!hosts.startsWith('|')) return fitsOneOf(hosts.split(','), name);
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** A host that is known, but not with this key, has changed, whatever the type of the key. */
export function judge(known: readonly KnownHost[], name: string, key: Buffer): HostVerdict {
  const its = known.filter((entry) => isFor(entry, name));
  const same = its.filter((entry) => entry.key.equals(key));
  const revoked = same.find((entry) => entry.revoked);
  if (revoked !== undefined) return { kind: 'revoked', known: revoked };
  if (same.length > 0) return { kind: 'known' };
  const others = its.filter((entry) => !entry.revoked);
  const changed = others.find((entry) => entry.keyType === keyTypeOf(key)) ?? others[0];
  return changed === undefined ? { kind: 'unknown' } : { kind: 'changed', known: changed };
}

export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
