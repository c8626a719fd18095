/** A farm of this machine and of others that real SSH servers of it stand for, with its Host in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHostFile } from '../../electron/data-folder';
import { connectToHost, type RemoteHost } from '../../electron/ipc/socket-client';
import { noAnswers } from '../../shared/ipc/nodes';
import type { Answer } from '../../shared/ipc/messages';
import type { RequestName, Requests } from '../../shared/ipc/contract';
import type { BatchId } from '../../shared/model/ids';
import { SshServers, type SshdServer } from '../integration/sshd/sshd';

export class ChaosFarm {
  readonly servers = new SshServers();
  /** Of the person at whose desk the Host runs. */
  readonly home = join(this.servers.folder, 'desk');
  readonly data = join(this.home, 'drover');
  private host: ChildProcess | null = null;
  private connection: RemoteHost | null = null;

  /** @param cli the built program of the terminal */
  constructor(private readonly cli: string) {
    mkdirSync(join(this.home, '.ssh'), { recursive: true });
  }

  /** So many servers that the person can reach as `node1`, `node2`... */
  async startServers(count: number): Promise<readonly SshdServer[]> {
    const servers: SshdServer[] = [];
    const aliases: string[] = [];
    const known: string[] = [];
    const { user, key } = this.servers;
    for (let number = 1; number <= count; number++) {
      const server = await this.servers.start();
      const { port } = server;
      aliases.push(
        `Host node${number}\nHostName 127.0.0.1\nPort ${port}\nUser ${user}\nIdentityFile ${key}\n`,
      );
      known.push(`[127.0.0.1]:${port} ${server.publicKey('ed25519')}\n`);
      servers.push(server);
    }
    writeFileSync(join(this.home, '.ssh', 'config'), aliases.join(''));
    writeFileSync(join(this.home, '.ssh', 'known_hosts'), known.join(''));
    return servers;
  }

  /** Starts a Host, which is not yet ready when this returns. */
  begin(): ChildProcess {
    const host = spawn(process.execPath, [this.cli, 'serve', '--json', '--data', this.data], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HOME: this.home },
    });
    this.host = host;
    return host;
  }

  /** Starts a Host; resolves when it can be asked. */
  async serve(): Promise<void> {
    const host = this.begin();
    await new Promise<void>((serving, failed) => {
      host.stdout?.once('data', () => serving());
      host.once('exit', (status) => failed(new Error(`the Host ended with ${status}`)));
    });
    const file = readHostFile(this.data);
    this.connection = file === null ? null : await connectToHost(file);
    if (this.connection === null) throw new Error('the Host does not answer');
  }

  async ask<Name extends RequestName>(
    name: Name,
    params: Requests[Name]['params'],
  ): Promise<Requests[Name]['answer']> {
    if (this.connection === null) throw new Error('no Host was asked to serve');
    const answer: Answer<Name> = await this.connection.client.request(name, params);
    if (!answer.ok) throw new Error(`${name}: ${answer.refusal.message}`);
    return answer.value;
  }

  async addNode(name: string): Promise<void> {
    const trial = await this.ask('node.add', { address: name, name, answers: noAnswers, why: null });
    if (trial.kind !== 'found') throw new Error(`${name} cannot be reached: ${JSON.stringify(trial)}`);
  }

  /** Resolves when a batch has ended. */
  ended(batch: BatchId): Promise<string> {
    return new Promise((ended, failed) => {
      const look = (batches: readonly { readonly id: BatchId; readonly state: string }[]): void => {
        const state = batches.find(({ id }) => id === batch)?.state;
        if (state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED') ended(state);
      };
      this.connection?.client.subscribe(
        'queue',
        {},
        {
          picture: ({ batches }) => look(batches),
          delta: ({ batches }) => look(batches),
          refused: ({ message }) => failed(new Error(message)),
        },
      );
    });
  }

  /** Of the Host, as a power failure would end it; what runs on the nodes goes on. */
  async kill(): Promise<void> {
    const { host, connection } = this;
    this.connection = null;
    this.host = null;
    connection?.close();
    if (host === null || host.exitCode !== null || host.signalCode !== null) return;
    const gone = new Promise((done) => host.once('exit', done));
    host.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.servers.close();
  }
}
