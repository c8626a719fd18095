import type { LogMatch, LogMatches, LogSearch, MatchedLine } from '../../shared/ipc/logs';
import type { Attempt } from '../../shared/model/attempt';
import type { Host } from '../host';
import { bytesOfCutCharacter, attemptAt, wholeCharacters } from './log-reader';

/** A search that nobody waits for any more lasts no longer than this either: whoever does, asks again. */
const longestSearch = 1000;
/** So much of a line is told, before and behind a match. */
const before = 512;
const behind = 1024;
/** Matches that stand so near to each other are read at once. */
const together = 16 * 1024;

/** Searches the log of a task's newest attempt. */
export async function searchTaskLog(host: Host, search: LogSearch): Promise<LogMatches> {
  const attempt = await attemptAt(host, search);
  if (attempt === null) return { attempt: null, matches: [], to: 0, toEnd: true, size: 0 };
  const { text, withLines } = search;
  const found = await host.searchLog(attempt, search, AbortSignal.timeout(longestSearch));
  const matches = withLines
    ? await withTheirLines(host, attempt, found.matches, Buffer.byteLength(text))
    : found.matches.map((at) => ({ at, line: null }));
  return { attempt: attempt.id, matches, to: found.to, toEnd: found.toEnd, size: found.size };
}

async function withTheirLines(
  host: Host,
  attempt: Attempt,
  places: readonly number[],
  length: number,
): Promise<readonly LogMatch[]> {
  const read = async (group: readonly number[]): Promise<readonly LogMatch[]> => {
    const from = Math.max(0, (group[0] ?? 0) - before);
    const to = (group.at(-1) ?? 0) + length + behind;
    const piece = await host.readLog(attempt.id, from, to - from, attempt.node);
    return group.map((at) => ({ at, line: lineAround(piece.bytes, piece.from, at, length) }));
  };
  return (await Promise.all(groupsOf(places).map(read))).flat();
}

function groupsOf(places: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (const at of places) {
    const last = groups.at(-1);
    if (last === undefined || at - (last[0] ?? 0) > together) groups.push([at]);
    else last.push(at);
  }
  return groups;
}

const lineFeed = 0x0a;

/** The line of a match in bytes that begin at `from` in the log. */
export function lineAround(bytes: Buffer, from: number, at: number, length: number): MatchedLine {
  const match = at - from;
  const furthest = Math.max(0, match - before);
  // The match itself may begin with the end of a line.
  const lineEnd = match === 0 ? -1 : bytes.lastIndexOf(lineFeed, match - 1);
  const isCutBefore = lineEnd < furthest && from + furthest > 0;
  const start = isCutBefore ? furthest + bytesOfCutCharacter(bytes.subarray(furthest, match)) : lineEnd + 1;
  const mostEnd = Math.min(bytes.length, match + length + behind);
  const nextEnd = bytes.indexOf(lineFeed, match + length);
  const isCutBehind = nextEnd < 0 || nextEnd > mostEnd;
  const end = isCutBehind ? start + wholeCharacters(bytes.subarray(start, mostEnd)) : nextEnd;
  return { at: from + start, text: bytes.toString('utf8', start, end).replace(/\r$/, '') };
}
