import { z } from 'zod';
import { reportSchema } from './report';

/** By their names in resources/schema, where `npm run schema` writes them. */
export function shippedSchemas(): Readonly<Record<string, object>> {
  const schema = z.toJSONSchema(reportSchema, {
    // Who reads a report passes over what was added since.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { 'report.json': schema };
}
