/** `1-24`, `1-100x2,120`, `100-1x-1`, `-5-10`: numbers and ranges, kept as ranges and never written out. */
import type { FrameRange } from '../../../shared/model/space';
import { mostProblems } from '../document/problems';
import { bounds, sharedNumber } from '../sweeps/progressions';
import { quote, thousands } from '../document/words';

export type Frames =
  | { readonly ok: true; readonly ranges: readonly FrameRange[] }
  | { readonly ok: false; readonly mistakes: readonly FramesMistake[] };

export interface FramesMistake {
  readonly code: string;
  readonly message: string;
  /** Which of the texts, which piece of it, and where in the text that piece starts. */
  readonly text: number;
  readonly piece: string;
  readonly index: number;
}

export const mostTasks = 10_000_000;

/** What the numbers are, and how many there may be. */
export interface NumbersForm {
  readonly what: 'frame' | 'number';
  readonly badCode: string;
  readonly duplicateCode: string;
  readonly most: number;
  /** After how many there are: `tasks; a step may have`. */
  readonly mostInWords: string;
}

export const framesForm: NumbersForm = {
  what: 'frame',
  badCode: 'bad-frames',
  duplicateCode: 'duplicate-frame',
  most: mostTasks,
  mostInWords: 'tasks; a step may have',
};

/** So that nothing that is written in one file takes long: no list of frames has so many parts. */
const mostPieces = 100_000;

interface Piece {
  readonly text: number;
  readonly piece: string;
  readonly index: number;
}
type PlacedRange = Piece & { readonly range: FrameRange };

export function parseFrames(texts: readonly string[], form: NumbersForm = framesForm): Frames {
  const ranges: PlacedRange[] = [];
  const mistakes: FramesMistake[] = [];
  let total = 0;
  for (const piece of piecesOf(texts)) {
    if (ranges.length + mistakes.length === mostPieces) {
      const message = `more than ${thousands(mostPieces)} ${form.what}s and ranges stand here; write them as fewer ranges`;
      mistakes.push({ code: form.badCode, message, ...piece });
    }
    if (mistakes.length >= mostProblems) break;
    const parsed = parsePiece(piece.piece, form);
    if (typeof parsed === 'string') {
      mistakes.push({ code: form.badCode, message: parsed, ...piece });
      continue;
    }
    const allowed = total <= form.most;
    total += parsed.count;
    if (allowed && total > form.most) {
      const made = parsed.count === total ? `${piece.piece} makes` : `with ${piece.piece} there are`;
      mistakes.push({
        code: 'too-many-tasks',
        message: `${made} ${thousands(total)} ${form.mostInWords} ${thousands(form.most)}`,
        ...piece,
      });
    }
    ranges.push({ ...piece, range: parsed });
  }
  if (mistakes.length === 0) {
    const duplicate = findDuplicate(ranges, form);
    if (duplicate !== null) mistakes.push(duplicate);
  }
  return mistakes.length > 0
    ? { ok: false, mistakes }
    : { ok: true, ranges: ranges.map(({ range }) => range) };
}

function* piecesOf(texts: readonly string[]): Generator<Piece> {
  for (const [number, text] of texts.entries()) {
    for (let start = 0; start <= text.length;) {
      const comma = text.indexOf(',', start);
      const part = text.slice(start, comma === -1 ? text.length : comma);
      yield { text: number, piece: part.trim(), index: start + (part.length - part.trimStart().length) };
      start += part.length + 1;
    }
  }
}

// Fifteen digits are exact as a JavaScript number.
const pieceForm = /^(-?\d{1,15})(?:\s*-\s*(-?\d{1,15})(?:\s*x\s*(-?\d{1,15}))?)?$/;

function parsePiece(piece: string, { what }: NumbersForm): FrameRange | string {
  const match = pieceForm.exec(piece);
  if (match === null) return notAPiece(piece, what);
  const first = number(match[1]);
  if (match[2] === undefined) return { first, step: 1, count: 1 };
  const last = number(match[2]);
  const step = match[3] === undefined ? 1 : number(match[3]);
  if (step === 0) return `${piece} has a step of 0; allowed is any other whole number`;
  if ((last - first) * step < 0) {
    const [direction, right] = last < first ? ['down', -Math.abs(step)] : ['up', Math.abs(step)];
    return `${piece} counts ${direction}, so its step has to be ${right < 0 ? 'below' : 'above'} 0: ${first}-${last}x${right}`;
  }
  const count = Math.floor((last - first) / step) + 1;
  return count === 1 ? { first, step: 1, count } : { first, step, count };
}

/** Not -0, which would be another number for some comparisons. */
function number(digits: string | undefined): number {
  return Number(digits) + 0;
}

function notAPiece(piece: string, what: string): string {
  if (piece === '') return `found nothing where a ${what} or a range should stand, such as 1-24`;
  if (/\d{16}/.test(piece)) return `${quote(piece)} has a number of more than 15 digits`;
  return `${quote(piece)} is neither a ${what} nor a range; allowed are forms such as 7, 1-24, 1-100x2, 100-1x-1, -5-10, with commas between them`;
}

/** Ranges that overlap and mesh are compared two and two; more of that than this is not looked through. */
const mostComparisons = 200_000;

function findDuplicate(ranges: readonly PlacedRange[], form: NumbersForm): FramesMistake | null {
  const order = ranges
    .map((placed, index) => ({ placed, index, bounds: bounds(placed.range) }))
    .toSorted((a, b) => a.bounds[0] - b.bounds[0] || a.index - b.index);
  // Those that have begun before the present one and have not ended before it.
  let reaching: typeof order = [];
  let comparisons = 0;
  for (const present of order) {
    reaching = reaching.filter(({ bounds: [, high] }) => high >= present.bounds[0]);
    for (const other of reaching) {
      if (++comparisons > mostComparisons) {
        return {
          code: form.badCode,
          message: `too many ranges mesh with each other to look for double ${form.what}s; write them as fewer ranges`,
          ...placeOf(present.placed),
        };
      }
      const frame = sharedNumber(other.placed.range, present.placed.range);
      if (frame === null) continue;
      const [earlier, later] = other.index < present.index ? [other, present] : [present, other];
      const where =
        earlier.placed.piece === later.placed.piece
          ? `in ${later.placed.piece} twice`
          : `in ${earlier.placed.piece} and in ${later.placed.piece}`;
      return {
        code: form.duplicateCode,
        message: `${form.what} ${frame} is ${where}; each ${form.what} is allowed once`,
        ...placeOf(later.placed),
      };
    }
    reaching.push(present);
  }
  return null;
}

function placeOf({ text, piece, index }: Piece): Piece {
  return { text, piece, index };
}
