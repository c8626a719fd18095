/** Secrets of the window: encrypted with a key that the system keeps for the person, in one file of the data folder. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { SecretsInMemory, type Secrets } from '../secrets';

/** Electron's safeStorage. */
export interface Vault {
  isEncryptionAvailable(): boolean;
  /** On Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

const secretsFile = z.strictObject({
  version: z.literal(1),
  secrets: z.array(z.strictObject({ name: z.string(), encrypted: z.base64() })),
});
/** Each as base64, by its name. */
type Encrypted = ReadonlyMap<string, string>;

export interface SecretsPlace {
  readonly file: string;
  readonly vault: Vault;
  readonly platform?: NodeJS.Platform;
  /** The user as whom Drover runs; missing: the system knows no such numbers. */
  readonly user?: number | undefined;
  readonly notice: (text: string) => void;
}

export class SecretsInFile implements Secrets {
  readonly lack: string;
  /** Where there is no safe place for them. */
  private readonly known = new SecretsInMemory();
  private encrypted: Promise<Encrypted> | null = null;
  private written: Promise<unknown> = Promise.resolve();

  constructor(private readonly place: SecretsPlace) {
    this.lack = this.known.lack;
  }

  async get(name: string): Promise<string | null> {
    const known = await this.known.get(name);
    if (known !== null || !this.isSafe()) return known;
    const encrypted = (await this.read()).get(name);
    if (encrypted === undefined) return null;
    try {
      return this.place.vault.decryptString(Buffer.from(encrypted, 'base64'));
    } catch {
      this.place.notice(
        `The ${name} cannot be decrypted any more: the system's key for it has changed. Drover asks for it again.`,
      );
      return null;
    }
  }

  async set(name: string, secret: string): Promise<boolean> {
    await this.known.set(name, secret);
    if (!this.isSafe()) return false;
    try {
      const encrypted = this.place.vault.encryptString(secret).toString('base64');
      await this.change((secrets) => new Map(secrets).set(name, encrypted));
      return true;
    } catch (error) {
      this.place.notice(`${this.place.file} cannot be written: ${wordsOf(error)}. Check the data folder.`);
      return false;
    }
  }

  async forget(name: string): Promise<void> {
    await this.known.forget(name);
    if (!(await this.read()).has(name)) return;
    await this.change((secrets) => new Map([...secrets].filter(([other]) => other !== name)));
  }

  /** Without a keyring Electron would encrypt with a key that everybody knows. */
  private isSafe(): boolean {
    const { vault, platform = process.platform } = this.place;
    if (!vault.isEncryptionAvailable()) return false;
    const backend = platform === 'linux' ? vault.getSelectedStorageBackend?.() : 'system';
    return backend !== undefined && backend !== 'basic_text' && backend !== 'unknown';
  }

  private read(): Promise<Encrypted> {
    return (this.encrypted ??= this.readFile());
  }

  private async readFile(): Promise<Encrypted> {
    const { file, user, notice } = this.place;
    try {
      const { uid } = await stat(file);
      if (user !== undefined && uid !== user) throw new Error('it belongs to another user');
      const { secrets } = secretsFile.parse(JSON.parse(await readFile(file, 'utf8')));
      return new Map(secrets.map(({ name, encrypted }) => [name, encrypted]));
    } catch (error) {
      if (!isMissing(error))
        notice(`The secrets in ${file} cannot be used (${wordsOf(error)}). Drover asks for them again.`);
      return new Map();
    }
  }

  /** One change after the other, each whole or not at all. */
  private change(make: (secrets: Encrypted) => Encrypted): Promise<void> {
    const changed = this.written.then(async () => {
      const secrets = make(await this.read());
      const list = [...secrets].map(([name, encrypted]) => ({ name, encrypted }));
      await write(this.place.file, JSON.stringify({ version: 1, secrets: list }));
      this.encrypted = Promise.resolve(secrets);
    });
    this.written = changed.catch(() => {});
    return changed;
  }
}

async function write(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A file that is no secrets file is not quoted: who knows what is in it. */
function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'it is damaged';
  return error instanceof Error ? error.message : String(error);
}
