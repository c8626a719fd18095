/**
 * Cuts text that comes in pieces into lines, at \n, \r\n and \r alike (progress bars overwrite
 * theirs). A line that grows over `mostCharacters` is given out in parts.
 */
export class TextLines {
  private rest = '';

  constructor(private readonly mostCharacters = 64 * 1024) {}

  /** The lines that `text` completes. */
  add(text: string): readonly string[] {
    const all = this.rest + text;
    // A \r at the very end may be half of a line end.
    const held = all.endsWith('\r') ? 1 : 0;
    const lines = all.slice(0, all.length - held).split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + all.slice(all.length - held);
    if (this.rest.length > this.mostCharacters) lines.push(...this.end());
    return lines;
  }

  /** What is left when nothing follows. */
  end(): readonly string[] {
    const last = this.rest.replace(/\r$/, '');
    const whole = this.rest !== '';
    this.rest = '';
    return whole ? [last] : [];
  }
}
