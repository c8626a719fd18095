import { createClient } from '../../shared/ipc/client';
import type { Client, HostMessage } from '../../shared/ipc/messages';
import type { Host } from '../host';
import { Connection } from './connection';

/** A client in the Host's own process, by the same contract as all others. */
export function connectInProcess(host: Host): { readonly client: Client; close(): void } {
  let listener: (message: HostMessage) => void = () => {};
  const connection = new Connection(host, (message) => listener(message));
  const client = createClient({
    send: (message) => void connection.receive(message),
    listen: (onMessage) => (listener = onMessage),
  });
  return { client, close: () => connection.close() };
}
