import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import { codeOf, messageOf } from './failure';

/** A file that may hold a private key. */
export type KeyFile =
  | { readonly kind: 'missing'; readonly file: string; readonly publicKey: ParsedKey | null }
  | { readonly kind: 'unusable'; readonly file: string; readonly why: string }
  | { readonly kind: 'open'; readonly file: string; readonly publicKey: ParsedKey; readonly key: ParsedKey }
  | {
      readonly kind: 'locked';
      readonly file: string;
      readonly publicKey: ParsedKey | null;
      readonly text: string;
    };

export async function readKeyFile(file: string): Promise<KeyFile> {
  const beside = await readPublicKey(`${file}.pub`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'missing', file, publicKey: beside };
    return { kind: 'unusable', file, why: `it cannot be read: ${messageOf(error)}` };
  }
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) {
    if (/no passphrase given/i.test(key.message))
      return { kind: 'locked', file, publicKey: publicPart(text) ?? beside, text };
    return { kind: 'unusable', file, why: messageOf(key) };
  }
  // To name the public key means: that one, from the agent.
  if (!key.isPrivateKey()) return { kind: 'missing', file, publicKey: key };
  return { kind: 'open', file, publicKey: key, key };
}

/** Null: it is not the passphrase. */
export function unlock(text: string, passphrase: string): ParsedKey | null {
  const key = ssh2.utils.parseKey(text, passphrase);
  return key instanceof Error ? null : key;
}

export const sameKey = (one: ParsedKey, other: ParsedKey): boolean =>
  one.getPublicSSH().equals(other.getPublicSSH());

async function readPublicKey(file: string): Promise<ParsedKey | null> {
  try {
    return parsePublic(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

/** OpenSSH keeps the public key readable in an encrypted file, so that a server can be asked whether it wants it. */
function publicPart(text: string): ParsedKey | null {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1];
  if (body === undefined) return null;
  const bytes = Buffer.from(body, 'base64');
  try {
    let at = 'openssh-key-v1\0'.length;
    const next = (): Buffer => {
      const from = at + 4;
      at = from + bytes.readUInt32BE(at);
      return bytes.subarray(from, at);
    };
    // Cipher, key derivation and its options; then the number of keys, then the first.
    next();
    next();
    next();
    at += 4;
    const blob = next();
    const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
    return parsePublic(`${type} ${blob.toString('base64')}`);
  } catch {
    return null;
  }
}

function parsePublic(text: string): ParsedKey | null {
  const key = ssh2.utils.parseKey(text.trim());
  return key instanceof Error ? null : key;
}
