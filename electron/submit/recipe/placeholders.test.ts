import { expect, test } from 'vitest';
import { filledLength, fillPlaceholders, findPlaceholders } from './placeholders';

test('names, with or without blanks, are found where they stand', () => {
  expect(findPlaceholders('a {{Frame}} {{ Scene }}')).toEqual([
    { name: 'Frame', text: '{{Frame}}', index: 2 },
    { name: 'Scene', text: '{{ Scene }}', index: 12 },
  ]);
});

test('what begins like a placeholder and is none is noticed', () => {
  expect(
    findPlaceholders('{{Frame} {{frame-number}} {{json .}}').map(({ name, text }) => [name, text]),
  ).toEqual([
    [null, '{{Frame}'],
    [null, '{{frame-number}}'],
    [null, '{{json .}}'],
  ]);
});

test('other double braces are no placeholders', () => {
  expect(findPlaceholders("{{.Names}} {{}} awk '{{print}}'".replace('print', '1'))).toEqual([]);
});

test('values are put in once: what looks like a placeholder in a value stays', () => {
  const values = new Map([
    ['A', '{{B}}'],
    ['B', '$&'],
  ]);
  const text = '{{A}}-{{ B }}-{{C}}';
  const filled = fillPlaceholders(text, (name) => values.get(name));
  expect(filled).toBe('{{B}}-$&-{{C}}');
  expect(filledLength(text, (name) => values.get(name))).toBe(filled.length);
});
