import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const agentFolder = resolve(import.meta.dirname, '../../../resources/agent');

export const agentFile = (name: string): string => readFileSync(join(agentFolder, name), 'utf8');

/** The shells that are here, of those that a node's sh may be. */
export const shells = ['sh', 'dash', 'bash', 'busybox'].filter(
  (shell) => spawnSync(shell, ['-c', ':']).error === undefined,
);

export interface Answer {
  readonly output: string;
  readonly complaints: string;
}

/** Runs a script that comes on stdin, as it does over SSH. */
export function runScript(
  shell: string,
  script: string,
  words: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Answer> {
  const argv = [...(basename(shell) === 'busybox' ? ['sh'] : []), '-s', ...words];
  return new Promise((done, failed) => {
    const child = execFile(shell, argv, { env: environment }, (error, output, complaints) =>
      error === null ? done({ output, complaints }) : failed(error),
    );
    child.stdin?.end(script);
  });
}

/** Puts a program of a test's own into a folder. */
export function addProgram(folder: string, name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
