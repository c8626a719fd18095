/** What helps to understand trouble elsewhere, in files that a person can read before giving them away. */
import { app, type WebContents } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, version } from 'node:os';
import { join } from 'node:path';
import type { Preferences } from '../../shared/ipc/preferences';
import type { Host } from '../host';
import { connectInProcess } from '../ipc/in-process';
import { chooseNew } from './file-dialogs';
import { folderSize } from './folder-size';

/** Writes it where the person says; null: they did not. */
export async function saveDiagnostics(
  host: Host,
  preferences: Preferences,
  sender: WebContents,
): Promise<string | null> {
  const day = new Date().toISOString().slice(0, 10);
  const folder = await chooseNew(
    { title: 'Save the diagnostics', filters: [], defaultPath: `drover-diagnostics-${day}` },
    sender,
  );
  if (folder === null) return null;
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(await gather(host, preferences)))
    await writeFile(
      join(folder, name),
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  return folder;
}

const readMe = `What is in this folder, for whoever looks into trouble with Drover:

about.json     versions of Drover and of what it runs on, this machine, the size of the data folder
settings.json  the settings of the farm and of this window
nodes.json     the nodes: state, system, what they have, labels; no addresses and no user names
queue.json     how many batches, jobs and tasks are in which state; no names

There are no passwords, keys, commands, logs or files of jobs in it. Settings have the names of
tenants, licences and nodes, and folders that are mapped. Look through it before you send it.
`;

async function gather(host: Host, preferences: Preferences): Promise<Readonly<Record<string, unknown>>> {
  const connection = connectInProcess(host);
  const { client } = connection;
  try {
    const [nodes, queue] = [await client.request('node.list', {}), await client.request('queue.list', {})];
    const { pid: _pid, dataFolder, ...info } = host.info;
    return {
      'README.txt': readMe,
      'about.json': {
        at: new Date().toISOString(),
        ...info,
        startedAt: new Date(info.startedAt).toISOString(),
        versions: process.versions,
        isPacked: app.isPackaged,
        system: { platform: process.platform, arch: process.arch, release: release(), version: version() },
        locale: app.getLocale(),
        cores: cpus().length,
        memoryMiB: Math.round(totalmem() / 2 ** 20),
        dataFolderBytes: await folderSize(dataFolder),
        trouble: host.trouble,
      },
      'settings.json': { farm: host.state.settings, window: preferences },
      'nodes.json': nodes.ok
        ? nodes.value.nodes.map(
            ({ id, kind, state, reason, system, labels, capacity, running, clock }, index) => ({
              node: kind === 'local' ? id : `node ${index + 1}`,
              kind,
              state,
              // It may name the machine.
              reason: kind === 'local' ? reason : reason === null ? null : 'told in the window',
              system,
              labels,
              capacity,
              running,
              clock: clock !== null,
            }),
          )
        : nodes.refusal,
      'queue.json': queue.ok
        ? {
            batches: countBy(queue.value.batches),
            jobs: countBy(queue.value.jobs),
            tasks: queue.value.batches.reduce<Record<string, number>>((sum, { tasks }) => {
              for (const [state, count] of Object.entries(tasks)) sum[state] = (sum[state] ?? 0) + count;
              return sum;
            }, {}),
          }
        : queue.refusal,
    };
  } finally {
    connection.close();
  }
}

function countBy(rows: readonly { readonly state: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
