import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type ConnectOptions } from '../../../electron/nodes/ssh/connect';
import type { SshConnection } from '../../../electron/nodes/ssh/connection';
import { Person } from './person';
import { SshServers } from './sshd';

interface Listening {
  readonly port: number;
  readonly address?: string;
}

/** Somebody's home folder with an SSH configuration, from which the servers of the test are reached. */
export class Place {
  readonly servers = new SshServers();
  readonly home = join(this.servers.folder, 'somebody');
  readonly knownHostsFile = join(this.home, 'drover', 'known_hosts');
  readonly usersKnownHosts = join(this.home, '.ssh', 'known_hosts');
  private readonly connections: SshConnection[] = [];

  constructor() {
    mkdirSync(join(this.home, '.ssh'), { recursive: true });
  }

  /** The lines of an alias for a server; more may be added. */
  alias(name: string, server: Listening, ...more: readonly string[]): string {
    const { port, address = '127.0.0.1' } = server;
    const { user, key } = this.servers;
    const own = more.some((line) => line.startsWith('IdentityFile')) ? [] : [`IdentityFile ${key}`];
    return [`Host ${name}`, `HostName ${address}`, `Port ${port}`, `User ${user}`, ...own, ...more, ''].join(
      '\n',
    );
  }

  configure(...aliases: readonly string[]): void {
    writeFileSync(
      join(this.home, '.ssh', 'config'),
      `${aliases.join('\n')}\nHost *\nGlobalKnownHostsFile none\n`,
    );
  }

  knows(...lines: readonly string[]): void {
    writeFileSync(this.usersKnownHosts, lines.map((line) => `${line}\n`).join(''));
  }

  remembered(): string {
    return existsSync(this.knownHostsFile) ? readFileSync(this.knownHostsFile, 'utf8') : '';
  }

  async connect(
    target: string,
    person = new Person(),
    more: Partial<ConnectOptions> = {},
  ): Promise<SshConnection> {
    const { home, knownHostsFile } = this;
    const connection = await connect(target, {
      home,
      knownHostsFile,
      environment: {},
      asks: person,
      ...more,
    });
    this.connections.push(connection);
    return connection;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) {
      connection.close();
      await connection.closed;
    }
    await this.servers.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}
