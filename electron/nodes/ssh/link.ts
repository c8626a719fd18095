import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { Client } from 'ssh2';
import type { SshAsks } from './asks';
import { messageOf, SshFailure, type SshStep } from './failure';
import { HostKeys } from './host-keys';
import { KeyRing } from './key-ring';
import { LogIn } from './log-in';
import { Patience } from './patience';
import { cancelled, placeOf, silent } from './reach';
import type { SshSettings } from './settings';

export interface LinkOptions {
  readonly asks: SshAsks;
  /** Drover's own known_hosts file: what a person confirmed is kept there. */
  readonly knownHostsFile: string;
  readonly signal?: AbortSignal | undefined;
}

const mostMisses = 3;

/** One SSH connection to one host, logged in: over TCP, or within the connection to a host on the way. */
export class Link {
  /** Resolves when it is over, with words for why. */
  readonly closed: Promise<string>;
  /** The same words; null: it is still open. */
  reason: string | null = null;
  private ending = false;

  private constructor(
    readonly ssh: NodeSSH,
    readonly client: Client,
    readonly name: string,
    private readonly stream: Duplex,
    trouble: () => string | null,
  ) {
    this.closed = new Promise((done) =>
      client.once('close', () => {
        this.reason = this.ending
          ? 'Drover closed the connection'
          : (trouble() ?? `${name} closed the connection`);
        done(this.reason);
      }),
    );
  }

  /** Over a stream that is only opened when all else is ready, so that nothing it says is missed. */
  static async open(
    openStream: () => Promise<Duplex>,
    settings: SshSettings,
    options: LinkOptions,
  ): Promise<Link> {
    const hostKeys = await HostKeys.read(settings, options.knownHostsFile);
    const stream = await openStream();
    try {
      return await logIn(
        stream,
        hostKeys,
        settings,
        options,
        (ssh, client, trouble) => new Link(ssh, client, settings.name, stream, trouble),
      );
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  /** What to say to those who still want something of it. */
  lost(step: SshStep): SshFailure {
    return new SshFailure(
      step,
      `${this.name} is not connected any more: ${this.reason ?? 'the connection ends'}. Connect again.`,
    );
  }

  /** What was sent reaches the network; the other side is not waited for: it may be gone. */
  close(): void {
    this.ending = true;
    this.ssh.dispose();
    this.stream.destroy();
  }
}

function logIn<T>(
  stream: Duplex,
  hostKeys: HostKeys,
  settings: SshSettings,
  { asks, signal }: LinkOptions,
  ready: (ssh: NodeSSH, client: Client, trouble: () => string | null) => T,
): Promise<T> {
  return new Promise((done, failed) => {
    const ssh = new NodeSSH();
    let step: 'hostKey' | 'logIn' = 'hostKey';
    let trouble: string | null = null;

    const settle = (): void => {
      patience.end();
      signal?.removeEventListener('abort', abort);
    };
    const fail = (failure: SshFailure): void => {
      settle();
      failed(failure);
    };
    const abort = (): void => fail(cancelled(settings));
    const patience = new Patience(settings.connectTimeout, () => fail(silent(settings)));
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) return abort();

    const patient: SshAsks = {
      password: (question) => patience.during(() => asks.password(question)),
      passphrase: (question) => patience.during(() => asks.passphrase(question)),
      hostKey: (question) => patience.during(() => asks.hostKey(question)),
    };
    const ring = new KeyRing(settings, patient, patience);
    const logIn = new LogIn(settings, patient, ring, fail);
    const brokenOff = (): SshFailure => {
      const what = trouble ?? 'it closed the connection';
      if (step === 'logIn') return logIn.failure(what);
      return new SshFailure(
        'reach',
        `${placeOf(settings)} could not be spoken to: ${what}. Check that an SSH server listens on that port.`,
      );
    };

    const connecting = ssh.connect({
      sock: stream,
      username: settings.user,
      algorithms: { serverHostKey: hostKeys.preferred() },
      hostVerifier: (key: Buffer, verify: (valid: boolean) => void) => {
        // It is shown again when the ciphers change. Were the answer not there at once, what is sent meanwhile would
        // go out wrongly, and the server would hang up.
        if (hostKeys.trusts(key)) return verify(true);
        hostKeys.check(key, patient).then(
          () => verify(true),
          (error: unknown) => {
            fail(error instanceof SshFailure ? error : new SshFailure('hostKey', messageOf(error)));
            verify(false);
          },
        );
      },
      authHandler: logIn.handler,
      // A person may be asked meanwhile: patience measures the time instead.
      readyTimeout: 0,
      keepaliveInterval: settings.aliveInterval,
      keepaliveCountMax: mostMisses,
    });
    const client = ssh.connection;
    if (client === null) return fail(brokenOff());
    client.on('error', (error) => {
      if (isOfAgent(error)) return;
      trouble ??=
        error.level === 'client-timeout'
          ? `${settings.name} gave no sign of life for ${(settings.aliveInterval * mostMisses) / 1000} seconds`
          : `the connection to ${settings.name} broke: ${messageOf(error)}`;
    });
    client.once('change password', () =>
      fail(logIn.failure('the password has expired; log in there once with ssh to choose a new one')),
    );
    client.once('handshake', () => (step = 'logIn'));
    client.once('close', () => fail(brokenOff()));
    client.once('ready', () => {
      settle();
      done(ready(ssh, client, () => trouble));
    });
    connecting.catch((error: unknown) => {
      if (isOfAgent(error)) return;
      trouble ??= messageOf(error);
      fail(brokenOff());
    });
  });
}

/** An agent that does not sign with a key is no reason to give up: the next key may fit. */
const isOfAgent = (error: unknown): boolean =>
  error instanceof Error && 'level' in error && error.level === 'agent';
