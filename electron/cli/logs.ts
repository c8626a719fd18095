import type { JobDetail, TaskPlace } from '../../shared/ipc/job';
import type { LogPiece } from '../../shared/ipc/logs';
import { endInWords } from '../../shared/model/attempt';
import type { JobId } from '../../shared/model/ids';
import { usageInWords } from '../../shared/model/usage-in-words';
import { matchingLines, startOfTail } from './log-parts';
import { parseLogAddress, UsageError, type Arguments } from './arguments';
import { TextLines } from '../text-lines';
import type { Farm } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { emitLine, follow, print, readersReady } from './run';

const pieceBytes = 256 * 1024;

/** How far a log was read. */
type LogEnd = Pick<LogPiece, 'attempt' | 'to'>;

/** One task's log as it is; of several tasks, every line marked with its job, step and index. */
export async function logs(farm: Farm, address: string, given: Arguments): Promise<ExitStatus> {
  const { json, follow: goOn } = given;
  const { search, tail } = partOf(given);
  const { job: what, step: stepName, index } = parseLogAddress(address);
  const found = valueOf(await farm.client.request('batch.find', { what }));
  if (found.job === null) throw new UsageError(`${what} is a batch; name one of its jobs`);
  const detail = valueOf(await farm.client.request('job.show', { job: found.job }));
  const steps = chosenSteps(detail, stepName);
  const [only, ...others] = steps;
  const count = only === undefined ? 0 : (detail.steps[only]?.count ?? 0);
  if (index !== null && index >= count)
    throw new UsageError(`step ${stepName ?? ''} of ${found.job} has tasks 0 to ${count - 1}`);

  if (only !== undefined && others.length === 0 && (index !== null || count === 1)) {
    const place = { job: found.job, step: only, task: index ?? 0 };
    if (search === null) await oneLog(farm, place, goOn, tail, json);
    else
      await matchingLines(farm, place, search, (line) =>
        json ? print(line) : process.stdout.write(`${line.at}: ${line.text}\n`),
      );
  } else if (goOn) {
    if (tail !== null) throw new UsageError(`--tail with -f takes one task: name it, as ${address}/INDEX`);
    const names = new Set(steps.map((step) => detail.steps[step]?.name));
    await follow(farm, found.batch, ({ lines }) => {
      for (const line of lines) if (line.job === detail.name && names.has(line.step)) emitLine(line, json);
    });
  } else {
    for (const step of steps) await stepLogs(farm, found.job, detail, step, { search, tail }, json);
  }
  return exitStatus.done;
}

/** What of a log is wanted; null: all of it. */
interface LogPart {
  readonly search: string | null;
  readonly tail: number | null;
}

function partOf({ options, follow: goOn }: Arguments): LogPart {
  const { search = null, tail } = options;
  if (search !== null && (goOn || tail !== undefined))
    throw new UsageError('--search prints lines of the whole log: it goes with neither --tail nor -f');
  if (search === '' || (search !== null && search.length > 1000))
    throw new UsageError('--search takes a text of 1 to 1000 characters');
  if (tail !== undefined && !/^[1-9]\d{0,6}$/.test(tail))
    throw new UsageError(`--tail takes how many lines, 1 to 9999999; not '${tail}'`);
  return { search, tail: tail === undefined ? null : Number(tail) };
}

function chosenSteps(detail: JobDetail, name: string | null): readonly number[] {
  if (name === null) return detail.steps.map((_, step) => step);
  const step = detail.steps.findIndex((candidate) => candidate.name === name);
  if (step < 0)
    throw new UsageError(
      `job ${detail.id} has no step ${name}; it has ${detail.steps.map((each) => each.name).join(', ')}`,
    );
  return [step];
}

async function stepLogs(
  farm: Farm,
  job: JobId,
  detail: JobDetail,
  step: number,
  { search, tail }: LogPart,
  json: boolean,
): Promise<void> {
  const { name = '', count = 0 } = detail.steps[step] ?? {};
  for (let task = 0; task < count; task++) {
    const place = { job, step, task };
    if (search !== null) {
      await matchingLines(farm, place, search, ({ at, text }) => {
        if (json) print({ job: detail.name, step: name, task, at, text });
        else emit(`${at}: ${text}`);
      });
      continue;
    }
    const lines = new TextLines();
    const from = await startOfTail(farm, place, tail);
    await readLog(farm, place, from, (piece) => lines.add(piece.text).forEach(emit));
    lines.end().forEach(emit);
    function emit(text: string): void {
      emitLine({ job: detail.name, step: name, task, text }, json);
    }
  }
}

async function oneLog(
  farm: Farm,
  place: TaskPlace,
  goOn: boolean,
  tail: number | null,
  json: boolean,
): Promise<void> {
  const emit = (piece: LogPiece): void => {
    if (json) print({ attempt: piece.attempt, from: piece.from, text: piece.text });
    else process.stdout.write(piece.text);
  };
  const start = await startOfTail(farm, place, tail);
  const printed = await readLog(farm, place, start, emit);
  if (goOn) await followLog(farm, place, printed, emit);
  if (!json) await tellUsage(farm, place);
}

/** Beside the log, not in it: what the newest attempt at the task used. */
async function tellUsage(farm: Farm, { job, step, task }: TaskPlace): Promise<void> {
  const range = { job, step, from: task, count: 1 };
  const [row] = valueOf(await farm.client.request('task.list', range)).tasks;
  if (row === undefined || row.end === null || row.usage === null) return;
  console.error(`${endInWords(row.end)} on ${row.node ?? 'a node'}; it ${usageInWords(row.usage)}`);
}

async function followLog(
  farm: Farm,
  place: TaskPlace,
  start: LogEnd,
  emit: (piece: LogPiece) => void,
): Promise<void> {
  let printed = start;
  await new Promise<void>((resolve, reject) => {
    // The view tells that there is more, and when the log is complete; what it says is read in order.
    const take = async (piece: LogPiece): Promise<void> => {
      const from = piece.attempt === printed.attempt ? printed.to : 0;
      printed = await readLog(farm, place, from, emit);
      if (!piece.complete) return;
      end();
      resolve();
    };
    const end = farm.client.subscribe('log', place, {
      picture: (piece) => take(piece).catch(reject),
      delta: (piece) => take(piece).catch(reject),
      refused: (refusal) => reject(new RefusedError(refusal)),
    });
  });
}

/** Reads what there is of a log from an offset on, piece by piece. */
async function readLog(
  farm: Farm,
  place: TaskPlace,
  start: number,
  onPiece: (piece: LogPiece) => void,
): Promise<LogEnd> {
  let from = start;
  for (;;) {
    const piece = valueOf(await farm.client.request('log.read', { ...place, from, bytes: pieceBytes }));
    if (piece.text !== '') onPiece(piece);
    await readersReady();
    if (piece.to >= piece.size || piece.to === from) return { attempt: piece.attempt, to: piece.to };
    from = piece.to;
  }
}
