import type { BenchCase } from '../measure';
import { reportMemory, reportSpeed, reportWhileWorking } from './report';

export const reportCases: readonly BenchCase[] = [reportMemory, reportSpeed, reportWhileWorking];
