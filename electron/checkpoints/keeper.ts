/** Where the bytes of checkpoints are kept, each file under its hash. */
export interface Keeper {
  /** Its SHA-256, hexadecimal. Fails when the file changes meanwhile, or where there is no room. */
  keep(path: string, signal: AbortSignal): Promise<{ readonly hash: string; readonly bytes: number }>;
  has(hash: string): Promise<boolean>;
  /** Under its name only when it is there whole. */
  restore(hash: string, to: string): Promise<void>;
}
