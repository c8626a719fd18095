import { z } from 'zod';
import { recipeSchema } from './recipe';

/** The form of recipes as editors read it, to complete and check them as they are written. */
export function recipeJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(recipeSchema, {
    target: 'draft-7',
    io: 'input',
    // Not all that read patterns know letters of all languages; Drover itself says more of names.
    override: ({ jsonSchema }) => {
      if (jsonSchema.pattern?.includes('\\p{') === true) jsonSchema.pattern = '^\\S{1,64}$';
    },
  });
  return { $schema, title: 'Drover recipe', ...schema };
}

/** By their names in resources/schema, where `npm run schema` writes them. */
export const shippedSchemas = (): Readonly<Record<string, object>> => ({ 'recipe.json': recipeJsonSchema() });
