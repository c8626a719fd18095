import type { AttemptPlace } from '../../shared/ipc/job';
import type { LogPiece } from '../../shared/ipc/logs';
import type { Attempt } from '../../shared/model/attempt';
import type { Host } from '../host';

/** The one that is named, or the newest; null: there is none. */
export async function attemptAt(
  host: Host,
  { job, step, task, attempt: id }: AttemptPlace,
): Promise<Attempt | null> {
  const attempts = await host.store.attempts(job, step, task, 1);
  return (id === undefined ? attempts.at(-1) : attempts.find((attempt) => attempt.id === id)) ?? null;
}

export const noLog: LogPiece = { attempt: null, from: 0, to: 0, size: 0, text: '', complete: false };

/** A piece of an attempt's log as text, never cutting a character of several bytes in two. */
export async function readLogPiece(
  host: Host,
  attempt: Attempt,
  from: number,
  bytes: number,
): Promise<LogPiece> {
  const ended = !host.state.attempts.has(attempt.id);
  const piece = await host.readLog(attempt.id, from, bytes, attempt.node);
  const skipped = piece.from > 0 ? bytesOfCutCharacter(piece.bytes) : 0;
  const atEnd = piece.from + piece.bytes.length >= piece.size;
  const length = ended && atEnd ? piece.bytes.length : wholeCharacters(piece.bytes);
  return {
    attempt: attempt.id,
    from: piece.from + skipped,
    to: piece.from + length,
    size: piece.size,
    text: piece.bytes.toString('utf8', skipped, length),
    complete: ended && atEnd,
  };
}

/** How many bytes at the start belong to a character that began before. */
export function bytesOfCutCharacter(bytes: Buffer): number {
  let at = 0;
  while (at < Math.min(3, bytes.length) && isContinuation(bytes[at])) at++;
  return at;
}

/** The length without a last character that is not complete yet. */
export function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
