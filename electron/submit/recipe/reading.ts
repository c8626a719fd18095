/** Files that are read with a recipe: the stages say which, and others see to it how. */

/** What a file holds, or why it cannot be read. */
export type Content =
  | { readonly text: string }
  | { readonly text: null; readonly code: string; readonly message: string };

/** A stage that yields the absolute path of each file that it needs, and goes on with what that holds. */
export type Reading<Result> = Generator<string, Result, Content>;

export async function readWith<Result>(
  reading: Reading<Result>,
  read: (path: string) => Promise<Content>,
): Promise<Result> {
  let next = reading.next();
  while (next.done !== true) next = reading.next(await read(next.value));
  return next.value;
}

/** With files of which the content is known already. */
export function readFrom<Result>(reading: Reading<Result>, files: ReadonlyMap<string, string>): Result {
  let next = reading.next();
  while (next.done !== true) {
    const text = files.get(next.value);
    next = reading.next(
      text === undefined ? { text: null, code: 'no-such-file', message: 'there is no such file' } : { text },
    );
  }
  return next.value;
}
