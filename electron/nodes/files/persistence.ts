import { SshFailure } from '../ssh/failure';

/** The connection is lost: what was begun goes on when there is another one. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const waits = [200, 1000, 3000];

/** Does what needs a connection, again if need be, for as long as the connection is there. */
export class Persistence {
  private over = false;

  constructor(private readonly closed: Promise<unknown>) {
    void closed.then(() => (this.over = true));
  }

  async do<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof SshFailure)) throw error;
        const wait = waits[tries];
        // A session that has ended may be the first sign that the connection has.
        if (wait !== undefined) await this.pause(wait);
        if (this.over) throw new Interrupted('the connection is lost');
        if (wait === undefined) throw error;
      }
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((done) => (timer = setTimeout(done, milliseconds)));
    await Promise.race([waited, this.closed]);
    clearTimeout(timer);
  }
}
