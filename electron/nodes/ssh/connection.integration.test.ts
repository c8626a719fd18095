import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Person } from '../../../build/integration/sshd/person';
import { Place } from '../../../build/integration/sshd/place';
import { hasSshd, type ServerOptions, type SshdServer } from '../../../build/integration/sshd/sshd';
import type { SshConnection } from './connection';

/** A program as one file, from where it finds the packages that it needs. */
async function bundled(script: string): Promise<string> {
  const root = resolve(import.meta.dirname, '../../..');
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out', 'ssh-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'program.mjs'), script);
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(folder, 'program.mjs'), outDir: join(folder, 'built'), target: 'node20' },
  });
  return join(folder, 'built', 'program.js');
}

let place: Place;
let server: SshdServer;
let person: Person;
let connection: SshConnection;

async function begin(options: ServerOptions = {}): Promise<void> {
  server = await place.servers.start(options);
  place.configure(place.alias('node', server, 'ServerAliveInterval 1'));
  person = new Person();
  connection = await place.connect('node', person);
}

const text = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe.skipIf(!hasSshd)('a connection (with sshd)', () => {
  beforeEach(async () => {
    place = new Place();
    await begin();
  });
  afterEach(() => place.close());

  describe('commands', () => {
    test('are given their input, and tell their output and how they ended', async () => {
      const command = await connection.exec('cat; echo trouble >&2; exit 3');
      command.stdin.end('in and out');
      const [stdout, stderr] = [text(command.stdout), text(command.stderr)];
      expect(await command.ended).toEqual({ code: 3, signal: null });
      expect([await stdout, await stderr]).toEqual(['in and out', 'trouble\n']);
      expect(await connection.run('cat', { input: 'short' })).toEqual({
        code: 0,
        signal: null,
        stdout: 'short',
        stderr: '',
      });
    });

    test('that are killed tell the signal', async () => {
      expect(await connection.run('kill -9 $$')).toMatchObject({ code: null, signal: 'SIGKILL' });
    });

    test('take any number of bytes back and forth unharmed', async () => {
      const bytes = randomBytes(8 * 1024 * 1024);
      const command = await connection.exec('cat');
      const hash = createHash('sha256');
      await Promise.all([pipeline([bytes], command.stdin), pipeline(command.stdout, hash)]);
      expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
      // Not again when the ciphers change.
      expect(person.hostKeys).toHaveLength(1);
    });

    test('with a lot of output wait for those who read it', async () => {
      const command = await connection.exec('head -c 104857600 /dev/zero');
      command.stdin.end();
      const before = process.memoryUsage().rss;
      let [bytes, most] = [0, 0];
      for await (const piece of command.stdout) {
        bytes += Buffer.byteLength(piece);
        // A reader that now and then has something else to do.
        if (bytes % (8 * 1024 * 1024) < 32 * 1024) await new Promise((done) => setTimeout(done, 5));
        most = Math.max(most, command.stdout.readableLength);
      }
      expect(bytes).toBe(104_857_600);
      expect(most).toBeLessThan(4 * 1024 * 1024);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    });

    test('that write too much or take too long are stopped, and it is said', async () => {
      await expect(connection.run('yes', { mostBytes: 1000 })).rejects.toMatchObject({
        step: 'shell',
        message: 'A command on node wrote more than 1000 bytes and was stopped.',
      });
      await expect(connection.run('exec sleep 60', { timeoutMs: 50 })).rejects.toThrow(
        'did not end within 0.05 seconds and was stopped',
      );
      expect((await connection.run('echo on')).stdout).toBe('on\n');

      await begin({ maxSessions: 1 });
      await connection.exec('cat');
      await expect(connection.run('true', { timeoutMs: 50 })).rejects.toThrow(
        'did not end within 0.05 seconds',
      );
    });

    test('may leave their input unread', async () => {
      const bytes = Buffer.alloc(8 * 1024 * 1024);
      expect((await connection.run('exec true', { input: bytes })).code).toBe(0);
      const command = await connection.exec('exec true');
      command.stdout.resume();
      const writing = pipeline([bytes], command.stdin);
      await expect(writing).rejects.toThrow('Premature close');
    });

    test('two hundred at once each get what is theirs', async () => {
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, index) => connection.run('cat', { input: `${index}` })),
      );
      expect(results.map(({ stdout }) => stdout)).toEqual(
        Array.from({ length: 200 }, (_, index) => `${index}`),
      );
    });

    test('wait for their turn where the server allows only a few sessions', async () => {
      await begin({ maxSessions: 3 });
      const held = await connection.exec('cat');
      await connection.files().stat('.');
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, index) => connection.run('cat', { input: `${index}` })),
      );
      expect(results.map(({ stdout }) => stdout)).toEqual(
        Array.from({ length: 40 }, (_, index) => `${index}`),
      );
      held.stdin.end();
      held.stdout.resume();
      expect(await held.ended).toEqual({ code: 0, signal: null });
    });
  });

  describe('files', () => {
    test('are written whole with their mode, over the old ones, and leave nothing beside them', async () => {
      const path = join(server.home, 'a script');
      writeFileSync(path, 'old');
      chmodSync(path, 0o400);
      await connection.files().writeFile(path, Buffer.from('new'), 0o755);
      expect(readFileSync(path, 'utf8')).toBe('new');
      expect(statSync(path).mode & 0o777).toBe(0o755);
      await connection.files().writeFile(path, Buffer.alloc(0), 0o666);
      expect(statSync(path)).toMatchObject({ size: 0, mode: 0o100666 });
      expect(readdirSync(server.home)).toEqual(['a script']);
    });

    test('whoever reads meanwhile sees the old or the new, never a part', async () => {
      const path = join(server.home, 'changing');
      const [old, fresh] = [Buffer.alloc(300_000, 'a'), Buffer.alloc(300_000, 'b')];
      await connection.files().writeFile(path, old, 0o600);
      const writing = (async () => {
        for (let time = 0; time < 10; time++)
          await connection.files().writeFile(path, time % 2 ? old : fresh, 0o600);
      })();
      for (let time = 0; time < 10; time++) {
        const seen = await connection.files().readFile(path);
        expect(seen?.equals(old) === true || seen?.equals(fresh) === true).toBe(true);
      }
      await writing;
      expect(readdirSync(server.home)).toEqual(['changing']);
    });

    test('are read whole or in part, however large', async () => {
      const bytes = randomBytes(5_000_001);
      await connection.files().writeFile('large', bytes, 0o600);
      expect((await connection.files().readFile('large'))?.equals(bytes)).toBe(true);
      expect(await connection.files().read('large', 4_000_000, 300_000)).toEqual(
        bytes.subarray(4_000_000, 4_300_000),
      );
      expect(await connection.files().read('large', 4_999_999, 300_000)).toEqual(bytes.subarray(4_999_999));
      expect(await connection.files().read('large', 6_000_000, 10)).toEqual(Buffer.alloc(0));
      expect(await connection.files().read('large', 0, 0)).toEqual(Buffer.alloc(0));
    });

    test('that are not there are null; other trouble says what and where', async () => {
      const files = connection.files();
      expect(await files.stat('none')).toBeNull();
      expect(await files.read('none', 0, 10)).toBeNull();
      expect(await files.readFile('none/none')).toBeNull();
      expect(await files.list('none')).toBeNull();
      await files.remove('none');
      await expect(files.writeFile('none/file', Buffer.from('x'), 0o600)).rejects.toMatchObject({
        step: 'files',
        message: expect.stringMatching(/^none\/file on node: No such file/),
      });
      mkdirSync(join(server.home, 'folder'));
      await expect(files.remove('folder')).rejects.toMatchObject({ step: 'files' });
    });

    test('folders are made, listed and described', async () => {
      const files = connection.files();
      await files.mkdirs(join(server.home, 'a/b/c/'));
      await files.mkdirs('a/b/c');
      await files.writeFile('a/b/file', Buffer.from('four'), 0o640);
      symlinkSync('file', join(server.home, 'a/b/link'));
      const entries = await files.list('a/b');
      expect(entries?.map(({ name, kind, bytes }) => [name, kind, bytes]).toSorted()).toEqual([
        ['c', 'folder', expect.any(Number)],
        ['file', 'file', 4],
        ['link', 'other', 4],
      ]);
      const file = await files.stat('a/b/link');
      expect(file).toMatchObject({ kind: 'file', bytes: 4, mode: 0o640 });
      expect(Math.abs((file?.changedAt ?? 0) - statSync(join(server.home, 'a/b/file')).mtimeMs)).toBeLessThan(
        1000,
      );
      await files.remove('a/b/file');
      expect(await files.stat('a/b/file')).toBeNull();
      await expect(files.mkdirs('a/b/link/x')).rejects.toMatchObject({ step: 'files' });
    });

    test('are replaced also where the server only knows the older way to rename', async () => {
      await begin({ sftp: '-P posix-rename' });
      await connection.files().writeFile('file', Buffer.from('old'), 0o600);
      await connection.files().writeFile('file', Buffer.from('new'), 0o600);
      expect(readFileSync(join(server.home, 'file'), 'utf8')).toBe('new');
      expect(readdirSync(server.home)).toEqual(['file']);
    });

    test('a server without SFTP is told apart from a file that is not there', async () => {
      await begin({ sftp: false });
      await expect(connection.files().stat('.')).rejects.toMatchObject({
        step: 'files',
        message: expect.stringContaining('Check that its SSH server offers SFTP'),
      });
      expect((await connection.run('echo on')).stdout).toBe('on\n');
    });

    test('an SFTP server that dies is started again', async () => {
      await connection.files().stat('.');
      const own = server.running('sftp-server');
      expect(own.length).toBeGreaterThan(0);
      for (const pid of own) process.kill(pid, 'SIGKILL');
      await expect
        .poll(() =>
          connection
            .files()
            .stat('.')
            .catch(() => null),
        )
        .toMatchObject({ kind: 'folder' });
    });
  });

  describe('its end', () => {
    test('when the server is killed, is told, and ends all that goes on', async () => {
      const command = await connection.exec('sleep 60');
      command.stdout.resume();
      const running = connection.run('sleep 60').catch((error: unknown) => error);
      const reading = connection.files().stat('.');
      await reading;
      await server.stop();
      expect(await connection.closed).toMatch(/node/);
      expect(await command.ended).toEqual({ code: null, signal: null });
      expect(await running).toMatchObject({
        step: 'shell',
        message: expect.stringContaining('was lost while a command ran'),
      });
      await expect(connection.exec('true')).rejects.toMatchObject({
        step: 'shell',
        message: expect.stringContaining('is not connected any more'),
      });
      await expect(connection.files().stat('.')).rejects.toMatchObject({ step: 'files' });
    });

    test('when nothing is heard from the node any more, is noticed', async () => {
      // It stands still, as a node does that has lost its network.
      for (const pid of server.running('sshd')) process.kill(pid, 'SIGSTOP');
      expect(await connection.closed).toBe('node gave no sign of life for 3 seconds');
    });

    test('when it is closed, is said, and a process that used it can end by itself', async () => {
      connection.close();
      expect(await connection.closed).toBe('Drover closed the connection');
      connection.close();
      const script = `
        import { connect } from ${JSON.stringify(join(import.meta.dirname, 'connect.ts'))};
        const asks = { hostKey: async () => true, password: async () => null, passphrase: async () => null };
        const options = { home: ${JSON.stringify(place.home)}, environment: {}, knownHostsFile: ${JSON.stringify(place.knownHostsFile)}, asks };
        const connection = await connect('node', options);
        await connection.exec('sleep 60');
        await connection.files().stat('.');
        connection.close();
        await connect('nobody@node', options).catch((error) => console.log(error.step));
      `;
      const bundle = await bundled(script);
      const out = await new Promise((ended) =>
        execFile(process.execPath, [bundle], { timeout: 20_000 }, (error, stdout) => ended(error ?? stdout)),
      );
      expect(out).toBe('logIn\n');
    });
  });
});
