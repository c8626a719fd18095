import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname } from 'node:path';
import { noCapacity, type Capacity } from '../../shared/model/amounts';

/** What a machine has, found out when it is reached. */
export interface Machine {
  readonly capacity: Capacity;
  readonly labels: readonly string[];
  /** For people: the operating system and the processor. */
  readonly system: string;
}

/** `folder` is where attempts keep what they write: its disk is the node's storage. */
export async function describeMachine(folder: string): Promise<Machine> {
  // Much to load, before there is anything to see.
  const { default: systeminformation } = await import('systeminformation');
  const [cpu, memory, os, storageMiB, gpus] = await Promise.all([
    systeminformation.cpu(),
    systeminformation.mem(),
    systeminformation.osInfo(),
    diskSize(folder),
    graphicsCards(),
  ]);
  return {
    capacity: {
      ...noCapacity,
      cpu: Math.max(1, cpu.cores),
      memoryMiB: mebibytes(memory.total),
      storageMiB,
      gpu: gpus.length,
      // What a task asks for on each device has to be there on whichever it gets.
      gpuMemoryMiB: gpus.length === 0 ? 0 : Math.min(...gpus),
    },
    labels: [`os:${systemNames[platform()] ?? platform()}`, `arch:${arch()}`],
    system: [`${os.distro} ${os.release}`.trim(), cpu.brand].filter((part) => part !== '').join(', '),
  };
}

const systemNames: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macos', win32: 'windows' };

const mebibytes = (bytes: number): number => Math.floor(bytes / 2 ** 20);

/** The whole of it: what is free changes all the time. 0 when it cannot be known. */
async function diskSize(folder: string): Promise<number> {
  // The folder may not have been made yet.
  const disk = await statfs(folder).catch(() => statfs(dirname(folder)).catch(() => null));
  return disk === null ? 0 : mebibytes(disk.blocks * disk.bsize);
}

const longestQuery = 5000;

/** The memory of each NVIDIA card, in MiB; none where their driver is not installed or does not answer. */
function graphicsCards(): Promise<readonly number[]> {
  const question = ['--query-gpu=memory.total', '--format=csv,noheader,nounits'];
  return new Promise((resolve) => {
    execFile('nvidia-smi', question, { timeout: longestQuery, windowsHide: true }, (error, answer) =>
      resolve(error === null ? readCards(answer) : []),
    );
  });
}

/** A card whose memory is not told (`[N/A]`) is a card all the same. */
export function readCards(answer: string): readonly number[] {
  return answer
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (/^\d+$/.test(line) ? Number(line) : 0));
}
