/** Hides the values of secret variables in all that is shown of a session. */
export const hidden = '********';

export class Redaction {
  private readonly parts = new Set<string>();
  private readonly lines = new Set<string>();

  /** Of a value with lines, those between are hidden where they stand alone: a mere `}` is no secret. */
  add(value: string): void {
    const lines = value.split(/\r\n|\n|\r/).map((line) => line.trim());
    for (const part of [value, value.trim(), lines[0], lines.at(-1)])
      if (part !== undefined && part !== '') this.parts.add(part);
    for (const line of lines) if (line !== '') this.lines.add(line);
  }

  /** `isCut`: more would follow, of which a value may just begin at the end. */
  apply(text: string, isCut = false): string {
    if (this.lines.has(text.trim())) return hidden;
    let shown = '';
    let from = 0;
    for (const [start, end] of this.spansIn(text, isCut)) {
      shown += text.slice(from, start) + hidden;
      from = end;
    }
    return shown + text.slice(from);
  }

  /** Where values stand, in order; those that overlap or touch are one. */
  private spansIn(text: string, isCut: boolean): readonly Span[] {
    const found: Span[] = [];
    for (const part of this.parts) {
      for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1))
        found.push([at, at + part.length]);
      if (isCut) found.push(...beginningAtEnd(part, text));
    }
    const joined: Span[] = [];
    for (const span of found.toSorted((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last === undefined || span[0] > last[1]) joined.push(span);
      else joined[joined.length - 1] = [last[0], Math.max(last[1], span[1])];
    }
    return joined;
  }
}

type Span = readonly [start: number, end: number];

function beginningAtEnd(part: string, text: string): readonly Span[] {
  for (let length = Math.min(part.length - 1, text.length); length > 0; length--)
    if (text.endsWith(part.slice(0, length))) return [[text.length - length, text.length]];
  return [];
}
