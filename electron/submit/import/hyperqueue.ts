import type { Reader } from './source';
export const readHyperQueue: Reader = ({ notes }) =>
  notes.refuse({ line: 1, column: 1 }, 'unsupported', 'not yet');
