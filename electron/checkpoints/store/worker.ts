/** The thread that reads, cuts and writes checkpoints, so that none of it holds up the Host. */
import { parentPort, workerData } from 'node:worker_threads';
import { StoreService } from './service';
import type { Answer, FromWorker, ToWorker, WorkerData } from './worker-messages';

const port = parentPort;
if (port === null) throw new Error('this file is the body of a worker thread');
const data: WorkerData = workerData;
const service = new StoreService(data);

/** What is large is handed over instead of being copied. */
const partsOf = (answer: Answer): readonly ArrayBuffer[] =>
  answer.kind === 'bytes' && answer.bytes?.buffer instanceof ArrayBuffer ? [answer.bytes.buffer] : [];

async function carryOut({ id, question }: ToWorker): Promise<void> {
  const answer = await service.answer(question);
  const message: FromWorker = { id, answer };
  port?.postMessage(message, partsOf(answer));
  if (question.kind === 'close') port?.close();
}

port.on('message', (message: ToWorker) => void carryOut(message));
