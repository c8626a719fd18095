import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Step } from '../../../shared/model/batch';
import { taskCount, taskLabel } from '../../../shared/model/space';
import { resolveRecipe, type ResolvedRecipe } from './recipe';

const folder = resolve('/shots/042');

/** Files beside the recipe, or above it, by their names from there. */
function read(
  text: string,
  files: Record<string, string> = {},
  parameters: Record<string, string> = {},
): ResolvedRecipe {
  const known = new Map(Object.entries(files).map(([name, content]) => [resolve(folder, name), content]));
  return resolveRecipe({ text, file: 'shot.yaml', folder, recipe: null }, parameters, [], known);
}

function stepsOf(...given: Parameters<typeof read>): readonly Step[] {
  const recipe = read(...given);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.jobs.flatMap(({ steps }) => steps);
}

/** `file:line:column code path: message` */
function problemsOf(...given: Parameters<typeof read>): readonly string[] {
  const recipe = read(...given);
  return recipe.ok
    ? []
    : recipe.problems.map(({ file, line, column, code, path, message }) =>
        `${file}:${line}:${column} ${code} ${path}: ${message}`.replaceAll('\\', '/'),
      );
}

const show = `drover: 1
tenant: film
parameters: { Quality: 9, Show: owl }
environment: { THREADS: 4, LOOK: day }
jobs:
  notes: { run: echo {{Show}} }
  beauty: { kind: render, run: "render {{Quality}}", resources: { cpu: 4, memory: 1 GiB } }
`;

test('a recipe takes from the files that it includes what it does not say itself, field by field', () => {
  const text = `drover: 1
include: ../show.yaml
parameters: { Quality: 11 }
environment: { LOOK: night }
jobs:
  beauty: { frames: 1-2, resources: { cpu: 8 } }
  film: { run: join, after: beauty }
`;
  const recipe = read(text, { '../show.yaml': show.replace('run: echo {{Show}}', 'run: "echo {{Show}}"') });
  expect(recipe).toMatchObject({
    ok: true,
    parameters: { Quality: '11', Show: 'owl' },
    batch: {
      name: 'shot',
      tenant: 'film',
      jobs: [
        { name: 'notes' },
        {
          name: 'beauty',
          kind: 'render',
          steps: [
            {
              action: { text: 'render {{Quality}}' },
              request: { cpu: 8, memoryMiB: 1024 },
              environment: { THREADS: '4', LOOK: 'night' },
              space: { kind: 'frames' },
              folder,
            },
          ],
        },
        { name: 'film' },
      ],
    },
  });
});

test('later files say more than earlier ones, and those that they include least', () => {
  const files = {
    'looks/a.yaml': 'drover: 1\ninclude: [c.yml]\nenvironment: { A: a, B: a, C: a }',
    'looks/c.yml': 'drover: 1\nenvironment: { C: c, D: c }',
    'b.json': '{ "drover": 1, "environment": { "B": "b" } }',
  };
  const text = 'drover: 1\ninclude: [looks/a.yaml, b.json]\njobs: { x: { run: x } }';
  expect(stepsOf(text, files)).toMatchObject([{ environment: { A: 'a', B: 'b', C: 'a', D: 'c' } }]);
});

test('what is wrong in an included file is told with its name, line and column', () => {
  const text = 'drover: 1\ninclude: parts/show.yaml\nbacth: x\njobs: { b: { run: "{{Nope}}" } }';
  const part = 'drover: 1\njobs:\n  a:\n    run: "x {{Gone}}"\n    resurces: { cpu: 1 }\n    frames: 5-1\n';
  expect(problemsOf(text, { 'parts/show.yaml': part }).map((problem) => problem.split(': ')[0])).toEqual([
    'shot.yaml:3:1 unknown-field bacth',
    'shot.yaml:4:20 unknown-placeholder jobs.b.run',
    'parts/show.yaml:4:13 unknown-placeholder jobs.a.run',
    'parts/show.yaml:5:5 unknown-field jobs.a.resurces',
    'parts/show.yaml:6:13 bad-frames jobs.a.frames',
  ]);
});

