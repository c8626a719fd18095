import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import { removeHostFile, writeHostFile, type HostFile } from '../data-folder';
import type { Host } from '../host';
import { LineSplitter } from '../line-splitter';
import { Connection } from './connection';

/** Serves terminals of the same user over a local socket: a JSON message a line, a token first. */
export class SocketServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly whenLeft: (() => void)[] = [];

  constructor(private readonly host: Host) {
    this.server = createServer((socket) => this.accept(socket));
  }

  async open(): Promise<void> {
    const { socket } = this.host.file;
    // Left behind by a Host that crashed: the folder's lock says that it is ours.
    if (process.platform !== 'win32') rmSync(socket, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(socket, resolve);
    });
    if (process.platform !== 'win32') chmodSync(socket, 0o600);
    // Only now: who finds the file may connect at once.
    writeHostFile(this.host.options.dataFolder, this.host.file);
  }

  get clients(): number {
    return this.sockets.size;
  }

  /** Waits until the last of the clients that are connected now, or join meanwhile, has gone. */
  async unused(): Promise<void> {
    while (this.sockets.size > 0) await new Promise<void>((resolve) => this.whenLeft.push(resolve));
  }

  async close(): Promise<void> {
    removeHostFile(this.host.options.dataFolder);
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    let connection: Connection | null = null;
    const lines = new LineSplitter(
      (line) => {
        if (connection !== null) {
          void connection.receive(parseJson(line));
        } else if (isToken(line, this.host.file)) {
          connection = new Connection(this.host, (message) => socket.write(`${JSON.stringify(message)}\n`));
        } else {
          socket.destroy();
        }
      },
      16 * 1024 * 1024,
    );
    socket.on('data', (bytes) => lines.push(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      for (const resolve of this.whenLeft.splice(0)) resolve();
      connection?.close();
    });
  }
}

function isToken(line: string, { token }: HostFile): boolean {
  const given = Buffer.from(line);
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
