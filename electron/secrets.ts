/** Where passwords and passphrases are kept. Nothing else ever writes them down. */
export interface Secrets {
  /** Why not all of them can be kept, for people. */
  readonly lack: string;
  get(name: string): Promise<string | null>;
  /** False: it is known only until Drover ends, for there is no safe place for it. */
  set(name: string, secret: string): Promise<boolean>;
  forget(name: string): Promise<void>;
}

/** Where the system has no secret store, or none that can be reached from a terminal. */
export class SecretsInMemory implements Secrets {
  private readonly known = new Map<string, string>();

  constructor(readonly lack = 'This system has no secret store that Drover can use') {}

  get(name: string): Promise<string | null> {
    return Promise.resolve(this.known.get(name) ?? null);
  }

  set(name: string, secret: string): Promise<boolean> {
    this.known.set(name, secret);
    return Promise.resolve(false);
  }

  forget(name: string): Promise<void> {
    this.known.delete(name);
    return Promise.resolve();
  }
}
