import { expect, test } from 'vitest';
import { resolveRecipe } from '../../electron/submit/recipe/recipe';
import { hostileRecipes } from './hostile';
import { parsers } from './parsers';

// Always the same inputs; npm run fuzz has others each time.
const runs = 200;
// A busy machine may be slow; what is measured is processor time.
const patience = 60_000;

test.each(parsers)(
  'any input of $name is accepted or refused, and quickly',
  { timeout: patience },
  (parser) => {
    const { inputs, accepted, failure } = parser.run({ runs, seed: 1 });
    expect(failure).toBeNull();
    expect(inputs).toBe(runs);
    // Inputs that are all refused would prove little.
    expect(accepted).toBeGreaterThan(0);
  },
);

// The long ones, and how quickly: npm run fuzz.
const short = Object.entries(hostileRecipes)
  .map(([name, make]) => [name, make()] as const)
  .filter(([, text]) => text.length < 50_000);
test.each(short)('%s: refused', { timeout: patience }, (_, text) => {
  const recipe = { text, file: 'x.yaml', folder: '/w', recipe: null };
  expect(resolveRecipe(recipe, {}, [])).toMatchObject({ ok: false });
});
