import { isUtf8 } from 'node:buffer';
import { open, stat } from 'node:fs/promises';
import { largestFile, tooLarge } from './read';

type Content =
  | { readonly text: string }
  | { readonly text: null; readonly code: string; readonly message: string };

/** `noun`: what sort of file it should be. */
export async function readText(path: string, noun: string): Promise<Content> {
  const refuse = (code: string, message: string): Content => ({ text: null, code, message });
  try {
    // Before it is opened: opening a pipe would wait for somebody to write to it.
    const about = await stat(path);
    if (about.isDirectory()) return refuse('not-a-file', `this is a folder; name the ${noun} file in it`);
    if (!about.isFile()) return refuse('not-a-file', 'this is no regular file');
    if (about.size > largestFile) return refuse('too-large', tooLarge);
    const file = await open(path);
    try {
      const pieces: Buffer[] = [];
      for await (const piece of file.createReadStream({ end: largestFile, autoClose: false }))
        pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      if (bytes.length > largestFile) return refuse('too-large', tooLarge);
      if (isUtf8(bytes)) return { text: bytes.toString('utf8') };
      const isWide = [0xfeff, 0xfffe].includes(bytes.length < 2 ? 0 : bytes.readUInt16BE(0));
      return refuse('not-utf-8', `the file is ${isWide ? 'UTF-16' : 'not UTF-8 text'}; save it as UTF-8`);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('no-such-file', 'there is no such file');
    if (code === 'EACCES' || code === 'EPERM') return refuse('unreadable', 'the file may not be read by you');
    return refuse(
      'unreadable',
      `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
