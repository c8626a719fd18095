/** How the tasks of a step come to their files, and their results back. */
export type FileRule =
  /** The node has the same folders, perhaps under other names. */
  | { readonly kind: 'shared' }
  /** They are copied: names and globs, in the step's folder and in its output folder. */
  | { readonly kind: 'staged'; readonly send: readonly string[]; readonly fetch: readonly string[] };

export const sharedFiles: FileRule = { kind: 'shared' };

/** Of a staged step that does not say what is to be fetched. */
export const everything: readonly string[] = ['**'];

/** Neither absolute nor upwards, for whichever system the name is written. */
export const isWithin = (name: string): boolean =>
  !/^([\\/]|[A-Za-z]:)/.test(name) && !name.split(/[\\/]/).includes('..');
