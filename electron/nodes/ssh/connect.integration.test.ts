import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Person } from '../../../build/integration/sshd/person';
import { Place } from '../../../build/integration/sshd/place';
import { freePort, hasSshd, startAgent } from '../../../build/integration/sshd/sshd';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.close());

const hashed = (name: string): string => {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};

describe.skipIf(!hasSshd)('host keys (with sshd)', () => {
  test('an unknown one is asked for once and remembered in Drover’s own file', async () => {
    const server = await place.servers.start();
    place.configure(place.alias('node', server));
    place.knows('elsewhere ssh-ed25519 AAAA');
    const person = new Person();
    await place.connect('node', person);
    expect(person.hostKeys).toEqual([
      {
        node: 'node',
        host: '127.0.0.1',
        port: server.port,
        keyType: 'ssh-ed25519',
        fingerprint: expect.stringMatching(/^SHA256:[\w+/]{43}$/),
      },
    ]);
    expect(place.remembered()).toBe(`[127.0.0.1]:${server.port} ${server.publicKey('ed25519')}\n`);
    expect(statSync(place.knownHostsFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(place.usersKnownHosts, 'utf8')).toBe('elsewhere ssh-ed25519 AAAA\n');

    const again = new Person();
    await place.connect('node', again);
    expect(again.hostKeys).toEqual([]);
  });

  test.each([
    [false, 'was not accepted'],
    [null, 'nobody said whether its host key SHA256:'],
  ])('when the answer is %s, it fails and remembers nothing', async (hostKey, message) => {
    place.configure(place.alias('node', await place.servers.start()));
    const connecting = place.connect('node', new Person({ hostKey }));
    await expect(connecting).rejects.toMatchObject({
      step: 'hostKey',
      message: expect.stringContaining(message),
    });
    expect(place.remembered()).toBe('');
  });

  test('what the user knows is trusted without a question: hashed, or of a less preferred type', async () => {
    const server = await place.servers.start({ hostKeys: ['ed25519', 'ecdsa', 'rsa'] });
    place.configure(place.alias('node', server));
    const name = `[127.0.0.1]:${server.port}`;
    for (const [hosts, type] of [
      [hashed(name), 'ed25519'],
      [`other,${name}`, 'ecdsa'],
      ['[127.0.0.*]:*', 'rsa'],
    ] as const) {
      place.knows(`${hosts} ${server.publicKey(type)}`);
      const person = new Person({});
      await place.connect('node', person);
      expect(person.hostKeys).toEqual([]);
    }
  });

  test('a changed one is refused with both fingerprints and the place, and never asked about', async () => {
    const server = await place.servers.start();
    place.configure(place.alias('node', server));
    await (await place.connect('node')).run('true');
    const before = place.remembered();
    const other = await place.servers.start();
    place.configure(place.alias('node', other, 'HostKeyAlias kept'));
    place.knows(`# mine`, `kept ${server.publicKey('ed25519')}`);
    const person = new Person();
    const failure = await place.connect('node', person).catch((error: unknown) => error);
    expect(failure).toMatchObject({ step: 'hostKey' });
    expect(String(failure)).toMatch(
      new RegExp(
        `ssh-ed25519 SHA256:\\S+ instead of ssh-ed25519 SHA256:\\S+ in ${place.usersKnownHosts}, line 2`,
      ),
    );
    expect(person.hostKeys).toEqual([]);
    expect(place.remembered()).toBe(before);
  });

  test('a host that is only known with a key of another type is refused as well', async () => {
    const server = await place.servers.start({ hostKeys: ['ed25519'] });
    const other = await place.servers.start({ hostKeys: ['ecdsa'] });
    place.configure(place.alias('node', server));
    place.knows(`[127.0.0.1]:${server.port} ${other.publicKey('ecdsa')}`);
    await expect(place.connect('node')).rejects.toThrow('showed another host key than the one that is known');
  });

  test('a revoked one is refused', async () => {
    const server = await place.servers.start();
    place.configure(place.alias('node', server));
    place.knows(
      `[127.0.0.1]:${server.port} ${server.publicKey('ed25519')}`,
      `@revoked * ${server.publicKey('ed25519')}`,
    );
    await expect(place.connect('node')).rejects.toThrow(`revoked in ${place.usersKnownHosts}, line 2`);
  });
});

describe.skipIf(!hasSshd)('the way (with sshd)', () => {
  test('goes through hosts on the way, each with its own host key, in one TCP connection', async () => {
    const [gate, inner, node] = [
      await place.servers.start(),
      await place.servers.start(),
      await place.servers.start(),
    ];
    place.configure(
      place.alias('gate', gate),
      place.alias('inner', inner),
      place.alias('node', node, 'ProxyJump gate,inner'),
    );
    const person = new Person();
    const connection = await place.connect('node', person);
    expect(person.hostKeys.map((question) => question.node)).toEqual(['gate', 'inner', 'node']);
    expect((await connection.run('pwd')).stdout).toBe(`${node.home}\n`);
    await connection.files().writeFile('hello', Buffer.from('hello'), 0o644);
    expect(readFileSync(join(node.home, 'hello'), 'utf8')).toBe('hello');
    await gate.stop();
    expect(await connection.closed).toContain('gate');
  });

  test('a host on the way that cannot reach the next says so', async () => {
    const gate = await place.servers.start();
    const port = await freePort();
    place.configure(place.alias('gate', gate), place.alias('node', { port }, 'ProxyJump gate'));
    await expect(place.connect('node')).rejects.toMatchObject({
      step: 'reach',
      message: expect.stringMatching(new RegExp(`^gate could not connect to node \\(127.0.0.1:${port}\\)`)),
    });
  });
});

describe('what does not answer', () => {
  test('a refused port', async () => {
    const port = await freePort();
    await expect(place.connect(`127.0.0.1:${port}`)).rejects.toMatchObject({
      step: 'reach',
      message: expect.stringContaining(`127.0.0.1:${port} refuses connections`),
    });
  });

  test('a name that does not exist', async () => {
    await expect(place.connect('no-such-host.invalid')).rejects.toMatchObject({ step: 'name' });
  });

  describe('a listener', () => {
    let listener: Server;
    let sockets: Socket[] = [];
    const listen = async (connected: (socket: Socket) => void): Promise<number> => {
      listener = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => {});
        connected(socket);
      });
      const port = await freePort();
      await new Promise<void>((listening) => listener.listen(port, '127.0.0.1', listening));
      return port;
    };
    afterEach(async () => {
      sockets.forEach((socket) => socket.destroy());
      sockets = [];
      await new Promise((closed) => listener.close(closed));
    });

    test('that says nothing is given up', async () => {
      place.configure(place.alias('hole', { port: await listen(() => {}) }, 'ConnectTimeout 1'));
      await expect(place.connect('hole')).rejects.toMatchObject({
        step: 'reach',
        message: expect.stringContaining('did not answer within 1 seconds'),
      });
    });

    test('that is something else is named', async () => {
      const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      place.configure(place.alias('web', { port }));
      await expect(place.connect('web')).rejects.toMatchObject({
        step: 'reach',
        message: expect.stringContaining('could not be spoken to'),
      });
    });

    test('is left at once when connecting is cancelled', async () => {
      const cancel = new AbortController();
      let left = (): void => {};
      const gone = new Promise<void>((done) => (left = done));
      const port = await listen((socket) => {
        socket.resume();
        socket.once('close', left);
        cancel.abort();
      });
      const connecting = place.connect(`127.0.0.1:${port}`, new Person(), { signal: cancel.signal });
      await expect(connecting).rejects.toThrow('was cancelled');
      await gone;
    });
  });
});

