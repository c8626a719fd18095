import type { CheckpointRule } from '../../shared/model/checkpoint';

/** By its name. */
export function howFar(
  { name }: { readonly name: string },
  { at }: Pick<CheckpointRule, 'at'>,
): number | null {
  if (at === null) return null;
  const text = new RegExp(at).exec(name)?.groups?.['at'];
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
