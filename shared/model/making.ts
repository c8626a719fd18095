/** How a program comes to write a checkpoint, and how long it has for one before it is stopped. */
import type { CheckpointRule } from './checkpoint';

/** TERM: it saves when it is to end, and ends. */
export const saveSignals = ['USR1', 'USR2', 'HUP', 'INT', 'QUIT', 'ALRM', 'TERM'] as const;
export type SaveSignal = (typeof saveSignals)[number];

export type MadeRule =
  /** As often as it likes; nobody can ask it. */
  | { readonly kind: 'itself' }
  | {
      readonly kind: 'signal';
      readonly signal: SaveSignal;
      /** It is asked so often; null: only before it is stopped. */
      readonly everyMs: number | null;
    }
  /** Run beside it, on its node and in its folder. */
  | {
      readonly kind: 'command';
      readonly action: SavingAction;
      readonly timeoutMs: number;
      readonly everyMs: number | null;
    };

/** Texts hold `{{Name}}`, as those of other actions do. */
export type SavingAction =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] };

export const usualSavingTime = 60_000;
/** So long one that is to make way may take to save its work, where nothing else is said. */
export const usualSavingGrace = 30_000;

type Making = Pick<CheckpointRule, 'made' | 'graceMs'>;

/** Something can be done so that it saves its work and goes on. */
export const canBeAsked = ({ made }: Making): boolean =>
  made !== undefined && made.kind !== 'itself' && !(made.kind === 'signal' && made.signal === 'TERM');

/** It saves its work when it is asked to end. */
export const savesAtEnd = ({ made }: Making): boolean => made?.kind === 'signal' && made.signal === 'TERM';

export const savingGrace = ({ graceMs }: Making): number => graceMs ?? usualSavingGrace;

/** How long an attempt has from the signal to end on; null: as usual. */
export function endingGrace({ checkpoints: rule, graceMs }: Ending): number | null {
  if (rule === undefined || canBeAsked(rule)) return graceMs;
  return rule.graceMs ?? graceMs ?? (savesAtEnd(rule) ? usualSavingGrace : null);
}

interface Ending {
  readonly checkpoints?: Making;
  readonly graceMs: number | null;
}
