/** Asking a program of the step's own whether a checkpoint is whole. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { placeholder } from '../../shared/model/placeholder';
import type { Candidate } from './candidates';
import type { Values } from './names';
import type { SavingTask } from './register';
import { flawOf } from './whole';

const longest = 60_000;

/** Why it is not whole, by all that its rule says; null: it is. */
export async function flawIn(
  folder: string,
  candidate: Pick<Candidate, 'name' | 'files'>,
  task: Pick<SavingTask, 'rule' | 'values' | 'stepFolder'>,
  signal: AbortSignal,
): Promise<string | null> {
  const { whole } = task.rule;
  const flaw = await flawOf(folder, candidate, whole);
  if (flaw !== null || whole.check === undefined) return flaw;
  const words = whole.check.map((word) => filled(word, task.values));
  for (const path of pathsOf(candidate)) {
    const found = await ask([...words, join(folder, path)], task.stepFolder, signal);
    if (found !== null) return `${path}: ${found}`;
  }
  return null;
}

/** A folder is looked at as one; of files that belong together each is. */
function pathsOf({ name, files }: Pick<Candidate, 'name' | 'files'>): readonly string[] {
  return files.every(({ path }) => path.startsWith(`${name}/`)) ? [name] : files.map(({ path }) => path);
}

/** Each is one argument, whatever stands in it. */
const filled = (word: string, values: Values): string =>
  word.replace(placeholder, (whole, name: string) => values[name] ?? whole);

/** It is ended with all that it has started when it takes too long. Null: it says yes. */
function ask(
  [program = '', ...rest]: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((tell, fail) => {
    const asked = spawn(program, rest, { cwd, stdio: 'ignore', detached: true });
    const end = (): void => {
      if (asked.pid === undefined) return;
      try {
        process.kill(-asked.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(end, longest);
    signal.addEventListener('abort', end);
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    };
    asked.once('error', (error) => {
      over();
      fail(new Error(`${program} cannot tell whether it is whole: ${error.message}`));
    });
    asked.once('exit', (code, by) => {
      over();
      if (code === 0) tell(null);
      else if (by !== null) tell(`${program} was ended while it looked at it`);
      else tell(`${program} says that it is not whole, by status ${code}`);
    });
  });
}
