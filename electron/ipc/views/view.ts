import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';

/**
 * A live view that a client has subscribed to. It gathers what changes until it is asked for a
 * delta: at most 20 times a second, and only when the client has dealt with the one before.
 */
export interface LiveView {
  picture(): unknown;
  /** Notes what concerns the view; true when there may be a delta. */
  note(facts: readonly Fact[], changes: Changes): boolean;
  /** What has changed since; null: nothing. */
  delta(): unknown;
  /** Asked again after so many milliseconds although nothing was noted; null: not. */
  again(): number | null;
}
