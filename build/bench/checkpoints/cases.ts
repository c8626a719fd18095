import type { BenchCase } from '../measure';
import { largeState } from './large-state';
import { resume } from './resume';
import { smallOnes } from './small-ones';

export const checkpointsCases: readonly BenchCase[] = [largeState, smallOnes, resume];
