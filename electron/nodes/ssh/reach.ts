import { connect, type Socket } from 'node:net';
import type { NodeSSH } from 'node-ssh';
import type { Channel } from 'ssh2';
import { codeOf, messageOf, SshFailure } from './failure';
import type { SshSettings } from './settings';
import { hostAndPort } from './target';

/** A TCP connection to a host, without the delay that gathers small packets. */
export function openSocket(settings: SshSettings, signal: AbortSignal | undefined): Promise<Socket> {
  const { host, port } = settings;
  return new Promise((opened, failed) => {
    const socket = connect({ host, port, noDelay: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.off('connect', reached).off('error', refused);
    };
    const stop = (failure: SshFailure): void => {
      settle();
      socket.on('error', () => {}).destroy();
      failed(failure);
    };
    const abort = (): void => stop(cancelled(settings));
    const refused = (error: Error): void => stop(notReached(settings, error));
    const reached = (): void => {
      settle();
      opened(socket);
    };
    const timer = setTimeout(() => stop(silent(settings)), settings.connectTimeout);
    signal?.addEventListener('abort', abort);
    socket.on('connect', reached).on('error', refused);
    if (signal?.aborted === true) abort();
  });
}

/** The same through a host on the way, within the connection that there is to it. */
export function openThrough(
  way: { readonly ssh: NodeSSH; readonly name: string },
  settings: SshSettings,
  signal: AbortSignal | undefined,
): Promise<Channel> {
  return new Promise((opened, failed) => {
    const abort = (): void => failed(cancelled(settings));
    const timer = setTimeout(() => failed(silent(settings)), settings.connectTimeout);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    way.ssh
      .forwardOut('127.0.0.1', 0, settings.host, settings.port)
      .then(opened, (error: unknown) =>
        failed(
          new SshFailure(
            'reach',
            `${way.name} could not connect to ${placeOf(settings)}: ${messageOf(error)}. Check that this address is right as seen from ${way.name}, and that it allows forwarding (AllowTcpForwarding).`,
          ),
        ),
      )
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      });
  });
}

export function placeOf({ name, host, port }: SshSettings): string {
  const place = hostAndPort(host, port);
  return name === place || (name === host && port === 22) ? name : `${name} (${place})`;
}

export const cancelled = (settings: SshSettings): SshFailure =>
  new SshFailure(
    'reach',
    `Connecting to ${placeOf(settings)} was cancelled. Connect again when you want to.`,
  );

export const silent = (settings: SshSettings): SshFailure =>
  new SshFailure(
    'reach',
    `${placeOf(settings)} did not answer within ${settings.connectTimeout / 1000} seconds. Check that it is switched on, that host and port are right, and that no firewall is between; ConnectTimeout in the SSH configuration allows more time.`,
  );

function notReached(settings: SshSettings, error: unknown): SshFailure {
  const where = placeOf(settings);
  switch (codeOf(error)) {
    case 'ENOTFOUND':
      return new SshFailure(
        'name',
        `There is no host named ${settings.host}. Check its spelling, or give it a HostName in the SSH configuration.`,
      );
    case 'EAI_AGAIN':
      return new SshFailure(
        'name',
        `The name ${settings.host} could not be looked up just now. Check the network of this machine and try again.`,
      );
    case 'ECONNREFUSED':
      return new SshFailure(
        'reach',
        `${where} refuses connections to port ${settings.port}. Check that an SSH server runs there and listens on that port.`,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new SshFailure(
        'reach',
        `There is no way to ${where} from here. Check the network (or VPN) of this machine and the address.`,
      );
    case 'ETIMEDOUT':
      return silent(settings);
    default:
      return new SshFailure(
        'reach',
        `${where} could not be reached: ${messageOf(error)}. Check host, port and network.`,
      );
  }
}
