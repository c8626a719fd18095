import { createContext, Script } from 'node:vm';

const script = new Script('work()');

/**
 * Does some work on this thread, but no longer than so many milliseconds; null: it took longer.
 * V8 can end what runs inside of a vm script at any point, also a regular expression that backtracks.
 */
export function within<Result>(milliseconds: number, work: () => Result): Result | null {
  let result: Result | null = null;
  try {
    script.runInContext(createContext({ work: () => void (result = work()) }), { timeout: milliseconds });
    return result;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return null;
    throw error;
  }
}
