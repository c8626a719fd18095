import type { Host } from '../host';
import { Refused } from './find';

/** What is asked for takes a while, and the farm goes on meanwhile. */
export async function inBackground<Result>(host: Host, work: Generator<undefined, Result>): Promise<Result> {
  const done = await host.background.run(boxed(work));
  if (done === null)
    throw new Refused({ code: 'failed', message: 'Drover is closing. Start it again and repeat this.' });
  return done.result;
}

/** A result of null is none the less one. */
function* boxed<Result>(work: Generator<undefined, Result>): Generator<undefined, { result: Result }> {
  return { result: yield* work };
}
