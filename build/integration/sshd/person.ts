import type {
  HostKeyQuestion,
  PassphraseQuestion,
  PasswordQuestion,
  SshAsks,
} from '../../../electron/nodes/ssh/asks';

export interface Answers {
  readonly hostKey?: boolean | null;
  /** One after the other; then nobody answers any more. */
  readonly passphrases?: readonly string[];
  readonly passwords?: readonly string[];
}

/** Answers what is asked, and remembers the questions. */
export class Person implements SshAsks {
  readonly hostKeys: HostKeyQuestion[] = [];
  readonly keyFiles: PassphraseQuestion[] = [];
  readonly questions: PasswordQuestion[] = [];

  constructor(private readonly answers: Answers = { hostKey: true }) {}

  async hostKey(question: HostKeyQuestion): Promise<boolean | null> {
    this.hostKeys.push(question);
    return this.answers.hostKey ?? null;
  }

  async passphrase(question: PassphraseQuestion): Promise<string | null> {
    this.keyFiles.push(question);
    return this.answers.passphrases?.[this.keyFiles.length - 1] ?? null;
  }

  async password(question: PasswordQuestion): Promise<string | null> {
    this.questions.push(question);
    return this.answers.passwords?.[this.questions.length - 1] ?? null;
  }
}
