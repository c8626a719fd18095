/** What the scripts of a task find in their environment. */

/** The value of a parameter; of a path, as it is called on the node. */
export const parameterVariable = (name: string): string => `DROVER_PARAM_${name}`;

/** Of a path that a single task has: as it was given. */
export const rawVariable = (name: string): string => `DROVER_RAW_${name}`;

/** The folder that the tasks of a step share on a node. */
export const sessionFolderVariable = 'DROVER_SESSION_DIR';

/** Pairs of paths, here and there, as a document of Open Job Description; empty: there are none. */
export const pathRulesVariable = 'DROVER_PATH_RULES';
