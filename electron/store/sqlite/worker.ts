/** The thread that owns the database, so that writing to disk never holds up the Host. */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { FactDatabase } from './database';
import { explainTrouble } from './explain-trouble';
import { openDatabase, setTrialsAside } from './open';
import { SnapshotKeeper } from './snapshot-keeper';
import type { Answer, FromWorker, Question, ToWorker, WorkerData } from './worker-messages';

const port = parentPort;
if (port === null) throw new Error('this file is the body of a worker thread');
const { file, keepFacts }: WorkerData = workerData;
interface Opened {
  readonly database: FactDatabase;
  readonly snapshots: SnapshotKeeper;
  readonly warnings: readonly string[];
}
let opened: Opened | null = null;

function open(): Opened {
  const aside = setTrialsAside(file);
  const warnings =
    aside === null
      ? []
      : [`The database was of a trial version of Drover, and is now ${aside}. A new one was begun.`];
  const database = new FactDatabase(openDatabase(file), file, keepFacts);
  return { database, snapshots: new SnapshotKeeper(file, database), warnings };
}

/** The tables of attempts wait until there is enough for them, or nothing else to do. */
const catchUpAfterMs = 1000;
let planned: { readonly timer: NodeJS.Timeout; readonly wait: number } | null = null;

function catchUpSoon(database: FactDatabase, wait: number): void {
  if (planned !== null && planned.wait <= wait) return;
  if (planned !== null) clearTimeout(planned.timer);
  const timer = setTimeout(() => {
    planned = null;
    try {
      database.catchUp();
    } catch {
      // Facts are on disk all the same. What can be wrong here is told by the next append.
    }
  }, wait);
  planned = { timer, wait };
}

/** In small parts, between which what else is asked for is done: above all, facts are saved. */
async function calmly<Result>(work: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

async function answer(question: Question): Promise<Answer> {
  opened ??= open();
  const { database, snapshots, warnings } = opened;
  switch (question.kind) {
    case 'begin': {
      const beginning = snapshots.beginning();
      return { kind: 'beginning', ...beginning, warnings: [...warnings, ...beginning.warnings] };
    }
    case 'read':
      return { kind: 'bodies', ...database.read(question.after) };
    case 'append':
      database.append(question.body, question.round);
      catchUpSoon(database, database.isFarBehind ? 0 : catchUpAfterMs);
      return { kind: 'done' };
    case 'saveSnapshot':
      await snapshots.save(question.state, question.behind);
      return { kind: 'done' };
    case 'attempts': {
      const { job, step, from, count } = question;
      return { kind: 'attempts', attempts: database.attempts(job, step, from, count) };
    }
    case 'history': {
      const { about, before, count } = question;
      return { kind: 'history', entries: database.history(about, before, count) };
    }
    case 'ran':
      return { kind: 'ran', rows: await calmly(database.ran(question.window, question.at)) };
    case 'tally':
      return { kind: 'tally', tally: await calmly(database.tally(question.since, question.at)) };
    case 'checkpoints': {
      const { which, before, count } = question;
      return { kind: 'checkpoints', checkpoints: database.checkpoints(which, before, count) };
    }
    case 'findCheckpoints':
      return {
        kind: 'foundCheckpoints',
        found: await calmly(database.findCheckpoints(question.search)),
      };
    case 'neededElsewhere': {
      const { without, hashes } = question;
      return { kind: 'hashes', hashes: await calmly(database.neededElsewhere(without, hashes)) };
    }
    case 'wentOn': {
      const { job, step, task } = question;
      return { kind: 'wentOn', attempts: database.wentOn(job, step, task) };
    }
    case 'close':
      if (planned !== null) clearTimeout(planned.timer);
      await snapshots.settled();
      database.close();
      return { kind: 'done' };
  }
}

/** What is large is handed over instead of being copied. */
function partsOf(answer: Answer): readonly ArrayBuffer[] {
  if (answer.kind === 'bodies') return answer.bodies.map(({ buffer }) => buffer);
  return answer.kind === 'beginning' && answer.state !== null ? [answer.state.buffer] : [];
}

async function carryOut({ id, question }: ToWorker): Promise<void> {
  let message: FromWorker;
  try {
    message = { id, answer: await answer(question) };
  } catch (error) {
    const { kind, message: text } = explainTrouble(error, file);
    message = { id, answer: { kind: 'trouble', trouble: kind, message: text } };
  }
  port?.postMessage(message, partsOf(message.answer));
  if (question.kind === 'close' && message.answer.kind === 'done') port?.close();
}

port.on('message', (message: ToWorker) => void carryOut(message));
