import type { BenchCase } from '../measure';
import { changes } from './changes';
import { graph } from './graph';
import { jobs } from './jobs';
import { saved } from './saved';
import { starts } from './start';
import { submits } from './submit';

export const windowCases: readonly BenchCase[] = [starts, submits, jobs, saved, changes, graph];