describe.skipIf(!hasSshd)('keys (with sshd)', () => {
  test('the agent’s are tried, and named by their fingerprint when they do not fit', async () => {
    const server = await place.servers.start();
    const stranger = place.servers.makeKey('stranger');
    const right = await startAgent(place.servers.folder, [stranger, place.servers.key]);
    const wrong = await startAgent(place.servers.folder, [stranger]);
    try {
      place.configure(place.alias('node', server, 'IdentityFile none'));
      const connection = await place.connect('node', new Person(), {
        environment: { SSH_AUTH_SOCK: right.socket },
      });
      expect((await connection.run('echo in')).stdout).toBe('in\n');

      const refused = place.connect('node', new Person(), { environment: { SSH_AUTH_SOCK: wrong.socket } });
      await expect(refused).rejects.toMatchObject({
        step: 'logIn',
        message: expect.stringMatching(/It accepts publickey\. Tried: the agent's key SHA256:/),
      });

      place.configure(
        place.alias(
          'node',
          server,
          `IdentityFile ${stranger}.pub`,
          'IdentitiesOnly yes',
          `IdentityAgent ${right.socket}`,
        ),
      );
      await expect(place.connect('node')).rejects.toMatchObject({ step: 'logIn' });
      place.configure(
        place.alias(
          'node',
          server,
          `IdentityFile ${place.servers.key}.pub`,
          'IdentitiesOnly yes',
          `IdentityAgent ${right.socket}`,
        ),
      );
      await place.connect('node');
    } finally {
      await right.stop();
      await wrong.stop();
    }
  });

  test('with more of them than the server tries, it says so', async () => {
    const server = await place.servers.start();
    const keys = Array.from({ length: 7 }, (_, index) => place.servers.makeKey(`stranger${index}`));
    const agent = await startAgent(place.servers.folder, keys);
    try {
      place.configure(place.alias('node', server, `IdentityAgent ${agent.socket}`));
      await expect(place.connect('node')).rejects.toMatchObject({
        step: 'logIn',
        message: expect.stringContaining('Too many authentication failures'),
      });
    } finally {
      await agent.stop();
    }
  });

  test('an agent that is not there does not matter when a file fits', async () => {
    place.configure(place.alias('node', await place.servers.start(), `IdentityAgent ${place.home}/nobody`));
    await place.connect('node');
  });

  test('files are tried one after the other; those that fail are named', async () => {
    const server = await place.servers.start();
    const stranger = place.servers.makeKey('stranger', { type: 'ecdsa' });
    writeFileSync(join(place.home, 'broken'), 'not a key');
    const files = [
      `IdentityFile ${place.home}/missing`,
      `IdentityFile ${place.home}/broken`,
      `IdentityFile ${stranger}`,
    ];
    place.configure(place.alias('node', server, ...files));
    const failure = await place.connect('node').catch((error: unknown) => error);
    expect(failure).toMatchObject({ step: 'logIn' });
    expect(String(failure)).toContain(`Tried: ${stranger}.`);
    expect(String(failure)).toContain(`${place.home}/missing: there is no such file; ${place.home}/broken: `);
    place.configure(place.alias('node', server, ...files, `IdentityFile ${place.servers.key}`));
    await place.connect('node');
  });

  test.each([
    ['openssh', 'ecdsa'],
    ['pem', 'rsa'],
  ] as const)(
    'the passphrase of an encrypted one (%s, %s) is asked for until it is right',
    async (format, type) => {
      const server = await place.servers.start();
      const file = place.servers.makeKey('user_key', { type, passphrase: 'open sesame', format });
      server.letsIn(file);
      place.configure(place.alias('node', server));
      const person = new Person({ hostKey: true, passphrases: ['wrong', 'open sesame'] });
      await place.connect('node', person);
      expect(person.keyFiles).toEqual([
        { keyFile: file, again: false },
        { keyFile: file, again: true },
      ]);

      const nobody = new Person({ hostKey: true });
      const failure = await place.connect('node', nobody).catch((error: unknown) => error);
      expect(String(failure)).toContain(`${file}: it is encrypted, and nobody gave its passphrase`);

      const forgetful = new Person({ hostKey: true, passphrases: ['wrong', 'secret-1', 'secret-2'] });
      const other = await place.connect('node', forgetful).catch((error: unknown) => error);
      expect(String(other)).toContain('3 passphrases were wrong');
      expect(String(other)).not.toContain('secret');
    },
  );

  test('nobody is asked for the passphrase of one that the server does not want', async () => {
    const server = await place.servers.start();
    const stranger = place.servers.makeKey('stranger', { passphrase: 'open sesame' });
    place.configure(
      place.alias('node', server, `IdentityFile ${stranger}`, `IdentityFile ${place.servers.key}`),
    );
    const person = new Person();
    await place.connect('node', person);
    expect(person.keyFiles).toEqual([]);
  });
});
