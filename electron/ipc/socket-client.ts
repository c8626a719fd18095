import { connect, type Socket } from 'node:net';
import { createClient } from '../../shared/ipc/client';
import type { Client, HostMessage } from '../../shared/ipc/messages';
import type { HostFile } from '../data-folder';
import { LineSplitter } from '../line-splitter';

export interface RemoteHost {
  readonly client: Client;
  close(): void;
}

/** Connects to the Host that owns a data folder. Null: nobody answers there. */
export async function connectToHost(host: HostFile): Promise<RemoteHost | null> {
  const socket = await new Promise<Socket | null>((resolve) => {
    const trying = connect(host.socket);
    trying.once('connect', () => resolve(trying));
    trying.once('error', () => resolve(null));
  });
  if (socket === null) return null;
  let listener: (message: HostMessage) => void = () => {};
  // The Host is trusted by its clients: only who runs it could have written the token's file.
  const lines = new LineSplitter((line) => listener(JSON.parse(line)), Number.MAX_SAFE_INTEGER);
  socket.on('data', (bytes) => lines.push(bytes));
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => socket.destroy());
  socket.write(`${host.token}\n`);
  const client = createClient({
    send: (message) => void socket.write(`${JSON.stringify(message)}\n`),
    listen: (onMessage) => (listener = onMessage),
    closed: ended,
  });
  return { client, close: () => socket.end() };
}
