/** What a small text turned out to mean, or why it means nothing. */
export type Parsed<Value> = { readonly ok: true; readonly value: Value } | Unclear;

export interface Unclear {
  readonly ok: false;
  readonly message: string;
  /** Where it is another mistake than the usual one of its field. */
  readonly code?: string;
}

export const accepted = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
export const refused = (message: string): Unclear => ({ ok: false, message });
