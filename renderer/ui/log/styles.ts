/**
 * How a stretch of log text looks, as one small number: the colour (0: none, 1 to 16: the terminal's
 * sixteen) and a bit for each of bold, dim and underlined. Numbers are compared and kept cheaply.
 */
export type TextStyle = number;

export const plain: TextStyle = 0;

const colourBits = 31;
const bold = 32;
const dim = 64;
const underlined = 128;

export function colourOf(style: TextStyle): number | null {
  const colour = style & colourBits;
  return colour === 0 ? null : colour - 1;
}
export const isBold = (style: TextStyle): boolean => (style & bold) !== 0;
export const isDim = (style: TextStyle): boolean => (style & dim) !== 0;
export const isUnderlined = (style: TextStyle): boolean => (style & underlined) !== 0;

/** Applies the numbers of an SGR sequence, `1;31` of ESC [ 1;31 m. Unknown ones change nothing. */
export function applySgr(style: TextStyle, parameters: string): TextStyle {
  const numbers = parameters.split(/[;:]/).map((text) => (text === '' ? 0 : Number(text)));
  let next = style;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (number === 38 || number === 48) {
      const extended = readExtendedColour(numbers, at + 1);
      if (number === 38 && extended.colour !== null) next = withColour(next, extended.colour);
      at += extended.length;
    } else next = applyOne(next, number);
  }
  return next;
}

function applyOne(style: TextStyle, number: number): TextStyle {
  if (number === 0) return plain;
  if (number === 1) return style | bold;
  if (number === 2) return style | dim;
  if (number === 4) return style | underlined;
  if (number === 22) return style & ~(bold | dim);
  if (number === 24) return style & ~underlined;
  if (number === 39) return style & ~colourBits;
  if (number >= 30 && number <= 37) return withColour(style, number - 30);
  if (number >= 90 && number <= 97) return withColour(style, number - 90 + 8);
  return style;
}

const withColour = (style: TextStyle, colour: number): TextStyle => (style & ~colourBits) | (colour + 1);

/** `5;n` and `2;r;g;b`. Only the sixteen colours that the theme knows are shown. */
function readExtendedColour(
  numbers: readonly number[],
  at: number,
): { colour: number | null; length: number } {
  if (numbers[at] === 5) {
    const colour = numbers[at + 1];
    return { colour: colour !== undefined && colour < 16 ? colour : null, length: 2 };
  }
  return { colour: null, length: numbers[at] === 2 ? 4 : 0 };
}
