import { expect, it } from 'vitest';
import { mostOfPicture, neededOf, previewOf } from './preview';

const png = Buffer.from('89504e470d0a1a0a00000000', 'hex');

it('a picture is shown as a whole or not at all', () => {
  expect(neededOf(png, 4_000_000)).toBe(4_000_000);
  expect(previewOf(png, png.length)).toEqual({
    kind: 'picture',
    address: `data:image/png;base64,${png.toString('base64')}`,
  });
  expect(neededOf(png, mostOfPicture + 1)).toBe(65_536);
  expect(previewOf(png, mostOfPicture + 1)).toMatchObject({ kind: 'bytes' });
});

it('the beginning of a text is shown, and what it would do to a screen is not done', () => {
  const text = Buffer.from('step 1\r\n\u001b[31mred\u0007 \u202ereversed\n');
  expect(previewOf(text, 1_000_000)).toEqual({
    kind: 'text',
    text: 'step 1\n\u241b[31mred\u2407 \u{FFFD}reversed\n',
    isWhole: false,
  });
  const cut = Buffer.from('kälte').subarray(0, 2);
  expect(previewOf(cut, 6)).toMatchObject({ kind: 'text' });
});

it('of anything else there are the first bytes', () => {
  expect(previewOf(Buffer.from([1, 0, 2]), 3)).toEqual({ kind: 'bytes', hex: '010002' });
  expect(previewOf(Buffer.alloc(1000, 0xff), 1000)).toEqual({ kind: 'bytes', hex: 'ff'.repeat(256) });
  expect(previewOf(Buffer.alloc(0), 0)).toEqual({ kind: 'text', text: '', isWhole: true });
});
