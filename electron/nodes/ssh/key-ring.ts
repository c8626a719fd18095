import ssh2 from 'ssh2';
import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import type { SshAsks } from './asks';
import { readKeyFile, sameKey, unlock, type KeyFile } from './key-files';
import { fingerprint } from './known-hosts';
import type { Patience } from './patience';
import type { SshSettings } from './settings';

type Signer = (data: Buffer, options: SigningRequestOptions) => Promise<Buffer>;

interface RingKey {
  readonly label: string;
  readonly publicKey: ParsedKey;
  readonly sign: Signer;
}

const mostPassphrases = 3;

/**
 * All keys of one log-in, those of the agent and those in files, as one agent. A server is first asked whether it
 * would take a key, so that a person is only asked for the passphrase of the one that it wants.
 */
export class KeyRing extends ssh2.BaseAgent {
  private keys: readonly RingKey[] = [];
  /** Why keys that are there could not be used. */
  readonly troubles: string[] = [];

  constructor(
    private readonly settings: SshSettings,
    private readonly asks: SshAsks,
    private readonly patience: Patience,
  ) {
    super();
  }

  /** The names of the keys, in the order in which they are tried. */
  labels(): readonly string[] {
    return this.keys.map(({ label }) => label);
  }

  override getIdentities(answer: IdentityCallback): void {
    this.gather().then(
      (keys) => {
        this.keys = keys;
        answer(
          null,
          keys.map(({ publicKey }) => publicKey),
        );
      },
      (error: unknown) => answer(asError(error)),
    );
  }

  override sign(publicKey: string | Buffer | ParsedKey, data: Buffer, ...rest: SignRest): void {
    const [options, answer] = typeof rest[0] === 'function' ? [{}, rest[0]] : [rest[0], rest[1]];
    const wanted = ssh2.utils.parseKey(publicKey);
    const key = wanted instanceof Error ? undefined : this.keys.find((one) => sameKey(one.publicKey, wanted));
    if (key === undefined) return answer?.(new Error('the key is not there'));
    key.sign(data, options).then(
      (signature) => answer?.(null, signature),
      (error: unknown) => {
        this.troubles.push(`${key.label}: ${asError(error).message}`);
        answer?.(asError(error));
      },
    );
  }

  /** As OpenSSH: first the agent's keys that the files name, then its others, then the files. */
  private async gather(): Promise<readonly RingKey[]> {
    const files = await Promise.all(this.settings.identityFiles.map(readKeyFile));
    const inAgent = await this.agentKeys();
    const named = (key: RingKey): boolean =>
      files.some(
        (file) => 'publicKey' in file && file.publicKey !== null && sameKey(file.publicKey, key.publicKey),
      );
    const fromAgent = [
      ...inAgent.filter(named),
      ...(this.settings.identitiesOnly ? [] : inAgent.filter((key) => !named(key))),
    ];
    const keys: RingKey[] = [...fromAgent];
    for (const file of files) {
      const key = await this.fileKey(file);
      if (key !== null && !keys.some((other) => sameKey(other.publicKey, key.publicKey))) keys.push(key);
    }
    return keys;
  }

  private async agentKeys(): Promise<readonly RingKey[]> {
    for (const place of this.settings.agents) {
      const agent = ssh2.createAgent(place);
      const found = await identities(agent);
      if (found instanceof Error) this.troubles.push(`the agent at ${place} does not answer`);
      else
        return found.map((publicKey) => ({
          label: `the agent's key ${fingerprint(publicKey.getPublicSSH())}`,
          publicKey,
          // The agent may want a person to confirm it, or to touch a key.
          sign: (data, options) =>
            this.patience.during(() => signature((done) => agent.sign(publicKey, data, options, done))),
        }));
    }
    return [];
  }

  private async fileKey(file: KeyFile): Promise<RingKey | null> {
    switch (file.kind) {
      case 'missing':
        if (!this.settings.usualIdentityFiles && file.publicKey === null)
          this.troubles.push(`${file.file}: there is no such file`);
        return null;
      case 'unusable':
        this.troubles.push(`${file.file}: ${file.why}`);
        return null;
      case 'open':
        return { label: file.file, publicKey: file.publicKey, sign: signer(file.key) };
      case 'locked': {
        const open = (): Promise<ParsedKey> => this.ask(file.file, file.text);
        if (file.publicKey !== null)
          return {
            label: file.file,
            publicKey: file.publicKey,
            sign: async (data, options) => signer(await open())(data, options),
          };
        // An old format: nothing of it can be read without the passphrase.
        try {
          const key = await open();
          return { label: file.file, publicKey: key, sign: signer(key) };
        } catch (error) {
          this.troubles.push(`${file.file}: ${asError(error).message}`);
          return null;
        }
      }
    }
  }

  private async ask(keyFile: string, text: string): Promise<ParsedKey> {
    for (let time = 0; time < mostPassphrases; time++) {
      const passphrase = await this.asks.passphrase({ keyFile, again: time > 0 });
      if (passphrase === null) throw new Error('it is encrypted, and nobody gave its passphrase');
      const key = unlock(text, passphrase);
      if (key !== null) return key;
    }
    throw new Error(`it is encrypted, and ${mostPassphrases} passphrases were wrong`);
  }
}

type SignRest = [options: SigningRequestOptions, done?: SignCallback | undefined] | [done: SignCallback];

const signer =
  (key: ParsedKey): Signer =>
  (data, { hash }) =>
    // Where it fails it answers with an error instead of throwing one.
    signature((done) => {
      const signed: Buffer | Error = key.sign(data, hash);
      if (signed instanceof Error) done(signed);
      else done(null, signed);
    });

function signature(begin: (done: SignCallback) => void): Promise<Buffer> {
  return new Promise((signed, failed) =>
    begin((error, bytes) =>
      bytes === undefined ? failed(error ?? new Error('it did not sign')) : signed(bytes),
    ),
  );
}

/** An agent that is not there is no error: there are other ways to log in. */
function identities(agent: BaseAgent): Promise<readonly ParsedKey[] | Error> {
  return new Promise((found) =>
    agent.getIdentities((error, keys) => {
      if (error || keys === undefined) return found(error ?? new Error('no answer'));
      found(
        keys.flatMap((key) => {
          if (typeof key === 'object' && 'pubKey' in key) return [];
          const parsed = ssh2.utils.parseKey(key);
          return parsed instanceof Error ? [] : [parsed];
        }),
      );
    }),
  );
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
