import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { FoundMachine, NodeAnswers, NodeQuestion, NodeTrial } from '../../shared/ipc/nodes';
import { noCapacity } from '../../shared/model/amounts';
import { answerSource, talk, unansweredText, type AnswerSource, type Talk } from './node-questions';
import { Terminal } from './terminal';

const machine: FoundMachine = {
  ...{ host: 'render1', system: 'Debian', capacity: noCapacity, freeDiskMiB: null },
  ...{ cards: [], shells: ['sh'], programs: [], labels: [] },
};
const found: NodeTrial = { kind: 'found', machine, notices: [] };
const hostKey: NodeQuestion = {
  kind: 'hostKey',
  ...{ host: 'render1', port: 22, keyType: 'ssh-ed25519', fingerprint: 'SHA256:right' },
};
const password: NodeQuestion = {
  kind: 'password',
  ...{ id: 'password of ann', host: 'render1', user: 'ann', prompt: 'Password', hidden: true, again: false },
};

/** A machine whose host key is unknown, and that wants a password. */
function visit(answers: NodeAnswers): Promise<NodeTrial> {
  const secret = answers.secrets['password of ann'];
  return Promise.resolve(
    !answers.hostKeys.includes('SHA256:right')
      ? { kind: 'question', question: hostKey }
      : secret === 'secret'
        ? found
        : { kind: 'question', question: { ...password, again: secret !== undefined } },
  );
}

const sourceOf = (options: Parameters<typeof answerSource>[0], input = ''): Promise<AnswerSource> =>
  answerSource(options, null, Readable.from([input]));

async function whyNot(source: AnswerSource): Promise<string> {
  const { trial } = await talk(source, visit);
  return trial.kind === 'question' ? unansweredText(trial.question, source) : trial.kind;
}

describe('without a terminal', () => {
  test('an unknown host key ends it with its fingerprint and the option that answers it', async () => {
    const text = await whyNot(await sourceOf({}));
    expect(text).toContain('render1 is not known yet. Its host key (ssh-ed25519) is SHA256:right.');
    expect(text).toContain('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    expect(text).toContain('--accept-host-key SHA256:right');
  });

  test('another host key than the one that was given is never taken', async () => {
    const text = await whyNot(await sourceOf({ 'accept-host-key': ['SHA256:other'] }));
    expect(text).toMatch(/^render1 shows the host key SHA256:right .* was not given with --accept-host-key/);
  });

  test('a password ends it with the option that answers it', async () => {
    expect(await whyNot(await sourceOf({ yes: true }))).toContain(
      'It asks for: Password of ann at render1. Repeat this in a terminal, or with --password-stdin',
    );
  });

  test('lines of stdin answer one question each', async () => {
    const options = { 'accept-host-key': ['SHA256:right'], 'password-stdin': true };
    expect(await talk(await sourceOf(options, 'secret\n'), visit)).toEqual({
      trial: found,
      gaveSecrets: true,
    });
    expect(await talk(await sourceOf(options, 'old\r\nsecret\r\n'), visit)).toMatchObject({ trial: found });
    const wrong = await whyNot(await sourceOf(options, 'guess'));
    expect(wrong).toBe('Password of ann at render1: what came on stdin was not accepted.');
  });
});

describe('at a terminal', () => {
  class Keyboard extends PassThrough {
    setRawMode(): void {}
  }

  async function talkTyping(...typed: readonly string[]): Promise<{ talked: Promise<Talk>; shown: string }> {
    const [keyboard, screen] = [new Keyboard(), new PassThrough()];
    const source = await answerSource({}, new Terminal(keyboard, screen), Readable.from([]));
    keyboard.write(typed.map((line) => `${line}\r`).join(''));
    const talked = talk(source, visit);
    await talked.catch(() => {});
    return { talked, shown: String(screen.read()) };
  }

  test('host key and password are asked for, until they are right; the password is not shown', async () => {
    const { talked, shown } = await talkTyping('y', 'yes', 'wrong', 'secret');
    expect(await talked).toEqual({ trial: found, gaveSecrets: true });
    expect(shown).toContain('SHA256:right');
    expect(shown.match(/Type yes or no:/g)).toHaveLength(2);
    expect(shown).toContain('That was not accepted.');
    expect(shown).not.toMatch(/secret|wrong/);
  });

  test('a host key that is said to be wrong ends it', async () => {
    const { talked } = await talkTyping('no');
    await expect(talked).rejects.toThrow('its host key was not accepted');
  });
});
