import type { BenchCase } from '../measure';
import { accept, facts, restart, size } from './durable';
import { edgeEdit } from './edge-edit';
import { eventLoop } from './event-loop';
import { forecasts } from './forecast';
import { memory } from './memory';
import { timeline } from './timeline';
import { growth, manyClasses, oneMillion, single } from './throughput';

export const engineCases: readonly BenchCase[] = [
  oneMillion,
  manyClasses,
  growth,
  single,
  accept,
  restart,
  facts,
  size,
  memory,
  edgeEdit,
  forecasts,
  timeline,
  eventLoop,
];
