import type { BenchCase } from '../measure';
import { preflights } from './preflight';

export const submitCases: readonly BenchCase[] = [preflights];
