import type { Reader } from './source';
export const readParallel: Reader = ({ notes }) =>
  notes.refuse({ line: 1, column: 1 }, 'unsupported', 'not yet');
