/** Waits for another machine only so long; while a person thinks, it does not count. */
export class Patience {
  private timer: NodeJS.Timeout | null = null;
  private over = false;

  constructor(
    private readonly milliseconds: number,
    private readonly lost: () => void,
  ) {
    this.begin();
  }

  async during<T>(ask: () => Promise<T>): Promise<T> {
    this.pause();
    try {
      return await ask();
    } finally {
      if (!this.over) this.begin();
    }
  }

  end(): void {
    this.over = true;
    this.pause();
  }

  private begin(): void {
    this.pause();
    this.timer = setTimeout(this.lost, this.milliseconds);
  }

  private pause(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
