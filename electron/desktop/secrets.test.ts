import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SecretsInFile, type Vault } from './secrets';

const name = 'password of ann@render1:22';
let folder: string;
let file: string;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-secrets-'));
  file = join(folder, 'secrets.json');
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Turns text around behind a key's name, and opens only what was made with the same key. */
function vault(key = 'k1', { backend = 'gnome_libsecret', available = true } = {}): Vault {
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from(`${key}:${[...Buffer.from(text)].toReversed().join('.')}`),
    decryptString: (encrypted) => {
      const [made, bytes = ''] = encrypted.toString().split(':');
      if (made !== key) throw new Error('the key does not fit');
      return Buffer.from(bytes.split('.').map(Number).toReversed()).toString();
    },
  };
}

const secrets = (used = vault(), user = process.getuid?.()): SecretsInFile =>
  new SecretsInFile({ file, vault: used, platform: 'linux', user, notice: (text) => notices.push(text) });

test('what is kept is there for the next start, encrypted and for its owner alone', async () => {
  const first = secrets();
  expect(await Promise.all([first.set(name, 'Käse 🧀'), first.set('other', 'x')])).toEqual([true, true]);
  expect(await secrets().get(name)).toBe('Käse 🧀');
  expect(await secrets().get('other')).toBe('x');
  expect(await secrets().get('nothing')).toBeNull();
  expect(readFileSync(file, 'utf8')).not.toContain('Käse');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secrets.json']);
  expect(notices).toEqual([]);
});

test('a name may be any text', async () => {
  const first = secrets();
  for (const odd of ['__proto__', 'constructor', '']) {
    expect(await secrets().get(odd)).toBeNull();
    await first.set(odd, `of ${odd}`);
    expect(await secrets().get(odd)).toBe(`of ${odd}`);
  }
});

test('what is forgotten is gone', async () => {
  const first = secrets();
  await first.set(name, 'x');
  await first.forget(name);
  expect(await first.get(name)).toBeNull();
  expect(await secrets().get(name)).toBeNull();
});

test.each([{ backend: 'basic_text' }, { backend: 'unknown' }, { available: false }])(
  'without a secret store nothing is written, and it is known until the end: %o',
  async (lacks) => {
    const first = secrets(vault('k1', lacks));
    expect(await first.set(name, 'x')).toBe(false);
    expect(await first.get(name)).toBe('x');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('with another key it is asked for again, which is said; what fits stays', async () => {
  await secrets().set(name, 'x');
  const other = secrets(vault('k2'));
  expect(await other.get(name)).toBeNull();
  expect(notices).toEqual([expect.stringMatching(/^The password of ann@render1:22 cannot be decrypted/)]);
  await other.set('other', 'y');
  expect(await secrets().get(name)).toBe('x');
});

test.each([
  '',
  '{',
  '[]',
  '{"version":2,"secrets":[]}',
  '{"version":1,"secrets":[{"name":"a","encrypted":"no base64!"}]}',
])('a damaged file is as if it were empty, which is said without quoting it: %j', async (text) => {
  writeFileSync(file, text);
  const damaged = secrets();
  expect(await damaged.get(name)).toBeNull();
  expect(notices).toEqual([expect.stringContaining(`${file} cannot be used (it is damaged)`)]);
  expect(await damaged.set(name, 'x')).toBe(true);
  expect(await secrets().get(name)).toBe('x');
});

test.skipIf(process.getuid === undefined)('a file of another user is as if it were empty', async () => {
  await secrets().set(name, 'x');
  expect(await secrets(vault(), (process.getuid?.() ?? 0) + 1).get(name)).toBeNull();
  expect(notices).toEqual([expect.stringContaining('it belongs to another user')]);
});

test('where the file cannot be written, it is known until the end', async () => {
  rmSync(folder, { recursive: true });
  const first = secrets();
  expect(await first.set(name, 'x')).toBe(false);
  expect(await first.get(name)).toBe('x');
  expect(notices).toEqual([expect.stringContaining(`${file} cannot be written`)]);
  expect(notices.join()).not.toContain('"x"');
});