const including = (name: string): string => `drover: 1\ninclude: ${name}\njobs: { a: { run: x } }`;
test.each<[string, string, Record<string, string>, string]>([
  [
    'a circle',
    including('a.yaml'),
    { 'a.yaml': 'drover: 1\ninclude: b.yaml', 'b.yaml': 'drover: 1\ninclude: [a.yaml]' },
    'b.yaml:2:11 include-cycle include[0]: these files include each other, so there is no end to it: a.yaml -> b.yaml -> a.yaml',
  ],
  [
    'itself',
    including('./shot.yaml'),
    {},
    'shot.yaml:2:10 include-cycle include: these files include each other, so there is no end to it: shot.yaml -> shot.yaml',
  ],
  [
    'a file that is not there',
    including('gone.yaml'),
    {},
    'shot.yaml:2:10 no-such-file include: "gone.yaml": there is no such file',
  ],
  [
    'an absolute name',
    including('/etc/a.yaml'),
    {},
    'shot.yaml:2:10 bad-file include: "/etc/a.yaml" is no name of a file beside this one',
  ],
  [
    'an address',
    including('"http://x/a.yaml"'),
    {},
    'shot.yaml:2:10 bad-file include: "http://x/a.yaml" is no name',
  ],
  ['a drive', including('"C:/a.yaml"'), {}, 'shot.yaml:2:10 bad-file'],
  [
    'a way up in the middle',
    including('a/../../b.yaml'),
    {},
    'shot.yaml:2:10 bad-file include: "a/../../b.yaml" is no name',
  ],
  [
    'a file that is no recipe',
    including('../../etc/passwd'),
    {},
    'shot.yaml:2:10 bad-file include: "../../etc/passwd" is no recipe by its name',
  ],
  ['no name', including('[~]'), {}, 'shot.yaml:2:11 wrong-type include[0]: found no name of a file'],
  [
    'a file of another form',
    including('a.yaml'),
    { 'a.yaml': 'steps: []' },
    'a.yaml:1:1 missing-version : this is no recipe yet',
  ],
  [
    'a file with a mistake in its form',
    including('a.yaml'),
    { 'a.yaml': 'drover: 1\na: [' },
    'a.yaml:2:5 bad-syntax',
  ],
  [
    'too many',
    including(`[${Array.from({ length: 25 }, (_, index) => `f${index}.yaml`).join()}]`),
    Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`f${index}.yaml`, 'drover: 1'])),
    'shot.yaml:2:172 too-many include[19]: a recipe is put together from up to 20 files',
  ],
])('%s is not included', (_, text, files, problem) => {
  const [first = ''] = problemsOf(text, files);
  expect(first.startsWith(problem) ? problem : first).toBe(problem);
});

test('the same file may be included twice, as long as that is no circle', () => {
  const files = {
    'a.yaml': 'drover: 1\ninclude: c.yaml',
    'b.yaml': 'drover: 1\ninclude: c.yaml',
    'c.yaml': 'drover: 1\nenvironment: { X: c }',
  };
  expect(stepsOf(including('[a.yaml, b.yaml]'), files)).toMatchObject([{ environment: { X: 'c' } }]);
});

test('variables are put together from parameters and each other, in any order', () => {
  const text = `drover: 1
parameters: { Show: owl, Shot: 42 }
variables: { Scene: "{{Place}}/scene.blend", Place: "/{{Show}}/{{Shot}}", Nothing: "{{{}}" }
folder: "{{Place}}"
jobs: { a: { run: "render {{Scene}}" } }
`;
  expect(stepsOf(text, {}, { Shot: '43' })).toMatchObject([
    {
      folder: resolve('/owl/43'),
      parameters: {
        Show: 'owl',
        Shot: '43',
        Scene: '/owl/43/scene.blend',
        Place: '/owl/43',
        Nothing: '{{{}}',
      },
    },
  ]);
  expect(read(text)).toMatchObject({ parameters: { Show: 'owl', Shot: '42' } });
});

test.each([
  [
    'variables: { A: "{{B}}", B: "{{C}}", C: "{{A}}" }',
    'variable-cycle variables.A: these variables are made of each other, so none has a value: A -> B -> C -> A',
  ],
  [
    'variables: { A: "{{A}}" }',
    'variable-cycle variables.A: these variables are made of each other, so none has a value: A -> A',
  ],
  [
    'variables: { A: "{{Nope}}" }',
    'unknown-placeholder variables.A: {{Nope}} is unknown; names to use here: P, A',
  ],
  ['variables: { A: "{{Job}}" }', 'unknown-placeholder variables.A: {{Job}} has no value yet in this place'],
  ['variables: { P: 1 }', 'name-taken variables.P: {{P}} is a parameter already'],
  ['variables: { Output: 1 }', 'name-taken variables.Output: {{Output}} has a meaning of its own'],
  ['variables: [A]', 'wrong-type variables: found a list; allowed is a map of names to values'],
  [
    `variables: { A: ${'x'.repeat(50_000)}, B: "${'{{A}}'.repeat(30)}" }`,
    'too-large variables.B: with its values in place the text is longer than 1 MiB',
  ],
])('%s is refused', (line, problem) => {
  const [first = ''] = problemsOf(`drover: 1\nparameters: { P: 1 }\n${line}\njobs: { a: { run: x } }`);
  const rest = first.replace(/^\S+ /, '');
  expect(rest.startsWith(problem) ? problem : rest).toBe(problem);
});

test('a variable has no value of its own that could be given', () => {
  const text = 'drover: 1\nvariables: { A: 1 }\njobs: { a: { run: x } }';
  expect(problemsOf(text, {}, { A: '2' })).toEqual([
    'shot.yaml:1:1 unknown-parameter parameters.A: a value was given for "A", which is a variable: it is put together from others; this recipe has no parameters',
  ]);
});

