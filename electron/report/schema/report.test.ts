import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { reportSchema } from './report';

const shipped = join(import.meta.dirname, '../../../resources/schemas/report.json');

test('the shipped JSON Schema is that of the documents that are written; vitest -u writes it anew', async () => {
  const schema = z.toJSONSchema(reportSchema, {
    // Who reads a report passes over what was added since.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(shipped);
});

test('a document of another version or shape is refused', () => {
  expect(reportSchema.safeParse({ format: 'drover-report', formatVersion: 1 }).success).toBe(false);
});
