import type { BenchCase } from '../measure';
import { check, manyJobs } from './check';
import { parameters } from './parameters';

export const submitCases: readonly BenchCase[] = [check, manyJobs, parameters];
