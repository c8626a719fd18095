/** What a person wants of the window and of the desktop around it. Of this machine alone: the farm knows nothing of it. */
import type { BatchEnd } from '../model/states';

export interface Preferences {
  /** Ends of batches that are told of; recipes may want to be told of fewer. */
  readonly tellOf: readonly BatchEnd[];
  /** Nothing is told between these times of the day, `22:00` to `07:00`; it is told afterwards. Null: never quiet. */
  readonly quiet: QuietHours | null;
  /** The machine does not fall asleep while it works. */
  readonly keepAwake: boolean;
  /** How large everything is: 1 as it was drawn. */
  readonly scale: number;
}

export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export const usualPreferences: Preferences = {
  tellOf: ['COMPLETED', 'FAILED', 'CANCELLED'],
  quiet: null,
  keepAwake: false,
  scale: 1,
};

export const scales = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
