import type { ClientChannel } from 'ssh2';
import { collect, commandOn, type RunOptions, type RunResult, type SshCommand } from './command';
import { messageOf, SshFailure } from './failure';
import { SshFiles } from './files';
import type { Link } from './link';
import { Sessions } from './sessions';

/** One connection to one node. All that is done there goes through it. */
export class SshConnection {
  /** Resolves once, with words for why it is over. */
  readonly closed: Promise<string>;
  private readonly sessions = new Sessions();
  private readonly sftp: SshFiles;

  /** The node itself, and the connections to the hosts on the way, the first of them first. */
  constructor(
    private readonly link: Link,
    private readonly way: readonly Link[],
  ) {
    this.closed = link.closed.then((reason) => {
      // Without the hosts on the way there is no connection: then they are the reason.
      const broken = way.find((hop) => hop.reason !== null)?.reason;
      this.close();
      return broken ?? reason;
    });
    this.sftp = new SshFiles(link, this.sessions);
  }

  /** Begins a command in the node's shell. Whoever calls it reads its output. */
  async exec(command: string): Promise<SshCommand> {
    try {
      return commandOn(await this.sessions.begin((ended) => this.begin(command, ended)));
    } catch (error) {
      if (this.link.reason !== null) throw this.link.lost('shell');
      throw new SshFailure(
        'shell',
        `${this.link.name} did not begin a command: ${messageOf(error)}. Check that its shell and MaxSessions of its SSH server allow it.`,
      );
    }
  }

  /** Runs a short command to its end. That it ended with another code than 0 is no failure here. */
  async run(command: string, options: RunOptions = {}): Promise<RunResult> {
    const result = await collect(this.exec(command), this.link.name, options);
    if (result.code === null && result.signal === null && this.link.reason !== null)
      throw new SshFailure(
        'shell',
        `${this.link.name} was lost while a command ran: ${this.link.reason}. Connect again.`,
      );
    return result;
  }

  /** The node's files; the session for them is opened when it is first used. */
  files(): SshFiles {
    return this.sftp;
  }

  close(): void {
    this.link.close();
    this.way.toReversed().forEach((hop) => hop.close());
  }

  private begin(command: string, ended: () => void): Promise<ClientChannel> {
    return new Promise((begun, failed) =>
      this.link.client.exec(command, (error, channel) => {
        if (error) return failed(error);
        channel.once('close', ended);
        begun(channel);
      }),
    );
  }
}
