import type { BatchRow, QueueDelta } from '../../shared/ipc/queue';
import type { BatchId } from '../../shared/model/ids';
import type { Arguments } from './arguments';
import { ownFarm, type Program } from './farm';
import { exitStatus, type ExitStatus } from './outcome';
import { print, submitFile } from './run';
import { counts } from './text';

/** Hosts the farm in this terminal, and says when batches end, until it is interrupted. */
export async function serve(given: Arguments, program: Program): Promise<ExitStatus> {
  const { data, json, operands } = given;
  const farm = await ownFarm(data, program, { work: true });
  const { pid, dataFolder } = farm.own?.info ?? { pid: process.pid, dataFolder: '' };
  const say = (event: object, text: string): void => (json ? print(event) : console.log(text));
  try {
    say(
      { event: 'serving', pid, dataFolder },
      `Drover serves ${dataFolder} (process ${pid}). Interrupt it with Ctrl+C; running tasks go on.`,
    );
    const states = new Map<BatchId, BatchRow['state']>();
    const tell = ({ batches }: QueueDelta): void => {
      for (const { id, name, state, tasks, output } of batches) {
        if (states.get(id) !== state)
          say(
            { event: 'batch', batch: id, name, state, tasks, output },
            `${id}  ${name}  ${state}  ${counts(tasks)}`,
          );
        states.set(id, state);
      }
    };
    farm.client.subscribe(
      'queue',
      {},
      {
        picture: ({ batches }) => batches.forEach(({ id, state }) => states.set(id, state)),
        delta: tell,
        refused: ({ message }) => console.error(message),
      },
    );
    for (const file of operands) await submitFile(farm, file, given);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
    say({ event: 'closing' }, 'Drover closes. Running tasks go on and are picked up at the next start.');
    return exitStatus.done;
  } finally {
    await farm.close();
  }
}
