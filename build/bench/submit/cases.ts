import type { BenchCase } from '../measure';
import { check, manyJobs } from './check';
import { parameters } from './parameters';
import { preflights } from './preflight';
import { templateChecks } from './templates';

export const submitCases: readonly BenchCase[] = [check, manyJobs, parameters, templateChecks, preflights];
