/** How far a connection came before it failed. */
export type SshStep = 'configuration' | 'name' | 'reach' | 'hostKey' | 'logIn' | 'shell' | 'files';

/** Says what happened, where, and what to do next; never holds a secret. */
export class SshFailure extends Error {
  override readonly name = 'SshFailure';

  constructor(
    readonly step: SshStep,
    message: string,
  ) {
    super(message);
  }
}

/** What another machine wrote, fit for a message to a person: one line, bounded, nothing that moves a cursor. */
export function plain(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

export const messageOf = (error: unknown): string =>
  plain(error instanceof Error ? error.message : String(error));

/** `ENOENT`, `ECONNREFUSED` and the like; null: it has none. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
