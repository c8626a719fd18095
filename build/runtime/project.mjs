import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this program belongs to. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Resolves and loads installed packages as the project's own code would. */
export const requireFromProject = createRequire(join(projectFolder, 'package.json'));

/** @param {string | Buffer} content @returns {string} short enough for a file name, long enough to tell contents apart */
export function fingerprint(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

/**
 * Something a person has to know or do: shown without a stack trace.
 * Any other error that reaches the top is a bug and keeps its stack.
 */
export class Refusal extends Error {
  name = 'Refusal';
}

/** Runs a program's main function and turns its outcome into the exit status. @param {() => Promise<number | void>} main */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
