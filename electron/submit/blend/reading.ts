/** The stages say which bytes of a .blend file they need, and others see to it how. */

export type Wanted =
  /** Places only ever go forward. */
  | { readonly kind: 'at'; readonly place: number; readonly length: number }
  /** The last ones, where they can be had without all that come before. */
  | { readonly kind: 'tail'; readonly length: number };

/** Goes on with the bytes; null: they cannot be had. */
export type BlendReading<Result> = Generator<Wanted, Result, Buffer | null>;

export function* at(place: number, length: number): BlendReading<Buffer | null> {
  return yield { kind: 'at', place, length };
}

export function* tail(length: number): BlendReading<Buffer | null> {
  return yield { kind: 'tail', length };
}

/** With bytes that are there already. */
export function readBytes<Result>(reading: BlendReading<Result>, bytes: Buffer): Result {
  let next = reading.next();
  while (next.done !== true) {
    const { length } = next.value;
    const place = next.value.kind === 'at' ? next.value.place : Math.max(0, bytes.length - length);
    const isThere = next.value.kind === 'tail' || place + length <= bytes.length;
    next = reading.next(isThere ? bytes.subarray(place, place + length) : null);
  }
  return next.value;
}
