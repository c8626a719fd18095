import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSet } from './id-set';

test('a set of ids has those that were added', () => {
  const ids = fc.array(fc.nat(200_000), { maxLength: 200 });
  fc.assert(
    fc.property(ids, ids, (added, asked) => {
      const set = new IdSet();
      for (const id of added) set.add(id);
      for (const id of [...added, ...asked]) expect(set.has(id)).toBe(added.includes(id));
    }),
  );
});
