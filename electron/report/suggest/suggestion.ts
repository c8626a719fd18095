import type { Report } from '../schema/report';

export type Suggestion = Report['suggestions'][number];
export type StepSuggestion = Omit<Suggestion, 'job' | 'step' | 'node'>;

/** Of fewer attempts nothing is concluded. */
export const fewest = 10;
