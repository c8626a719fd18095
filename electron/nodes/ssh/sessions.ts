import { SshFailure } from './failure';

/** A server may count a session a moment longer than it lasts: those that wait ask again by themselves, ever later. */
const [leastWait, mostWait] = [10, 1000];

/** The agent, files and a command: where there are no more, and none has ended for so long, no more will come. */
const [leastSessions, longestWait] = [3, 10_000];

/**
 * The sessions of one connection. A server allows only so many at once (MaxSessions, usually 10) and does not tell
 * how many: one that it refuses begins when another has ended.
 */
export class Sessions {
  private open = 0;
  private over = 0;
  private readonly waiting = new Set<() => void>();

  /** Begins a session; `ended` is to be called when it is over. */
  async begin<T>(start: (ended: () => void) => Promise<T>): Promise<T> {
    let wait = leastWait;
    let waited = 0;
    for (;;) {
      const before = this.over;
      let counted = true;
      const ended = (): void => {
        if (!counted) return;
        counted = false;
        this.open--;
        this.makeRoom();
      };
      this.open++;
      try {
        return await start(ended);
      } catch (error) {
        const others = this.open - 1;
        const madeRoom = this.over > before;
        // With no other session, then or now, it is not for their number.
        if (!isRefusal(error) || (others === 0 && !madeRoom)) {
          ended();
          throw error;
        }
        this.open--;
        if (waited >= longestWait && others < leastSessions)
          throw new SshFailure(
            'shell',
            `The server lets in only ${others} ${others === 1 ? 'session' : 'sessions'} at once, and Drover needs ${leastSessions}. Raise MaxSessions in its sshd_config (usually it is 10), and have sshd read it again.`,
          );
        if (madeRoom) continue;
        const asked = wait;
        wait = (await this.room(wait)) ? leastWait : Math.min(wait * 2, mostWait);
        waited = wait === leastWait ? 0 : waited + asked;
      }
    }
  }

  private makeRoom(): void {
    this.over++;
    const [next] = this.waiting;
    next?.();
  }

  /** Whether there was room within this time. */
  private room(milliseconds: number): Promise<boolean> {
    return new Promise((told) => {
      const tell = (room: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        told(room);
      };
      const wake = (): void => tell(true);
      const timer = setTimeout(() => tell(false), milliseconds);
      this.waiting.add(wake);
    });
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'reason' in error && typeof error.reason === 'number';
