/** Real OpenSSH servers of this machine, on its own address only, each with keys and a home folder that are thrown away. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { commandLine, startedBy } from './processes';

const found = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd', '/opt/homebrew/sbin/sshd'].find(
  existsSync,
);

/** Where it is missing, tests with it are skipped. */
export const hasSshd = found !== undefined;

export interface ServerOptions {
  readonly hostKeys?: readonly KeyType[];
  /** Default: more than any test opens. */
  readonly maxSessions?: number;
  /** False: none. A text: options of `sftp-server`. */
  readonly sftp?: string | false;
  /** Where it listens; default: on this machine's own address. */
  readonly network?: Network;
  /** What the folder in which sessions begin is called. */
  readonly home?: string;
  /** Printed at the start of each command, as some shells' start-up files do; not over SFTP, which it would spoil. */
  readonly greeting?: string;
}

/** A network namespace of Linux, and an address of this machine's in it. */
export interface Network {
  readonly namespace: string;
  readonly address: string;
}

export interface KeyOptions {
  readonly type?: KeyType;
  readonly passphrase?: string;
  /** `openssh`, or `pem` as it was before. */
  readonly format?: string;
}

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface SshdServer {
  readonly address: string;
  readonly port: number;
  /** Where its sessions begin, and their HOME. */
  readonly home: string;
  /** `ssh-ed25519 AAAA...`, of the host key of that type. */
  publicKey(type: KeyType): string;
  /** Lets in the owner of this key instead of the one before. */
  letsIn(keyFile: string): void;
  /** Starts it again, on the same port, after it was killed. */
  start(): Promise<void>;
  /** Kills it and the connections to it. What was started over them goes on. */
  kill(): Promise<void>;
  /** The processes of its sessions whose command line has this word. */
  running(word: string): readonly number[];
  /** Ends it, its sessions and all that they left running. */
  stop(): Promise<void>;
}

/** A folder with a user's key that all servers of it let in. */
export class SshServers {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-sshd-'));
  readonly user = userInfo().username;
  /** A private key; its public part stands beside it in `.pub`. */
  readonly key = this.makeKey('user_key');
  private readonly servers: Server[] = [];

  makeKey(name: string, { type = 'ed25519', passphrase = '', format = 'openssh' }: KeyOptions = {}): string {
    const file = join(this.folder, name);
    rmSync(file, { force: true });
    const kind = format === 'pem' ? ['-m', 'PEM'] : [];
    execFileSync('ssh-keygen', ['-q', '-t', type, ...kind, '-N', passphrase, '-C', name, '-f', file]);
    return file;
  }

