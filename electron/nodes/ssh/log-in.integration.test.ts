import { afterEach, beforeEach, expect, test } from 'vitest';
import { Server, utils, type AuthContext, type Connection } from 'ssh2';
import { Person } from '../../../build/integration/sshd/person';
import { Place } from '../../../build/integration/sshd/place';
import { freePort } from '../../../build/integration/sshd/sshd';

/** A server of its own, because OpenSSH's lets in with a password only those of this machine. */
class PasswordServer {
  port = 0;
  private readonly connections = new Set<Connection>();
  private readonly server: Server;

  constructor(authenticate: (context: AuthContext) => void) {
    const hostKeys = [utils.generateKeyPairSync('ecdsa', { bits: 256 }).private];
    this.server = new Server({ hostKeys }, (connection) => {
      this.connections.add(connection);
      connection.on('error', () => {});
      connection.on('authentication', authenticate);
    });
  }

  async listen(): Promise<this> {
    this.port = await freePort();
    await new Promise<void>((listening) => this.server.listen(this.port, '127.0.0.1', listening));
    return this;
  }

  async close(): Promise<void> {
    this.connections.forEach((connection) => connection.end());
    await new Promise((closed) => this.server.close(closed));
  }
}

let place: Place;
let server: PasswordServer;
beforeEach(() => {
  place = new Place();
});
afterEach(async () => {
  await place.close();
  await server.close();
});

async function serve(
  authenticate: (context: AuthContext) => void,
  ...lines: readonly string[]
): Promise<void> {
  server = await new PasswordServer(authenticate).listen();
  place.configure(place.alias('node', server, ...lines));
}

const passwords = (context: AuthContext): void => {
  if (context.method === 'password' && context.password === 'tulip') context.accept();
  else context.reject(['password']);
};

test('a password is asked for until it is right', async () => {
  await serve(passwords);
  const person = new Person({ hostKey: true, passwords: ['rose', 'tulip'] });
  await place.connect('node', person);
  const question = {
    node: 'node',
    user: place.servers.user,
    host: '127.0.0.1',
    port: server.port,
    prompt: 'Password',
    hidden: true,
  };
  expect(person.questions).toEqual([
    { ...question, again: false },
    { ...question, again: true },
  ]);
});

test('wrong passwords are given up, and never told', async () => {
  await serve(passwords);
  const person = new Person({ hostKey: true, passwords: ['rose-1', 'rose-2', 'rose-3', 'rose-4'] });
  const failure = await place.connect('node', person).catch((error: unknown) => error);
  expect(failure).toMatchObject({ step: 'logIn' });
  expect(String(failure)).toContain('It accepts password.');
  expect(String(failure)).not.toContain('rose');
  expect(person.questions).toHaveLength(3);
});

test('when nobody gives a password, it says that one is needed', async () => {
  await serve(passwords);
  await expect(place.connect('node')).rejects.toMatchObject({
    step: 'logIn',
    message: expect.stringContaining('it asks for “Password”, and nobody answered'),
  });
});

test('what a server asks for is passed on: a code besides the key', async () => {
  await serve((context) => {
    if (context.method === 'publickey') {
      if (context.signature === undefined) context.accept();
      else context.reject(['keyboard-interactive'], true);
    } else if (context.method === 'keyboard-interactive') {
      context.prompt(
        [
          { prompt: 'Your\u001b[31m name: ', echo: true },
          { prompt: 'Code: ', echo: false },
        ],
        (answers) => {
          if (answers.join(' ') === 'anna 123456') context.accept();
          else context.reject(['keyboard-interactive']);
        },
      );
    } else context.reject(['publickey']);
  });
  const person = new Person({ hostKey: true, passwords: ['anna', 'wrong', 'anna', '123456'] });
  await place.connect('node', person);
  expect(person.questions.map(({ prompt, hidden, again }) => [prompt, hidden, again])).toEqual([
    ['Your [31m name', false, false],
    ['Code', true, false],
    ['Your [31m name', false, true],
    ['Code', true, true],
  ]);
});

test('the time that a person takes to answer does not count', async () => {
  await serve(passwords, 'ConnectTimeout 1');
  const person = new Person({ hostKey: true, passwords: ['tulip'] });
  const slow = {
    hostKey: async () => true,
    passphrase: async () => null,
    password: async () => {
      await new Promise((done) => setTimeout(done, 1500));
      return 'tulip';
    },
  };
  await place.connect('node', person, { asks: slow });
});

test('a server that hangs up in the middle is told with what it offered', async () => {
  await serve((context) => {
    if (context.method === 'none') context.reject(['publickey', 'password']);
    else server.close().catch(() => {});
  });
  await expect(place.connect('node')).rejects.toMatchObject({
    step: 'logIn',
    message: expect.stringContaining('It accepts publickey, password.'),
  });
});
