import { checkpointsCases } from './checkpoints/cases';
import { engineCases } from './engine/cases';
import type { BenchCase } from './measure';
import { nodesCases } from './nodes/cases';
import { reportCases } from './report/cases';
import { submitCases } from './submit/cases';
import { windowCases } from './window/cases';

export const suites: Readonly<Record<string, readonly BenchCase[]>> = {
  checkpoints: checkpointsCases,
  engine: engineCases,
  nodes: nodesCases,
  report: reportCases,
  submit: submitCases,
  window: windowCases,
};
