/**
 * The sessions of one connection. A server allows only so many at once (MaxSessions, usually 10) and does not tell
 * how many: one that it refuses begins when another has ended.
 */
export class Sessions {
  private open = 0;
  private over = 0;
  private readonly waiting: (() => void)[] = [];

  /** Begins a session; `ended` is to be called when it is over. */
  async begin<T>(start: (ended: () => void) => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.over;
      const ended = this.count();
      try {
        return await start(ended);
      } catch (error) {
        const others = this.open - 1;
        const room = this.over > before;
        ended();
        // With no other session, then or now, it was not for their number.
        if (!isRefusal(error) || (others === 0 && !room)) throw error;
        if (!room) await new Promise<void>((free) => this.waiting.push(free));
      }
    }
  }

  private count(): () => void {
    let counted = true;
    this.open++;
    return () => {
      if (!counted) return;
      counted = false;
      this.open--;
      this.over++;
      this.waiting.shift()?.();
    };
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'reason' in error && typeof error.reason === 'number';
