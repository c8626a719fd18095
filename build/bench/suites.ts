import { engineCases } from './engine/cases';
import type { BenchCase } from './measure';

export const suites: Readonly<Record<string, readonly BenchCase[]>> = {
  engine: engineCases,
};
