import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { recipeJsonSchema, shippedSchemas } from './json-schema';

const resources = resolve(import.meta.dirname, '../../../resources');
const read = (name: string): string => readFileSync(resolve(resources, name), 'utf8');

test('what is shipped is as the schemas are now; npm run schema writes it anew', () => {
  for (const [name, schema] of Object.entries(shippedSchemas()))
    expect(JSON.parse(read(`schema/${name}`))).toEqual(JSON.parse(JSON.stringify(schema)));
});

/** As an editor sees it: by the shipped schema alone. */
const accepts = (recipe: unknown): boolean =>
  z.fromJSONSchema(JSON.parse(JSON.stringify(recipeJsonSchema()))).safeParse(recipe).success;

test('editors accept what Drover accepts, and mark what it refuses', () => {
  const inJob = (fields: string): unknown => parse(`drover: 1\njobs: { a: { ${fields} } }`);
  expect(
    accepts(inJob('run: x, sweep: { Mass: [1, 2.5], Angle: 0-90x15, V: { from: 0, to: 1, count: 5 } }')),
  ).toBe(true);
  expect(
    accepts(inJob('run: x, retry: 3, after: [b, { job: c, each: true }], resources: { cpu: 50% }')),
  ).toBe(true);
  expect(accepts(parse('drover: 1\ninclude: common.yaml'))).toBe(true);
  expect(accepts(inJob('run: x, frame: 1'))).toBe(false);
  expect(accepts(inJob('run: [x]'))).toBe(false);
  expect(accepts(inJob('run: x, kind: rendr'))).toBe(false);
  expect(accepts(inJob('run: x, sweep: { Mass: { from: 0 } }'))).toBe(false);
  expect(accepts(parse('drover: 2\njobs: {}'))).toBe(false);
  expect(accepts(parse('drover: 1\njobs: { "a b": { run: x } }'))).toBe(false);
});

test.each(readdirSync(resolve(resources, 'samples')))(
  'the sample %s names the schema, and is accepted by it',
  (name) => {
    const file = `samples/${name}/recipe.yaml`;
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(read(file)) ?? [];
    expect(JSON.parse(readFileSync(resolve(resources, 'samples', name, schema), 'utf8'))).toMatchObject({
      title: 'Drover recipe',
    });
    expect(accepts(parse(read(file)))).toBe(true);
  },
);

interface Described {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

test('each field of a recipe, a job and a step is described where it is written', () => {
  const {
    properties = {},
  }: Described & {
    properties?: Record<string, { additionalProperties?: Described } & { description?: string }>;
  } = recipeJsonSchema();
  const undescribed = (fields: Described['properties'] = {}): string[] =>
    Object.entries(fields)
      .filter(([, { description }]) => description === undefined)
      .map(([name]) => name);
  expect(undescribed(properties)).toEqual([]);
  expect(undescribed(properties['jobs']?.additionalProperties?.properties)).toEqual([]);
});
