import { dataFolder } from '../data-folder';
import { repairStore } from '../repair';
import type { Arguments } from './arguments';
import type { Program } from './farm';
import { exitStatus, type ExitStatus } from './outcome';
import { print } from './run';

/** For a data folder whose database is damaged. */
export async function repair({ data, json }: Arguments, { storeWorker }: Program): Promise<ExitStatus> {
  const folder = dataFolder(data);
  const repaired = await repairStore(folder, storeWorker);
  const { aside, snapshot, facts, loss } = repaired;
  if (json) {
    print(repaired);
    return exitStatus.done;
  }
  if (aside === null) {
    console.log(`Nothing is wrong with the database in ${folder}.`);
    return exitStatus.done;
  }
  const begin =
    snapshot === null ? 'from the beginning' : `from the state of ${new Date(snapshot).toLocaleString()}`;
  console.log(
    `${loss}\nIt is set aside as ${aside}.\n` +
      `A new one begins ${begin}, with ${facts} facts after that. What was done later is lost; tasks that were begun then may run again.`,
  );
  return exitStatus.done;
}
