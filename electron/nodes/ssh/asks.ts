/** What only a person can answer while a connection is made. Null: nobody did. Answers are used once and not kept. */
export interface SshAsks {
  password(question: PasswordQuestion): Promise<string | null>;
  passphrase(question: PassphraseQuestion): Promise<string | null>;
  /** Whether an unknown host is the one that is meant; the answer yes is remembered. */
  hostKey(question: HostKeyQuestion): Promise<boolean | null>;
}

export interface PasswordQuestion {
  /** The node, or the host on the way to it, as it was named. */
  readonly node: string;
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** What the server asks for: a password, a code. */
  readonly prompt: string;
  /** The answer must not be seen while it is typed. */
  readonly hidden: boolean;
  /** An earlier answer was wrong. */
  readonly again: boolean;
}

export interface PassphraseQuestion {
  readonly keyFile: string;
  readonly again: boolean;
}

export interface HostKeyQuestion {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly keyType: string;
  /** `SHA256:...`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}
