import type { OutputLine, OutputPiece } from '../../shared/ipc/results';
import type { SubmittedBatch } from '../../shared/ipc/submissions';
import type { BatchId } from '../../shared/model/ids';
import { taskStates, totalOf } from '../../shared/model/states';
import type { Arguments } from './arguments';
import { expectToRun } from './expect-to-run';
import type { Farm } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { submissionOf } from './submission';
import { counts, duration } from './text';

/** When nothing stands against it; `now`: also when the recipe has a schedule. */
export async function submitFile(
  farm: Farm,
  file: string,
  given: Arguments,
  now = false,
): Promise<SubmittedBatch> {
  const submission = await submissionOf(file, given.parameters);
  await expectToRun(farm, submission, given);
  return valueOf(await farm.client.request('batch.submit', { ...submission, now }));
}

/** Submits, now also when the recipe has a schedule, prints each output line as it comes, and ends with the batch. */
export async function run(farm: Farm, file: string, given: Arguments): Promise<ExitStatus> {
  const { json } = given;
  const submitted = await submitFile(farm, file, given, true);
  const { batch, name, tasks } = submitted;
  if (json) print({ event: 'submitted', ...submitted });
  else console.error(`${batch}  ${name}: ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`);
  const stopWatching = onInterrupt(farm, batch);
  try {
    let told = '';
    const last = await follow(farm, batch, ({ lines, batch: row }) => {
      for (const line of lines) emitLine(line, json);
      const { state, tasks: counted, progress } = row;
      const news = JSON.stringify(counted);
      if (json && news !== told) print({ event: 'progress', batch, state, tasks: counted, progress });
      told = news;
    });
    const status = finish(last, json);
    if (farm.guests() > 0 && !json)
      console.error('Other terminals work with this Drover: it hosts them to their end.');
    stopWatching();
    await farm.guestsGone();
    return status;
  } finally {
    stopWatching();
  }
}

/** An output line, marked with its job, step and index. */
export function emitLine(line: OutputLine, json: boolean): void {
  if (json) print({ event: 'output', ...line });
  else process.stdout.write(`[${line.job}/${line.step}/${line.task}] ${line.text}\n`);
}

/** Calls for every piece that the batch has printed and prints, until it has ended. */
export function follow(
  farm: Farm,
  batch: BatchId,
  onPiece: (piece: OutputPiece) => void,
): Promise<OutputPiece> {
  return new Promise((resolve, reject) => {
    const take = async (piece: OutputPiece): Promise<void> => {
      onPiece(piece);
      await readersReady();
      if (!piece.complete) return;
      end();
      resolve(piece);
    };
    const end = farm.client.subscribe(
      'output',
      { batch },
      {
        picture: take,
        delta: take,
        refused: (refusal) => reject(new RefusedError(refusal)),
      },
    );
  });
}

/** A slow reader of the output slows down the view, instead of filling memory; one that is gone does not. */
export async function readersReady(): Promise<void> {
  const { stdout } = process;
  if (!stdout.writableNeedDrain || stdout.errored !== null || stdout.destroyed) return;
  await new Promise<void>((resolve) => {
    const ready = (): void => {
      for (const event of ['drain', 'error', 'close'] as const) stdout.off(event, ready);
      resolve();
    };
    for (const event of ['drain', 'error', 'close'] as const) stdout.once(event, ready);
  });
}

function finish({ batch }: OutputPiece, json: boolean): ExitStatus {
  const wallMs = Math.max(0, (batch.endedAt ?? Date.now()) - batch.submittedAt);
  if (json) {
    const { id, name, state, output, report } = batch;
    const tasks = Object.fromEntries(taskStates.map((task) => [task, batch.tasks[task]]));
    print({ event: 'ended', batch: id, name, state, tasks, wallMs, output, report });
  } else {
    console.error(
      `${batch.id}  ${batch.state} in ${duration(wallMs)}: ${counts(batch.tasks)} of ${totalOf(batch.tasks)}`,
    );
    console.error(`output: ${batch.output}`);
    if (batch.report !== null) console.error(`report: ${batch.report}`);
  }
  return batch.state === 'COMPLETED' ? exitStatus.done : exitStatus.workFailed;
}

export const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** An interrupt cancels what this process runs; of another Host's work it only ends the watching. */
function onInterrupt(farm: Farm, batch: BatchId): () => void {
  let interrupts = 0;
  const interrupted = (): void => {
    if (farm.own === null) {
      console.error(`\n${batch} goes on in the Drover that hosts it. drover cancel ${batch} stops it.`);
      process.exit(exitStatus.done);
    }
    if (++interrupts > 1) {
      console.error('\nDrover leaves. What still runs is seen to when it is started again.');
      process.exit(exitStatus.workFailed);
    }
    console.error(`\nCancelling ${batch}; waiting for its tasks to end. Interrupt again to leave at once.`);
    void farm.client.request('batch.cancel', { what: batch, why: null });
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  return () => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  };
}
