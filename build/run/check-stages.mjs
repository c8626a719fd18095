import { programStage, vitestStage } from './runners.mjs';

/** What `npm run check` does, and `npm test` does first. */
export const checkStages = [
  programStage('types', 'typescript', ['--noEmit', '--project', 'tsconfig.json']),
  programStage('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
  programStage('format', 'oxfmt', ['--check']),
  vitestStage('unit'),
];