  async start(options: ServerOptions = {}): Promise<SshdServer> {
    const server = new Server(this, join(this.folder, `server${this.servers.length + 1}`), options);
    this.servers.push(server);
    await server.start();
    return server;
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Server implements SshdServer {
  port = 0;
  readonly address: string;
  readonly home: string;
  /** What it starts is known by this word in its environment, even when it runs on by itself. */
  private readonly mark: string;
  private process: ChildProcess | null = null;

  constructor(
    private readonly servers: SshServers,
    private readonly folder: string,
    private readonly options: ServerOptions,
  ) {
    this.home = join(folder, options.home ?? 'home');
    this.address = options.network?.address ?? '127.0.0.1';
    this.mark = `DROVER_SSHD=${folder}`;
    mkdirSync(this.home, { recursive: true });
    for (const type of this.hostKeys())
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', this.hostKey(type)]);
    this.letsIn(servers.key);
  }

  publicKey(type: KeyType): string {
    const [kind, key] = readFileSync(`${this.hostKey(type)}.pub`, 'utf8')
      .trim()
      .split(' ');
    return `${kind} ${key}`;
  }

  letsIn(keyFile: string): void {
    writeFileSync(join(this.folder, 'authorized_keys'), readFileSync(`${keyFile}.pub`));
  }

  async start(): Promise<void> {
    // A server that runs as root insists on it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    if (this.port === 0) this.port = await freePort();
    const file = join(this.folder, 'sshd_config');
    writeFileSync(file, this.config());
    const { network } = this.options;
    const inside = network === undefined ? [] : ['ip', 'netns', 'exec', network.namespace];
    const [program, ...words] = [...inside, found ?? 'sshd', '-D', '-e', '-f', file];
    const sshd = spawn(program ?? 'sshd', words, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.process = sshd;
    let log = '';
    await new Promise<void>((listening, failed) => {
      sshd.stderr.on('data', (text: Buffer) => {
        log += String(text);
        if (log.includes('Server listening on')) listening();
      });
      sshd.once('exit', () => failed(new Error(`sshd did not start: ${log}`)));
    });
  }

  async kill(): Promise<void> {
    const sshd = this.process;
    if (sshd === null) return;
    const gone = new Promise((done) => sshd.once('exit', done));
    const connections = this.pids().filter((pid) => /^sshd\b/.test(commandLine(pid)));
    sshd.kill('SIGKILL');
    for (const pid of connections) kill(pid);
    await gone;
  }

  running(word: string): readonly number[] {
    return this.pids().filter((pid) => commandLine(pid).includes(word));
  }

  async stop(): Promise<void> {
    const sshd = this.process;
    if (sshd === null) return;
    const running = sshd.exitCode === null && sshd.signalCode === null;
    const gone = new Promise((done) => sshd.once('exit', done));
    for (const pid of this.pids()) kill(pid);
    this.process = null;
    if (!running) return;
    sshd.kill('SIGKILL');
    await gone;
  }

  private pids(): readonly number[] {
    return this.process?.pid === undefined ? [] : startedBy(this.process.pid, this.mark);
  }

  private hostKey(type: KeyType): string {
    return join(this.folder, `host_${type}`);
  }

  private hostKeys(): readonly KeyType[] {
    return this.options.hostKeys ?? ['ed25519'];
  }

  private config(): string {
    const { maxSessions = 500, sftp = '', greeting = '' } = this.options;
    const enter = join(this.folder, 'enter');
    // Every session begins in the server's own home folder.
    const say =
      greeting === '' ? '' : `case $SSH_ORIGINAL_COMMAND in *sftp*) ;; *) printf %s '${greeting}' ;; esac; `;
    writeFileSync(enter, `#!/bin/sh\n${say}cd "$HOME" && exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"\n`, {
      mode: 0o755,
    });
    return [
      `ListenAddress ${this.address}`,
      `Port ${this.port}`,
      ...this.hostKeys().map((type) => `HostKey ${this.hostKey(type)}`),
      `AuthorizedKeysFile ${join(this.folder, 'authorized_keys')}`,
      'PidFile none',
      `AllowUsers ${this.servers.user}`,
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'UseDNS no',
      'StrictModes no',
      'PrintMotd no',
      'MaxStartups 200',
      // So that larger transfers change their ciphers on the way.
      'RekeyLimit 4M',
      `MaxSessions ${maxSessions}`,
      `SetEnv "HOME=${this.home.replaceAll(/[\\"]/g, '\\$&')}" ${this.mark}`,
      `ForceCommand ${enter}`,
      ...(sftp === false ? [] : [`Subsystem sftp ${sftpServer()} ${sftp}`]),
      '',
    ].join('\n');
  }
}

/** A real agent of its own; `socket` is its SSH_AUTH_SOCK. */
export async function startAgent(
  folder: string,
  keys: readonly string[],
): Promise<{ socket: string; stop(): Promise<void> }> {
  const socket = join(folder, `agent-${keys.length}-${Date.now()}`);
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((ready) => agent.stdout.once('data', ready));
  const added = spawnSync('ssh-add', ['-q', ...keys], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  if (keys.length > 0 && added.status !== 0) throw new Error(`ssh-add failed: ${String(added.stderr)}`);
  return {
    socket,
    stop: async () => {
      const gone = new Promise((done) => agent.once('exit', done));
      agent.kill();
      await gone;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return address.port;
}

function sftpServer(): string {
  const places = [
    '/usr/lib/openssh',
    '/usr/libexec',
    '/usr/lib/ssh',
    '/usr/libexec/openssh',
    '/usr/lib/misc',
  ];
  return places.map((place) => join(place, 'sftp-server')).find(existsSync) ?? 'sftp-server';
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
