/** What a suggestion is about. */
export const suggestionKinds = ['memory', 'cpu', 'timeout', 'node'] as const;
