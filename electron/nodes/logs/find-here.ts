import type { AgentFiles } from '../reach';
import type { FindInStretch } from './search';

/** Reads a stretch and searches it in this process. */
export function findHere(files: AgentFiles, path: readonly string[], text: string): FindInStretch {
  const pattern = patternOf(text);
  return async ({ from, bytes }, most, keep) => {
    const piece = await files.read(path, from, bytes);
    const found = piece === null ? [] : placesOf(pattern, piece.bytes).map((at) => from + at);
    return keep === 'first' ? found.slice(0, most) : found.slice(-most);
  };
}

function placesOf(pattern: RegExp, bytes: Buffer): number[] {
  return Array.from(bytes.toString('latin1').matchAll(pattern), ({ index }) => index);
}

/** Matches the text's bytes, one character for each. Only ASCII letters have two cases, as bytes have no others. */
function patternOf(text: string): RegExp {
  const source = Array.from(Buffer.from(text), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[a-z]/i.test(letter)
      ? `[${letter.toLowerCase()}${letter.toUpperCase()}]`
      : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return new RegExp(source.join(''), 'g');
}
