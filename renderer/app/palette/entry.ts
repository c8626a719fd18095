/** What the palette offers. */
import type { JobState } from '../../../shared/model/states';
import type { Route } from '../route';
import type { Searchable } from './rank';

export type Group = 'here' | 'page' | 'action' | 'batch' | 'job' | 'node' | 'preset' | 'setting' | 'theme';

export interface Entry extends Searchable {
  /** Of no other entry. */
  readonly key: string;
  readonly group: Group;
  /** Beside the title, in small. */
  readonly detail: string;
  /** Of a batch or a job. */
  readonly state?: JobState;
  /** How it is reached without the palette. */
  readonly keys?: string;
  readonly does: Deed;
}

export type Deed =
  | { readonly kind: 'go'; readonly to: Route }
  | { readonly kind: 'run'; readonly run: () => void };

export const going = (to: Route): Deed => ({ kind: 'go', to });
export const running = (run: () => void | Promise<void>): Deed => ({
  kind: 'run',
  run: () => void run(),
});
