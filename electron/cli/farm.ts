import { join } from 'node:path';
import type { Client } from '../../shared/ipc/messages';
import { dataFolder, FolderOwned, readHostFile } from '../data-folder';
import { Host, type HostOptions } from '../host';
import { connectInProcess } from '../ipc/in-process';
import { connectToHost } from '../ipc/socket-client';
import { SocketServer } from '../ipc/socket-server';
import { secretsInTerminal } from '../secrets-in-terminal';
import { RefusedError } from './outcome';

/** A farm that commands speak to: the running Host of the data folder, or one in this process. */
export interface Farm {
  readonly client: Client;
  /** Null: the Host runs in another process. */
  readonly own: Host | null;
  /** Other terminals that work with the Host in this process. */
  readonly guests: () => number;
  guestsGone(): Promise<void>;
  close(): Promise<void>;
}

export interface Program {
  readonly resources: string;
  readonly storeWorker: string;
  readonly checkpointWorker: string;
  readonly version: string;
}

/** The Host that already owns the folder; null if there is none. */
export async function runningFarm(data: string | undefined): Promise<Farm | null> {
  const file = readHostFile(dataFolder(data));
  const remote = file === null ? null : await connectToHost(file);
  if (remote === null) return null;
  return {
    client: remote.client,
    own: null,
    guests: () => 0,
    guestsGone: async () => {},
    close: async () => remote.close(),
  };
}

/** The farm that a command works with: of two commands at once, one hosts and the other joins it. */
export async function openFarm(
  data: string | undefined,
  program: Program,
  options: { readonly work: boolean },
): Promise<Farm> {
  for (let tries = 0; ; tries++) {
    const running = await runningFarm(data);
    if (running !== null) return running;
    try {
      return await ownFarm(data, program, options);
    } catch (error) {
      // Another is opening, or closing: it will answer, or be gone.
      if (!(error instanceof FolderOwned) || tries >= mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, triesInterval));
    }
  }
}

const mostTries = 50;
const triesInterval = 100;

/** Hosts the folder in this process; without `work` only to look at it and to record wishes. */
export async function ownFarm(
  data: string | undefined,
  program: Program,
  { work }: { readonly work: boolean },
): Promise<Farm> {
  const secrets = secretsInTerminal();
  const options: HostOptions = { dataFolder: dataFolder(data), ...program, secrets, work };
  const host = await Host.open(options).catch((error: unknown) => {
    if (error instanceof FolderOwned) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new RefusedError({
      code: 'failed',
      message: `Drover cannot use the data folder ${options.dataFolder}: ${message}`,
    });
  });
  const server = work ? new SocketServer(host) : null;
  try {
    await server?.open();
  } catch (error) {
    await host.close();
    throw error;
  }
  const connection = connectInProcess(host);
  return {
    client: connection.client,
    own: host,
    guests: () => server?.clients ?? 0,
    guestsGone: async () => server?.unused(),
    close: async () => {
      connection.close();
      await server?.close();
      await host.close();
    },
  };
}

/** Where the parts of the program lie, seen from the built entry. */
export function programAt(entryFolder: string, resources: string, version: string): Program {
  const worker = (name: string): string => join(entryFolder, `${name}-worker.js`);
  return { resources, storeWorker: worker('store'), checkpointWorker: worker('checkpoint'), version };
}
