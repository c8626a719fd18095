import type { SFTPWrapper } from 'ssh2';
import { messageOf, SshFailure } from './failure';
import type { Link } from './link';
import type { Sessions } from './sessions';

type Answer<T> = (error?: Error | null, value?: T) => void;

/** The SFTP session of a connection: opened when it is first used, and again should it end. */
export class SftpSession {
  private session: Promise<SFTPWrapper> | null = null;
  /** Those who wait for an answer: a session that has ended gives none. */
  private readonly pending = new Set<(error: Error) => void>();

  constructor(
    private readonly link: Link,
    private readonly sessions: Sessions,
  ) {}

  /** Puts a request that is answered with a value. */
  async ask<T>(request: (sftp: SFTPWrapper, done: Answer<T>) => void): Promise<T> {
    const sftp = await this.open();
    let settle = (): void => {};
    try {
      return await new Promise<T>((answered, refused) => {
        this.pending.add(refused);
        settle = () => void this.pending.delete(refused);
        request(sftp, (error, value) => {
          if (value === undefined) refused(error ?? new Error('the answer was empty'));
          else answered(value);
        });
      });
    } finally {
      settle();
    }
  }

  /** Puts a request that is only carried out. */
  async tell(request: (sftp: SFTPWrapper, done: (error?: Error | null) => void) => void): Promise<void> {
    await this.ask<true>((sftp, done) => request(sftp, (error) => (error ? done(error) : done(null, true))));
  }

  private async open(): Promise<SFTPWrapper> {
    if (this.link.reason !== null) throw this.link.lost('files');
    this.session ??= this.begin();
    return this.session;
  }

  private async begin(): Promise<SFTPWrapper> {
    try {
      return await this.sessions.begin(async (ended) => {
        const sftp = await this.link.ssh.requestSFTP();
        // What goes wrong with it is told to those who wait, when it closes.
        sftp.on('error', () => {});
        sftp.once('close', () => {
          ended();
          this.forget();
        });
        return sftp;
      });
    } catch (error) {
      this.session = null;
      if (this.link.reason !== null) throw this.link.lost('files');
      throw new SshFailure(
        'files',
        `${this.link.name} does not let its files be reached: ${messageOf(error)}. Check that its SSH server offers SFTP (Subsystem sftp), and that its user's shell prints nothing where there is no terminal.`,
      );
    }
  }

  private forget(): void {
    this.session = null;
    const error =
      this.link.reason === null ? new Error('the SFTP server there has ended') : this.link.lost('files');
    for (const refused of this.pending) refused(error);
  }
}
