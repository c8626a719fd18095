import type { Space } from '../../../shared/model/space';
import type { Path } from '../document/document';

/** Part of a step's space that is independent of its other parts. */
export interface PlacedAxis<Axis = Space> {
  readonly names: readonly string[];
  readonly space: Axis;
  readonly place: Path;
}

/** All combinations, written as simply as they can be. */
export function product(spaces: readonly Space[]): Space {
  const [first, ...more] = spaces;
  return first === undefined
    ? { kind: 'single' }
    : more.length === 0
      ? first
      : { kind: 'product', of: spaces };
}
