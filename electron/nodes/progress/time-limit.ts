import { createContext, Script } from 'node:vm';

const context = { work: () => {} };
createContext(context);
const script = new Script('work()');

/**
 * Does some work on this thread, but no longer than so many milliseconds; null: it took longer, or
 * could not be done. V8 can end what runs inside of a vm script at any point, also a regular
 * expression that backtracks.
 */
export function within<Result>(milliseconds: number, work: () => Result): Result | null {
  let result: Result | null = null;
  context.work = () => {
    result = work();
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
    return result;
  } catch {
    return null;
  }
}
