import type { BenchCase } from '../measure';
import { preflights } from './preflight';
import { templateChecks } from './templates';

export const submitCases: readonly BenchCase[] = [preflights, templateChecks];
