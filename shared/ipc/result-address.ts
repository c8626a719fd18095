/** The addresses by which the window shows pictures among the results of a batch. */
import type { ResultFile } from './results';
import type { BatchId } from '../model/ids';

/** What can be shown as it is; nothing that can hold scripts. */
export const pictureTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
  avif: 'image/avif',
};

/** Null: it is no picture that can be shown. */
export function pictureType(path: string): string | null {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(pictureTypes, ending) ? (pictureTypes[ending] ?? null) : null;
}

const start = '/results/';
const longest = 4096;

/** Another one when the file has changed, so that no old picture is shown. */
export function resultAddress(batch: BatchId, { path, bytes, changedAt }: ResultFile): string {
  return `${start}${batch}/${inLetters(path)}?v=${bytes}-${changedAt}`;
}

/** What an address names; null: it is none of these. Nothing but plain names leads into a folder. */
export function resultAt(pathname: string): { readonly batch: BatchId; readonly path: string } | null {
  const match = /^\/results\/(b(?:0|[1-9]\d{0,14}))\/([\w-]{1,8192})$/.exec(pathname);
  const [, batch, letters] = match ?? [];
  if (batch === undefined || letters === undefined || !isBatchId(batch)) return null;
  const path = fromLetters(letters);
  return path === null || !isPlainPath(path) || pictureType(path) === null ? null : { batch, path };
}

/** Names only, with `/` between them: none hidden, none that leads upwards. */
export function isPlainPath(path: string): boolean {
  if (path.length > longest || /[\\\0:]/.test(path)) return false;
  return path.split('/').every((name) => name !== '' && !name.startsWith('.'));
}

function inLetters(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromLetters(letters: string): string | null {
  try {
    const bytes = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
    );
    // The same file has one address only.
    return inLetters(text) === letters ? text : null;
  } catch {
    return null;
  }
}

const isBatchId = (text: string): text is BatchId => /^b\d+$/.test(text);
