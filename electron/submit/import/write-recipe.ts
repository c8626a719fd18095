/** Writes a recipe as a person would. */
import { Document, isCollection, isMap, isPair, isScalar } from 'yaml';
import type { Node } from 'yaml';
import type { JobFields } from '../schema/recipe';
import { recipeVersion } from '../schema/recipe';
import { typedNames } from '../templates/names';
import { bracesName, type Draft } from './draft';

export interface RecipeHead {
  /** Where editors find the form of recipes; null: nobody knows. */
  readonly schema: string | null;
  /** What stands above the recipe, a line each. */
  readonly comments: readonly string[];
}

/** In which order the fields of a job are read best; others come after these. */
const order: readonly (keyof JobFields)[] = [
  ...(['kind', 'priority', 'deadline', 'notBefore', 'folder', 'frames', 'chunk', 'sweep', 'zip'] as const),
  ...(['rows', 'table', 'order', 'most', 'run', 'command', 'after', 'environment', 'resources'] as const),
  ...(['needs', 'lock', 'timeout', 'retry', 'progress', 'files'] as const),
];

export function writeRecipe({ name, head = {}, jobs }: Draft, { schema, comments }: RecipeHead): string {
  const names = typedNames(jobs.map((job) => job.name));
  const entries = jobs.map(({ after = [], fields }, index) => {
    const earlier = after.flatMap((at) => names[at] ?? []);
    const whole = earlier.length === 0 ? fields : { ...fields, after: earlier };
    return [names[index] ?? '', inOrder(whole)] as const;
  });
  // A map and no object: names such as 10 keep their turn.
  const body = { ...head, jobs: new Map(entries) };
  const braces = JSON.stringify([head, entries]).includes(`{{${bracesName}}}`);
  const parameters = braces ? { ...head.parameters, [bracesName]: '{{' } : head.parameters;
  const fields = {
    drover: recipeVersion,
    batch: batchName(name),
    ...(parameters === undefined ? {} : { parameters }),
    ...body,
    ...(parameters === undefined ? {} : { parameters }),
  };
  const document = new Document(fields, { aliasDuplicateObjects: false });
  compact(document.contents, 0);
  const above = [...(schema === null ? [] : [`yaml-language-server: $schema=${schema}`]), ...comments];
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true, blockQuote: 'literal' });
  return `${above.map((line) => `# ${line.replaceAll(/[\p{C}\u2028\u2029]+/gu, ' ')}\n`).join('')}${text}`;
}

function inOrder(fields: JobFields): Readonly<Record<string, unknown>> {
  const ranks: readonly string[] = order;
  const rank = (field: string): number => (ranks.includes(field) ? ranks.indexOf(field) : ranks.length);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => rank(a) - rank(b)),
  );
}

const longestName = 200;

function batchName(name: string): string {
  const plain = name.replaceAll(/\p{C}+/gu, ' ').trim();
  return literalName(plain === '' ? 'batch' : plain);
}

/** Names of batches are cut: the braces of one that is cut must not stay open. */
const literalName = (name: string): string => name.slice(0, longestName).replaceAll('{{', '{ {').trim();

const widest = 90;

/** Small lists and maps within jobs stand on one line. */
function compact(node: Node | null, depth: number): void {
  if (!isCollection(node)) return;
  if (depth > 0 && node.items.length > 0 && isSmall(node) && (depth > 2 || isPlainMap(node))) {
    node.flow = true;
    return;
  }
  for (const item of node.items) {
    const value = isPair(item) ? item.value : item;
    if (isCollection(value)) compact(value, depth + 1);
  }
}

const isPlainMap = (node: Node): boolean =>
  isMap(node) && node.items.every(({ value }) => isScalar(value)) && node.items.length < 4;

function isSmall(node: Node): boolean {
  const text = JSON.stringify(node.toJSON());
  return text.length <= widest && !text.includes('\\n');
}
