/** Which nodes may do a step's work. */
export interface Requirements {
  readonly allOf: readonly string[];
  /** Empty: no wish. Otherwise the node has at least one of them. */
  readonly anyOf: readonly string[];
  /** Of each of these at least one as well; missing: no such wish. */
  readonly alsoAnyOf?: readonly (readonly string[])[];
  readonly noneOf: readonly string[];
  /** Empty: any pool. */
  readonly pools: readonly string[];
}

export const noRequirements: Requirements = { allOf: [], anyOf: [], noneOf: [], pools: [] };

/** Of each of them the node has at least one. */
export const choicesIn = ({ anyOf, alsoAnyOf = [] }: Requirements): readonly (readonly string[])[] =>
  [anyOf, ...alsoAnyOf].filter((choice) => choice.length > 0);

/** Why a node with these labels and pools may not do it; null: it may. */
export function unmetRequirement(
  needs: Requirements,
  labels: ReadonlySet<string>,
  pools: ReadonlySet<string>,
): string | null {
  const missing = needs.allOf.find((label) => !labels.has(label));
  if (missing !== undefined) return `has no label ${missing}`;
  const unmet = choicesIn(needs).find((choice) => !choice.some((label) => labels.has(label)));
  if (unmet !== undefined) return `has none of the labels ${unmet.join(', ')}`;
  const unwanted = needs.noneOf.find((label) => labels.has(label));
  if (unwanted !== undefined) return `has the label ${unwanted}`;
  if (needs.pools.length > 0 && !needs.pools.some((pool) => pools.has(pool)))
    return `is not in pool ${needs.pools.join(' or ')}`;
  return null;
}
