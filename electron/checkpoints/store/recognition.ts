import { createCipheriv } from 'node:crypto';

/** The secret of a store by which it recognises its own chunks. */
export const recognitionKeyBytes = 16;

const start = Buffer.alloc(12);

/**
 * A check of 128 bits under a key of the store (GMAC: nothing is encrypted, so that its start need not
 * differ). It is several times as quick as a SHA-256, and tells with a chance of error under 2^-100 whether
 * bytes are those of a chunk that is expected here. Chunks have their names from SHA-256.
 */
export function recognisedBy(key: Uint8Array, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-gcm', key, start);
  cipher.setAAD(bytes);
  cipher.final();
  return cipher.getAuthTag();
}
