import type { Size } from '../layout/layout';
import type { DrawnNode } from '../model/drawn';

/** As the cards are drawn; a job with its steps in it is as large as these need. */
export const sizes: Readonly<Record<DrawnNode['kind'], Size>> = {
  job: { width: 212, height: 64 },
  open: { width: 212, height: 64 },
  step: { width: 178, height: 54 },
  stack: { width: 224, height: 70 },
};
