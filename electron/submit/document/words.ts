/** What was found, as a person would say it. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${quote(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the truth value ${value}`;
  if (Array.isArray(value)) return 'a list';
  return 'a map of names to values';
}

/** Quoted, on one line, and short enough for a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

const listed = 12;

export function listNames(names: Iterable<string>): string {
  const all = [...names];
  const rest = all.length - listed;
  return rest > 0 ? `${all.slice(0, listed).join(', ')} and ${thousands(rest)} more` : all.join(', ');
}

/** 1234567 becomes 1,234,567. */
export function thousands(value: number | bigint): string {
  return value.toLocaleString('en-US');
}
