const inRow = 8;

/** As programmers look at them: where they are, what they are, and the letters among them. */
export function bytesInRows(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const rows = Array.from({ length: Math.ceil(bytes.length / inRow) }, (_, row) => {
    const some = bytes.slice(row * inRow, (row + 1) * inRow);
    const place = (row * inRow).toString(16).padStart(4, '0');
    return `${place}  ${some.join(' ').padEnd(3 * inRow)} ${some.map(letterOf).join('')}`;
  });
  return rows.join('\n');
}

function letterOf(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
}
