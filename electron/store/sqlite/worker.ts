/** The thread that owns the database, so that writing to disk never holds up the Host. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Fact } from '../../engine/facts';
import { FactDatabase } from './database';
import type { FromWorker, ToWorker, WorkerData } from './worker-messages';

const chunk = 2000;
const port = parentPort;
if (port === null) throw new Error('this file is the body of a worker thread');
const { file }: WorkerData = workerData;
let database: FactDatabase | null = null;

const send = (message: FromWorker): void => port.postMessage(message);

function carryOut(message: ToWorker): void {
  const { id } = message;
  database ??= new FactDatabase(file);
  switch (message.kind) {
    case 'load': {
      let facts: Fact[] = [];
      for (const fact of database.load()) {
        facts.push(fact);
        if (facts.length < chunk) continue;
        send({ kind: 'facts', id, facts });
        facts = [];
      }
      send({ kind: 'facts', id, facts });
      return send({ kind: 'done', id });
    }
    case 'append':
      database.append(message.facts);
      return send({ kind: 'done', id });
    case 'attempts':
      return send({
        kind: 'done',
        id,
        attempts: database.attempts(message.job, message.step, message.from, message.count),
      });
    case 'close':
      database.close();
      send({ kind: 'done', id });
      port?.close();
  }
}

port.on('message', (message: ToWorker) => {
  try {
    carryOut(message);
  } catch (error) {
    send({ kind: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) });
  }
});
