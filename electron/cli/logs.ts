import type { JobDetail, LogPiece, TaskPlace } from '../../shared/ipc/contract';
import type { JobId } from '../../shared/model/ids';
import { parseLogAddress, UsageError, type Arguments } from './arguments';
import type { Farm } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { emitLine, follow, print } from './run';

const pieceBytes = 256 * 1024;

/** One task's log as it is; of several tasks, every line marked with its job, step and index. */
export async function logs(
  farm: Farm,
  address: string,
  { json, follow: goOn }: Arguments,
): Promise<ExitStatus> {
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
    await oneLog(farm, { job: found.job, step: only, task: index ?? 0 }, goOn, json);
  } else if (goOn) {
    const names = new Set(steps.map((step) => detail.steps[step]?.name));
    await follow(farm, found.batch, ({ lines }) => {
      for (const line of lines) if (line.job === detail.name && names.has(line.step)) emitLine(line, json);
    });
  } else {
    for (const step of steps) await stepLogs(farm, found.job, detail, step, json);
  }
  return exitStatus.done;
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
  json: boolean,
): Promise<void> {
  const { name = '', count = 0 } = detail.steps[step] ?? {};
  for (let task = 0; task < count; task++) {
    let rest = '';
    await readLog(farm, { job, step, task }, (piece) => {
      const lines = (rest + piece.text).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      for (const text of lines) emit(text);
    });
    if (rest !== '') emit(rest);
    function emit(text: string): void {
      emitLine({ job: detail.name, step: name, task, text }, json);
    }
  }
}

async function oneLog(farm: Farm, place: TaskPlace, goOn: boolean, json: boolean): Promise<void> {
  const emit = (piece: LogPiece): void => {
    if (json) print({ attempt: piece.attempt, from: piece.from, text: piece.text });
    else process.stdout.write(piece.text);
  };
  const to = await readLog(farm, place, emit);
  if (!goOn) return;
  await new Promise<void>((resolve, reject) => {
    const end = farm.client.subscribe('log', place, {
      picture: (piece) => take(piece),
      delta: (piece) => take(piece),
      refused: (refusal) => reject(new RefusedError(refusal)),
    });
    let printed = to;
    function take(piece: LogPiece): void {
      if (piece.from === 0 && printed.attempt !== piece.attempt) printed = { attempt: piece.attempt, to: 0 };
      // The view begins near the end of the log: what was printed above is not printed twice.
      const bytes = Buffer.from(piece.text);
      const known = Math.max(0, printed.to - piece.from);
      if (known < bytes.length)
        emit({ ...piece, from: piece.from + known, text: bytes.toString('utf8', known) });
      printed = { attempt: piece.attempt, to: Math.max(printed.to, piece.to) };
      if (!piece.complete) return;
      end();
      resolve();
    }
    void farm.lost.then(resolve);
  });
}

/** Reads what there is of a log, piece by piece. */
async function readLog(
  farm: Farm,
  place: TaskPlace,
  onPiece: (piece: LogPiece) => void,
): Promise<Pick<LogPiece, 'attempt' | 'to'>> {
  let from = 0;
  for (;;) {
    const piece = valueOf(await farm.client.request('log.read', { ...place, from, bytes: pieceBytes }));
    if (piece.text !== '') onPiece(piece);
    if (piece.to >= piece.size || piece.to === from) return { attempt: piece.attempt, to: piece.to };
    from = piece.to;
  }
}