const withTable = (name: string): string =>
  `drover: 1\nparameters: { Study: wing }\njobs: { a: { run: "x {{Mass}}", table: ${name}, frames: 1-2 } }`;

function labelsOf(table: string, content: string): readonly string[] {
  const recipe = read(withTable(table), { [table]: content });
  if (!recipe.ok)
    return recipe.problems.map(
      ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code}: ${message}`,
    );
  const { space } = recipe.batch.jobs[0]?.steps[0] ?? { space: { kind: 'single' } };
  return Array.from({ length: taskCount(space) / 2 }, (_, index) => taskLabel(space, 2 * index));
}

test.each([
  ['points.csv', 'Mass,Name\n1,a\n2.50,"b, ""c"""\n'],
  ['points.csv', '\uFEFFMass;Name\r\n1;a\r\n\r\n2.50;"b, ""c"""'],
  ['points.tsv', 'Mass\tName\n1\ta\n2.50\tb, "c"\n'],
  ['points.json', '[{ "Mass": 1, "Name": "a" }, { "Name": "b, \\"c\\"", "Mass": 2.50 }]'],
  ['points.yaml', '- { Mass: 1, Name: a }\n- Mass: 2.50\n  Name: b, "c"\n'],
])('a table in %s has a task for each row', (name, content) => {
  expect(labelsOf(name, content)).toEqual(['Mass=1, Name=a, frame 1', 'Mass=2.50, Name=b, "c", frame 1']);
});

test('a table is read once, lies beside the file that names it, and its name may have parameters in it', () => {
  const part = 'drover: 1\njobs: { a: { run: x, table: "{{Study}}.csv" }, b: { run: y, table: wing.csv } }';
  const steps = stepsOf('drover: 1\ninclude: parts/p.yaml\nparameters: { Study: wing }', {
    'parts/p.yaml': part,
    'parts/wing.csv': 'X\n1\n2',
  });
  expect(steps.map(({ space }) => taskCount(space))).toEqual([2, 2]);
  expect(steps[0]?.space).toBe(steps[1]?.space);
});

test.each([
  ['t.csv', 'Mass,Mass\n1,2', 't.csv:1:6 duplicate-name: "Mass" stands here for the second time'],
  ['t.csv', 'Mass,2nd\n1,2', 't.csv:1:6 bad-name: "2nd" cannot be a name'],
  ['t.csv', 'Mass,B\n1,2\n3\n', 't.csv:3:1 bad-row: the row has one value, and the first line has 2 names'],
  ['t.csv', 'Mass\n"1', 't.csv:2:1 bad-syntax: the quotes that open here are not closed'],
  ['t.csv', 'Mass\n"1"x', 't.csv:2:4 bad-syntax: after the quotes only "," or the end of the line may stand'],
  ['t.csv', 'Mass\n', 't.csv:1:1 empty: the table is empty'],
  ['t.csv', '', 't.csv:1:1 empty: the table is empty'],
  ['t.csv', `${'a,'.repeat(60)}\n1`, 't.csv:1:101 too-many: the line has more than 50 values'],
  ['t.csv', 'Mass\na\0', 't.csv:2:1 bad-character: the value holds a NUL character'],
  [
    't.csv',
    `Mass\n${'1\n'.repeat(100_001)}`,
    't.csv:100002:1 too-large: the table is too long; allowed are 100,000 rows',
  ],
  [
    't.json',
    '[{ "Mass": 1 }, { "Mas": 1 }]',
    't.json:1:17 missing-field: the row has no Mass; the first row has Mass',
  ],
  [
    't.json',
    '[{ "Mass": [1] }]',
    't.json:1:12 wrong-type: found a list; allowed is text, a number, true or false',
  ],
  [
    't.json',
    '{ "Mass": 1 }',
    't.json:1:1 wrong-type: found a map of names to values; allowed is a list of maps',
  ],
  ['t.yaml', '- Mass: 1\n- Mass: 2\n  Mass: 3', 't.yaml:3:3 duplicate-name'],
  ['../t.csv', 'Mass\n1', 'shot.yaml:3:40 bad-file: "../t.csv" lies outside of the folder of this file'],
  ['t.xls', 'Mass\n1', 'shot.yaml:3:40 bad-file: "t.xls" is no table by its name'],
])('in %s, what cannot be a table is refused where it stands (%#)', (name, content, problem) => {
  const [first = ''] = labelsOf(name, content);
  expect(first.startsWith(problem) ? problem : first).toBe(problem);
});

test('any table that is written comes back', () => {
  const cell = fc.string({
    maxLength: 6,
    unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'é'),
  });
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
      (separator, end, rows) => {
        const text = [['A', 'B'], ...rows.map((row) => row.map(quoted))]
          .map((row) => row.join(separator))
          .join(end);
        const [step] = stepsOf('drover: 1\njobs: { a: { run: x, table: t.csv } }', { 't.csv': text });
        expect(step?.space).toEqual({ kind: 'rows', names: ['A', 'B'], rows });
      },
    ),
  );
});
