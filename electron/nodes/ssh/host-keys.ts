import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import type { SshAsks } from './asks';
import { codeOf, messageOf, SshFailure } from './failure';
import { fingerprint, isFor, judge, keyTypeOf, parseKnownHosts, type KnownHost } from './known-hosts';
import type { SshSettings } from './settings';
import { hostAndPort } from './target';

/** Those that can be checked, and the types of the keys that they go with. */
const algorithms: readonly (readonly [ServerHostKeyAlgorithm, string])[] = [
  ['ssh-ed25519', 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256', 'ssh-rsa'],
  ['ssh-rsa', 'ssh-rsa'],
];

/** What is known of one host, and whether the key that it shows is its own. */
export class HostKeys {
  private trusted: Buffer | null = null;

  private constructor(
    private readonly settings: SshSettings,
    private readonly ownFile: string,
    private readonly known: readonly KnownHost[],
  ) {}

  static async read(settings: SshSettings, ownFile: string): Promise<HostKeys> {
    const files = [...new Set([...settings.knownHostsFiles, ownFile])];
    const known = await Promise.all(files.map(readKnownHosts));
    return new HostKeys(settings, ownFile, known.flat());
  }

  /** In the order of preference: a server with keys of several types should show the one that is known. */
  preferred(): ServerHostKeyAlgorithm[] {
    const types = new Set(
      this.known.filter((entry) => isFor(entry, this.settings.knownAs)).map(({ keyType }) => keyType),
    );
    const isKnown = ([, type]: (typeof algorithms)[number]): boolean => types.has(type);
    return [...algorithms.filter(isKnown), ...algorithms.filter((one) => !isKnown(one))].map(
      ([name]) => name,
    );
  }

  /** Whether it was trusted before on this connection. */
  trusts(key: Buffer): boolean {
    return this.trusted?.equals(key) === true;
  }

  /** Resolves when the host may be trusted; a person is only asked about one that is not known at all. */
  async check(key: Buffer, asks: SshAsks): Promise<void> {
    await this.judge(key, asks);
    this.trusted = key;
  }

  private async judge(key: Buffer, asks: SshAsks): Promise<void> {
    const { name, host, port, knownAs } = this.settings;
    const verdict = judge(this.known, knownAs, key);
    const shown = fingerprint(key);
    const where = name === host ? host : `${name} (${hostAndPort(host, port)})`;
    switch (verdict.kind) {
      case 'known':
        return;
      case 'revoked':
        throw new SshFailure(
          'hostKey',
          `${where} showed the host key ${shown}, which is revoked in ${place(verdict.known)}. Do not connect; ask whoever looks after that machine.`,
        );
      case 'changed':
        throw new SshFailure(
          'hostKey',
          `${where} showed another host key than the one that is known: ${keyTypeOf(key) ?? 'key'} ${shown} instead of ${verdict.known.keyType} ${fingerprint(verdict.known.key)} in ${place(verdict.known)}. ` +
            'Someone may be listening in, or the machine was set up anew. Ask whoever looks after it; if the new key is right, take that line out and connect again.',
        );
      case 'unknown':
        return this.ask(key, shown, where, asks);
    }
  }

  private async ask(key: Buffer, shown: string, where: string, asks: SshAsks): Promise<void> {
    const { name, host, port, knownAs } = this.settings;
    const keyType = keyTypeOf(key);
    if (keyType === null) throw new SshFailure('hostKey', `${where} showed a host key that cannot be read.`);
    const answer = await asks.hostKey({ node: name, host, port, keyType, fingerprint: shown });
    if (answer === null)
      throw new SshFailure(
        'hostKey',
        `${where} is not known yet, and nobody said whether its host key ${shown} is right. Connect again and confirm it, or connect once with ssh.`,
      );
    if (!answer)
      throw new SshFailure(
        'hostKey',
        `The host key ${shown} of ${where} was not accepted. Nothing was sent to it.`,
      );
    await remember(this.ownFile, `${knownAs} ${keyType} ${key.toString('base64')}`);
  }
}

const place = ({ file, line }: KnownHost): string => `${file}, line ${line}`;

async function readKnownHosts(file: string): Promise<readonly KnownHost[]> {
  return parseKnownHosts(await readIfThere(file), file);
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    // To go on without it could mean to overlook that a key has changed.
    throw new SshFailure('hostKey', `${file} cannot be read (${messageOf(error)}). Check who may read it.`);
  }
}

async function remember(file: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const before = await readIfThere(file);
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
  } catch (error) {
    if (error instanceof SshFailure) throw error;
    throw new SshFailure('hostKey', `The host key could not be remembered in ${file}: ${messageOf(error)}.`);
  }
}
