import type { BenchCase } from '../measure';
import { edgeEdit } from './edge-edit';
import { memory } from './memory';
import { growth, manyClasses, oneMillion, single } from './throughput';

export const engineCases: readonly BenchCase[] = [oneMillion, manyClasses, growth, single, memory, edgeEdit];
