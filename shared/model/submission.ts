import type { Priority } from './states';

/** Where what is to be run is written. */
export type RecipeSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Text without a file: `folder` is what its relative paths are relative to. */
  | { readonly kind: 'text'; readonly name: string; readonly text: string; readonly folder: string }
  /** One of the templates that are shipped. */
  | { readonly kind: 'preset'; readonly name: string };

/** What a person asks to be run. Kept with the batch that is made of it, so that it can be asked for again. */
export interface Submission {
  readonly source: RecipeSource;
  /** Values for the recipe's parameters, in place of its own. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Absolute: what paths among them are relative to; missing: the recipe's folder. */
  readonly folder?: string | undefined;
  readonly instead?: Instead | undefined;
}

/** What counts in place of what the recipe says, for all of its jobs. */
export interface Instead {
  readonly name?: string | undefined;
  readonly priority?: Priority | undefined;
  readonly tenant?: string | undefined;
  /** Milliseconds since 1970. */
  readonly deadline?: number | undefined;
}
