export type TroubleKind =
  /** The disk has no room; the same append works when there is some. */
  | 'diskFull'
  | 'notWritable'
  /** What is kept cannot be read; it may be salvaged. */
  | 'damaged'
  | 'newer'
  | 'inUse'
  | 'other';

/** The store cannot do what was asked of it. The message is for people: what, where, and what to do. */
export class StoreTrouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
  ) {
    super(message);
    this.name = 'StoreTrouble';
  }
}
