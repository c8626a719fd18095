/** Going to machines that people want to add: what they are asked on the way, and what is found there. */
import { join } from 'node:path';
import type { FoundMachine, NodeAnswers, NodeQuestion, NodeTrial } from '../shared/ipc/nodes';
import { Hashes } from './nodes/files/hashes';
import { capacityOf, labelsOf, systemOf } from './nodes/health/describe-node';
import type { Probe } from './nodes/health/probe';
import type { Machine } from './nodes/machine';
import { machineOf, SshReach } from './nodes/ssh-reach';
import { shellQuote } from './nodes/quote';
import type { PasswordQuestion, SshAsks } from './nodes/ssh/asks';
import { sshByHand, sshUrl } from './nodes/ssh/by-hand';
import { SshFailure } from './nodes/ssh/failure';
import type { Secrets } from './secrets';

export interface VisitOptions {
  readonly dataFolder: string;
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  readonly secrets: Secrets;
  /** Of the user's own SSH; missing: where it usually is. */
  readonly home?: string | undefined;
}

export class NodeVisits {
  private readonly hashes = new Hashes();
  /** What was found on the last visit to each. */
  private readonly found = new Map<string, Machine>();

  constructor(private readonly options: VisitOptions) {}

  /**
   * The way to a node that is connected without anybody there to answer.
   * @param known what is known of it from before it was visited
   */
  reachOf(address: string, known: () => Machine | null): SshReach {
    const { secrets } = this.options;
    const asks: SshAsks = {
      password: async (question) => (question.again ? null : secrets.get(answerId(question))),
      passphrase: async (question) => (question.again ? null : secrets.get(passphraseId(question))),
      hostKey: () => Promise.resolve(null),
    };
    return this.reach(address, asks, () => this.found.get(address) ?? known());
  }

  /** Goes there once with what has been answered so far. What worked is kept in the secret store. */
  async visit(address: string, answers: NodeAnswers): Promise<NodeTrial> {
    const person = new Person(answers, this.options.secrets);
    try {
      const probe = await this.reach(address, person).look(AbortSignal.timeout(longestVisit));
      this.found.set(address, machineOf(probe));
      const notices = await person.keep();
      return { kind: 'found', machine: found(probe), notices };
    } catch (error) {
      if (person.question !== null) return { kind: 'question', question: person.question };
      if (error instanceof SshFailure) return { kind: 'failed', step: error.step, message: error.message };
      throw error;
    }
  }

  /** What a person would type to come there. */
  byHand(address: string): ByHand {
    const words = sshByHand(address, this.knownHostsFile);
    return {
      words,
      text: words.map((word) => (isPlain.test(word) ? word : shellQuote(word))).join(' '),
      url: sshUrl(address),
    };
  }

  private get knownHostsFile(): string {
    return join(this.options.dataFolder, 'known_hosts');
  }

  private reach(address: string, asks: SshAsks, known = (): Machine | null => null): SshReach {
    const { agentFolder, home } = this.options;
    return new SshReach(address, {
      agentFolder,
      hashes: this.hashes,
      asks,
      known,
      home,
      knownHostsFile: this.knownHostsFile,
    });
  }
}

export interface ByHand {
  readonly words: readonly string[];
  /** For a shell. */
  readonly text: string;
  readonly url: string;
}

const isPlain = /^[\w.%:@-]+$/;
const longestVisit = 60_000;

/** What a server asks for beside the password (a name, a code) is another question, and good for once. */
const isPassword = ({ hidden, prompt }: PasswordQuestion): boolean => hidden && /pass(?!code)/i.test(prompt);
const answerId = (question: PasswordQuestion): string =>
  `${isPassword(question) ? 'password' : `“${question.prompt}”`} of ${question.user} at ${question.host}:${question.port}`;
const passphraseId = ({ keyFile }: { readonly keyFile: string }): string => `passphrase of ${keyFile}`;

/** Answers with what was answered before, and remembers the first question that nobody has answered. */
class Person implements SshAsks {
  question: NodeQuestion | null = null;
  private readonly used = new Set<string>();

  constructor(
    private readonly answers: NodeAnswers,
    private readonly secrets: Secrets,
  ) {}

  async password(asked: PasswordQuestion): Promise<string | null> {
    const { host, user, prompt, hidden } = asked;
    const id = answerId(asked);
    const secret = await this.secret(id, asked.again, isPassword(asked));
    if (secret === null) {
      const again = asked.again && this.answers.secrets[id] !== undefined;
      this.question ??= { kind: 'password', id, host, user, prompt, hidden, again };
    }
    return secret;
  }

  async passphrase(asked: Parameters<SshAsks['passphrase']>[0]): Promise<string | null> {
    const id = passphraseId(asked);
    const secret = await this.secret(id, asked.again, true);
    if (secret === null) {
      const again = asked.again && this.answers.secrets[id] !== undefined;
      this.question ??= { kind: 'passphrase', id, keyFile: asked.keyFile, again };
    }
    return secret;
  }

  hostKey({ host, port, keyType, fingerprint }: Parameters<SshAsks['hostKey']>[0]): Promise<boolean | null> {
    if (this.answers.hostKeys.includes(fingerprint)) return Promise.resolve(true);
    this.question ??= { kind: 'hostKey', host, port, keyType, fingerprint };
    return Promise.resolve(null);
  }

  /** What was answered and used has worked. */
  async keep(): Promise<readonly string[]> {
    const { secrets } = this;
    let lasting = true;
    for (const id of this.used) {
      const secret = this.answers.secrets[id];
      if (secret !== undefined) lasting = (await secrets.set(id, secret)) && lasting;
    }
    return lasting
      ? []
      : [
          `${secrets.lack}: it is known until Drover is closed, and asked for again then. An SSH key needs no password.`,
        ];
  }

  private async secret(id: string, again: boolean, lasts: boolean): Promise<string | null> {
    if (again) return null;
    const secret = this.answers.secrets[id] ?? (await this.secrets.get(id));
    if (secret !== null && lasts) this.used.add(id);
    return secret;
  }
}

const found = (probe: Probe): FoundMachine => ({
  host: probe.host,
  system: systemOf(probe),
  capacity: capacityOf(probe),
  freeDiskMiB: probe.disk?.freeMiB ?? null,
  cards: probe.cards.map(({ name, memoryMiB }) => ({ name, memoryMiB })),
  shells: probe.shells,
  programs: probe.programs.map(({ name, version }) => ({ name, version })),
  labels: labelsOf(probe),
});
