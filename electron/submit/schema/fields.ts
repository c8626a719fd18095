import { z } from 'zod';

type Schema = z.core.$ZodType;

/** The fields that may stand at a place, for "did you mean". */
export function fieldsAt(root: Schema, path: readonly PropertyKey[]): readonly string[] {
  let found: readonly Schema[] = [root];
  for (const part of path) found = found.flatMap((schema) => inside(schema, part));
  return found
    .flatMap(withoutChoice)
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

function inside(schema: Schema, part: PropertyKey): readonly Schema[] {
  return withoutChoice(schema).flatMap((one): readonly Schema[] => {
    if (one instanceof z.ZodObject) return Object.hasOwn(one.shape, part) ? [one.shape[String(part)]] : [];
    if (one instanceof z.ZodRecord) return [one.valueType];
    if (one instanceof z.ZodArray) return [one.element];
    return [];
  });
}

function withoutChoice(schema: Schema): readonly Schema[] {
  if (schema instanceof z.ZodOptional) return withoutChoice(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(withoutChoice);
  return [schema];
}
