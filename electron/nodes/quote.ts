/** A word that a POSIX shell reads as exactly this text. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A text as one line that `printf %b` turns back into it, byte by byte, also when `read` has cut off
 * blanks around it. A shell reads lines a byte at a time, so what is frequent stays short.
 */
export function escapeForPrintf(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  let escaped = '';
  for (const [index, byte] of bytes.entries()) {
    const inside = index > 0 && index < bytes.length - 1;
    const plain = (byte > 0x20 && byte < 0x7f && byte !== 0x5c) || (byte === 0x20 && inside);
    if (plain) escaped += String.fromCharCode(byte);
    else if (byte === 0x0a) escaped += '\\n';
    else escaped += `\\0${byte.toString(8).padStart(3, '0')}`;
  }
  return escaped;
}
