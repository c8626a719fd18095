import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedSchemas } from './json-schema';
import { reportSchema } from './report';

test('what is shipped is as the schema is now; npm run schema writes it anew', () => {
  for (const [name, schema] of Object.entries(shippedSchemas())) {
    const shipped = join(import.meta.dirname, '../../../resources/schema', name);
    expect(JSON.parse(readFileSync(shipped, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

test('a document of another version or shape is refused', () => {
  expect(reportSchema.safeParse({ format: 'drover-report', formatVersion: 1 }).success).toBe(false);
});
