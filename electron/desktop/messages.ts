import { app, ipcMain, type WebContents } from 'electron';
import type { HostMessage } from '../../shared/ipc/messages';
import type { Connection } from '../ipc/connection';
import { channels } from './channels';
import { isTrusted } from './security';

export type Connect = (send: (message: HostMessage) => void) => Connection;

/** Carries the contract's messages between windows and Host; what comes before there is one waits for it. */
export function serveMessages(host: Promise<Connect>): void {
  const connections = new Map<WebContents, Promise<Connection | null>>();

  const end = (contents: WebContents): void => {
    void connections.get(contents)?.then((connection) => connection?.close());
    connections.delete(contents);
  };
  const open = (sender: WebContents): Promise<Connection | null> =>
    host.then(
      (connect) =>
        connect((reply) => {
          if (!sender.isDestroyed()) sender.send(channels.fromHost, reply);
        }),
      // Whoever opens the Host says why there is none.
      () => null,
    );
  app.on('web-contents-created', (_event, contents) => void contents.once('destroyed', () => end(contents)));

  ipcMain.on(channels.hello, ({ sender }) => end(sender));
  ipcMain.on(channels.toHost, (event, message: unknown) => {
    if (!isTrusted(event)) return;
    const connection = connections.get(event.sender) ?? open(event.sender);
    connections.set(event.sender, connection);
    void connection.then((opened) => opened?.receive(message));
  });
}
