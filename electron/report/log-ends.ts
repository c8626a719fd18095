/** The last lines of what failed attempts have printed, of some of them. */
import type { Failure } from './gather/failures';
import type { ReportInput } from './input';
import type { Report } from './schema/report';

export type LogEnd = NonNullable<Report['failures'][number]['log']>;

const mostLogs = 30;
const ofEachGroup = 2;
const bytesOfEach = 8 * 1024;
const linesOfEach = 20;
const longestLine = 400;
const longestOfEach = 5000;
const longestOfAll = 20_000;

/** Those that were not made good by a later attempt come first; a node that does not answer is asked once. */
export async function logEndsOf(
  failures: readonly Failure[],
  read: ReportInput['logEnd'],
): Promise<ReadonlyMap<Failure, LogEnd>> {
  const chosen = failures
    .filter(({ inGroup, attempt }) => inGroup < ofEachGroup && attempt.end?.kind !== 'notStarted')
    .toSorted((a, b) => Number(a.isMended) - Number(b.isMended))
    .slice(0, mostLogs);
  const silent = new Map<string, string>();
  const ends = new Map<Failure, LogEnd>();
  const endsAt = performance.now() + longestOfAll;
  for (const failure of chosen) {
    const { node } = failure.attempt;
    const left = Math.min(longestOfEach, endsAt - performance.now());
    const why = silent.get(node) ?? (left <= 0 ? 'reading logs took too long' : null);
    const end = why === null ? await inTime(read(failure.attempt, bytesOfEach), left) : missing(why);
    if (end.kind === 'missing') silent.set(node, end.why);
    ends.set(failure, end);
  }
  return ends;
}

async function inTime(reading: ReturnType<ReportInput['logEnd']>, milliseconds: number): Promise<LogEnd> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the node did not answer in time')), milliseconds);
  });
  try {
    const { text, isCut } = await Promise.race([reading, late]);
    return lastLines(text, isCut);
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

const missing = (why: string): LogEnd => ({ kind: 'missing', why });

/** What follows an ESC, for the terminal alone: colours, titles and the like. */
const escaped = /^(?:\[[ -?]*[@-~]?|[\]PX^_]\P{Cc}*(?:(?!\n)\p{Cc})?|[ -/]*[0-~])/u;

function withoutEscapes(text: string): string {
  const [first = '', ...others] = text.split('\u001b');
  return first + others.map((part) => part.replace(escaped, '')).join('');
}

/** As a terminal would show them: a line that was written over is what it was last. */
export function lastLines(text: string, isCut: boolean): LogEnd {
  const lines = withoutEscapes(text).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const shown = lines.slice(-linesOfEach).map((line) => {
    const last = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
    return last.length > longestLine ? `${last.slice(0, longestLine)}…` : last;
  });
  return { kind: 'lines', lines: shown, isCut: isCut || lines.length > shown.length };
}
