/** What a person has to answer before a machine lets Drover in: at the terminal, or by options. */
import { text } from 'node:stream/consumers';
import type { NodeAnswers, NodeQuestion, NodeTrial } from '../../shared/ipc/nodes';
import { noAnswers } from '../../shared/ipc/nodes';
import { UsageError, type Options } from './arguments';
import { refusal } from './outcome';
import type { Terminal } from './terminal';

/** Where answers come from. */
export interface AnswerSource {
  /** Null: nobody sits there. */
  readonly terminal: Terminal | null;
  /** Host keys that were said to be right. */
  readonly hostKeys: readonly string[];
  /** Unknown host keys are taken as they are. */
  readonly takesHostKeys: boolean;
  /** What came on stdin to be answered, a line a question; null: stdin is not for that. */
  readonly lines: readonly string[] | null;
}

export async function answerSource(
  options: Options,
  terminal: Terminal | null,
  stdin: NodeJS.ReadableStream,
): Promise<AnswerSource> {
  const takesStdin = options['password-stdin'] === true;
  if (takesStdin && terminal !== null)
    throw new UsageError(
      '--password-stdin takes what comes through a pipe; leave it out, and Drover asks in this terminal',
    );
  const given = takesStdin ? await text(stdin) : null;
  return {
    terminal,
    hostKeys: options['accept-host-key'] ?? [],
    takesHostKeys: options.yes ?? false,
    lines: given === null ? null : given.replace(/\r?\n$/, '').split(/\r?\n/),
  };
}

export interface Talk {
  /** A question, if it could not be answered. */
  readonly trial: NodeTrial;
  readonly gaveSecrets: boolean;
}

/** Goes to a machine again and again, until nothing is asked any more or nobody can answer. */
export async function talk(
  source: AnswerSource,
  visit: (answers: NodeAnswers) => Promise<NodeTrial>,
): Promise<Talk> {
  let answers: NodeAnswers = { ...noAnswers, hostKeys: source.hostKeys };
  const lines = [...(source.lines ?? [])];
  for (;;) {
    const trial = await visit(answers);
    const gaveSecrets = Object.keys(answers.secrets).length > 0;
    if (trial.kind !== 'question') return { trial, gaveSecrets };
    const { question } = trial;
    if (question.kind === 'hostKey') {
      if (!(await isRight(question, source))) return { trial, gaveSecrets };
      answers = { ...answers, hostKeys: [...answers.hostKeys, question.fingerprint] };
    } else {
      const secret = source.lines === null ? await typed(question, source.terminal) : lines.shift();
      if (secret === undefined) return { trial, gaveSecrets };
      // Of several answers, nobody knows which was wrong.
      const earlier = question.again ? {} : answers.secrets;
      answers = { ...answers, secrets: { ...earlier, [question.id]: secret } };
    }
  }
}

type HostKeyQuestion = Extract<NodeQuestion, { kind: 'hostKey' }>;
type SecretQuestion = Exclude<NodeQuestion, HostKeyQuestion>;

async function isRight(question: HostKeyQuestion, source: AnswerSource): Promise<boolean> {
  const { terminal, hostKeys, takesHostKeys } = source;
  if (takesHostKeys) return true;
  if (terminal === null || hostKeys.length > 0) return false;
  terminal.tell(`${placeOf(question)} is not known yet. ${keyText(question)}`);
  for (;;) {
    const answer = await terminal.ask('Is that its key? Type yes or no:', { hidden: false });
    if (answer === 'yes') return true;
    if (answer === 'no') throw refusal('Nothing was changed: its host key was not accepted.');
  }
}

async function typed(question: SecretQuestion, terminal: Terminal | null): Promise<string | undefined> {
  if (question.again) terminal?.tell('That was not accepted.');
  const hidden = question.kind === 'passphrase' || question.hidden;
  return terminal?.ask(`${secretText(question)}:`, { hidden });
}

const placeOf = ({ host, port }: HostKeyQuestion): string => (port === 22 ? host : `${host}, port ${port},`);

const keyText = ({ keyType, fingerprint }: HostKeyQuestion): string =>
  `Its host key (${keyType}) is ${fingerprint}. On the machine itself this tells the same, if it is the right one: ssh-keygen -lf /etc/ssh/ssh_host_${keyType.replace(/^ssh-/, '').replace(/-.*$/, '')}_key.pub`;

const secretText = (question: SecretQuestion): string =>
  question.kind === 'passphrase'
    ? `Passphrase of ${question.keyFile}`
    : `${question.prompt} of ${question.user} at ${question.host}`;

/** Why it went no further, and which option answers it. */
export function unansweredText(question: NodeQuestion, { hostKeys, lines }: AnswerSource): string {
  if (question.kind === 'hostKey') {
    return hostKeys.length > 0
      ? `${placeOf(question)} shows the host key ${question.fingerprint} (${question.keyType}), which was not given with --accept-host-key. Nothing was sent to it. Ask whoever looks after that machine which is right.`
      : `${placeOf(question)} is not known yet. ${keyText(question)}\nIf it does, repeat this with --accept-host-key ${question.fingerprint}`;
  }
  const what = secretText(question);
  if (lines === null)
    return `It asks for: ${what}. Repeat this in a terminal, or with --password-stdin and the answer on stdin. A key of yours in ~/.ssh/authorized_keys there needs no answer.`;
  return question.again
    ? `${what}: what came on stdin was not accepted.`
    : `It asks for: ${what}. stdin had no line for that; it takes a line for each question.`;
}
