import type { BenchCase } from '../measure';
import { firstOutput } from './first-output';
import { idleNodes } from './idle';
import { localTasks, sshTasks } from './throughput';

export const nodesCases: readonly BenchCase[] = [localTasks, sshTasks, firstOutput, idleNodes];
