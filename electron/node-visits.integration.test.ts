import { Server, utils, type AuthContext, type Connection } from 'ssh2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Place } from '../build/integration/sshd/place';
import { freePort } from '../build/integration/sshd/sshd';
import { noAnswers, type NodeAnswers, type NodeTrial } from '../shared/ipc/nodes';
import { NodeVisits } from './node-visits';
import { SecretsInMemory } from './secrets';

/** Lets in who knows the password and the code of the moment, and nobody does anything there. */
function authenticate(context: AuthContext): void {
  if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
  const prompts = [
    { prompt: 'Password: ', echo: false },
    { prompt: 'Verification code: ', echo: false },
  ];
  context.prompt(prompts, (answers) => {
    if (answers.join(' ') === 'tulip 123456') context.accept();
    else context.reject(['keyboard-interactive']);
  });
}

let place: Place;
let server: Server;
let connections: Connection[];
let secrets: SecretsInMemory;
let visits: NodeVisits;
beforeEach(async () => {
  place = new Place();
  connections = [];
  const hostKeys = [utils.generateKeyPairSync('ecdsa', { bits: 256 }).private];
  server = new Server({ hostKeys }, (connection) => {
    connections.push(connection);
    connection.on('error', () => {}).on('authentication', authenticate);
  });
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  place.configure(place.alias('node', { port }));
  secrets = new SecretsInMemory();
  visits = new NodeVisits({
    dataFolder: place.home,
    agentFolder: 'resources/agent',
    secrets,
    home: place.home,
  });
});
afterEach(async () => {
  for (const connection of connections) connection.end();
  await new Promise((closed) => server.close(closed));
  await place.close();
});

async function asked(answers: NodeAnswers): Promise<Extract<NodeTrial, { kind: 'question' }>['question']> {
  const trial = await visits.visit('node', answers);
  if (trial.kind !== 'question') throw new Error(JSON.stringify(trial));
  return trial.question;
}

test('each question is put by itself and its answer used for nothing else', async () => {
  const hostKey = await asked(noAnswers);
  if (hostKey.kind !== 'hostKey') throw new Error(hostKey.kind);
  const confirmed = { ...noAnswers, hostKeys: [hostKey.fingerprint] };
  const password = await asked(confirmed);
  expect(password).toMatchObject({ kind: 'password', prompt: 'Password', hidden: true, again: false });
  if (password.kind !== 'password') return;
  const withPassword = { ...confirmed, secrets: { [password.id]: 'tulip' } };
  const code = await asked(withPassword);
  expect(code).toMatchObject({ kind: 'password', prompt: 'Verification code', again: false });
  if (code.kind !== 'password') return;
  expect(code.id).not.toBe(password.id);

  const wrong = { ...withPassword, secrets: { ...withPassword.secrets, [code.id]: '000000' } };
  expect(await asked(wrong)).toMatchObject({ id: password.id, again: true });
  expect(await secrets.get(password.id)).toBeNull();

  const right = { ...wrong, secrets: { ...wrong.secrets, [code.id]: '123456' } };
  expect(await visits.visit('node', right)).toMatchObject({ kind: 'failed', step: 'files' });
});
