import { expect, test } from 'vitest';
import { parsers } from './parsers';

const runs = 400;
// A busy machine may be slow; what is measured is processor time.
const patience = 60_000;

test.each(parsers)(
  'any input of $name is accepted or refused, and quickly',
  { timeout: patience },
  (parser) => {
    const { inputs, accepted, failure } = parser.run({ runs, seed: Date.now() % 2 ** 31 });
    expect(failure).toBeNull();
    expect(inputs).toBe(runs);
    // Inputs that are all refused would prove little.
    expect(accepted).toBeGreaterThan(0);
  },
);
