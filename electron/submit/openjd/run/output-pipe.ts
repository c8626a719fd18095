import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface OutputPipe {
  /** What the process writes to. */
  readonly input: number;
  readonly output: Socket;
  /** The process has it now, or never will. */
  closeInput(): void;
}

/**
 * One pipe for both, stdout and stderr: lines come in the order in which they were written. Node's own
 * pipes are sockets, which a script could not open by the name of `/dev/stderr`.
 */
export async function openOutputPipe(folder: string): Promise<OutputPipe> {
  const path = join(folder, '.output');
  rmSync(path, { force: true });
  await promisify(execFile)('mkfifo', ['-m', '600', path]);
  // The reader is first: a writer would wait for it.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const input = openSync(path, constants.O_WRONLY);
  rmSync(path);
  return {
    input,
    output: new Socket({ fd: reader, readable: true, writable: false }),
    closeInput: () => closeSync(input),
  };
}
