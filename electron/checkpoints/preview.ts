/** What can be shown of a file of a checkpoint, from its first bytes. */
import type { CheckpointPreview } from '../../shared/ipc/checkpoints';

/** A larger picture is not shown: it would come to the window as a whole. */
export const mostOfPicture = 6 << 20;
const mostOfText = 64 << 10;
const mostOfBytes = 256;

const pictureTypes = [
  { type: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', begins: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', begins: [0x42, 0x4d] },
] as const;

/** So many bytes of it are needed: all of a picture, the beginning of anything else. */
export function neededOf(start: Buffer, bytes: number): number {
  return pictureTypeOf(start) !== null && bytes <= mostOfPicture ? bytes : Math.min(bytes, mostOfText);
}

/** `read`: its beginning, as much of it as {@link neededOf} says. */
export function previewOf(read: Buffer, bytes: number): CheckpointPreview {
  const type = pictureTypeOf(read);
  if (type !== null && read.length === bytes)
    return { kind: 'picture', address: `data:${type};base64,${read.toString('base64')}` };
  const text = textOf(read.subarray(0, mostOfText));
  if (text !== null) return { kind: 'text', text, isWhole: read.length === bytes };
  return { kind: 'bytes', hex: read.subarray(0, mostOfBytes).toString('hex') };
}

function pictureTypeOf(start: Buffer): string | null {
  return pictureTypes.find(({ begins }) => begins.every((byte, at) => start[at] === byte))?.type ?? null;
}

/** Null: it is no text. What would move the cursor or change colours stands as a sign for itself. */
function textOf(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  const text = bytes.toString('utf8');
  // A letter may be cut in two at the end.
  const isText = !text.slice(0, -1).includes('\u{FFFD}');
  return isText ? text.replaceAll(/[^\P{C}\n\t\r]/gu, signOf).replaceAll('\r\n', '\n') : null;
}

function signOf(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\u{FFFD}';
}
