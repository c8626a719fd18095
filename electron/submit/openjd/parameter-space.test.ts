/** Section 3.4: the parameters of tasks, and the tasks that they make. */
import { expect, test } from 'vitest';
import { jobOf, jobTemplate, mistakesOf, validJob } from './templates-for-tests';

const parameters = `[{ name: End, type: INT, default: 3 }, { name: Text, type: STRING, default: "5" },
  { name: Folder, type: PATH, default: x }]`;
const many = (count: number, one: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => one(index)).join(', ')}]`;

/** Paths without `steps[0].parameterSpace.` and, for one parameter, without its index. */
function wrong(space: string, extensions?: string): readonly string[] {
  const text = jobTemplate({ space, parameters, ...(extensions === undefined ? {} : { extensions }) });
  return mistakesOf(text).map((mistake) =>
    mistake.replace(/^steps\[0\]\.parameterSpace\.?/, '').replace(/^taskParameterDefinitions\[0\]\.?/, ''),
  );
}
const one = (fields: string): string => `{ taskParameterDefinitions: [{ name: A, ${fields} }] }`;
const some = (definitions: string, combination?: string): string =>
  `{ taskParameterDefinitions: [${definitions}]${combination === undefined ? '' : `, combination: "${combination}"`} }`;

test.each([
  one('type: INT, range: [1, "2", -3, "{{Param.End}}"]'),
  one('type: INT, range: [9223372036854775807]'),
  one('type: INT, range: "1-10"'),
  one('type: INT, range: "1-{{Param.End}}:2, 100"'),
  one('type: INT, range: "{{Param.Text}}"'),
  one('type: FLOAT, range: [1, 1.5, "2.5", "{{Param.Text}}"]'),
  one('type: STRING, range: [a, "5", "{{Param.Text}} {{RawParam.Folder}}"]'),
  one('type: STRING, range: [""]'),
  one('type: PATH, range: [/a, "{{RawParam.Folder}}/b"]'),
  one(`type: STRING, range: [${'x'.repeat(1024)}]`),
  one(`type: INT, range: ${many(1024, String)}`),
  one('type: INT, range: "1-1000000000000"'),
  `{ taskParameterDefinitions: ${many(16, (index) => `{ name: A${index}, type: INT, range: "1-9" }`)} }`,
  some('{ name: A, type: INT, range: "1-3" }, { name: B, type: STRING, range: [x, y, z] }', '(A, B)'),
  some(
    '{ name: A, type: INT, range: "1-{{Param.End}}" }, { name: B, type: STRING, range: [x, y, z] }',
    '(A, B)',
  ),
])('valid: %s', (space) => {
  expect(wrong(space)).toEqual([]);
});

test.each([
  ['{}', ': missing-field'],
  ['{ taskParameterDefinitions: [] }', 'taskParameterDefinitions: too-few'],
  [
    `{ taskParameterDefinitions: ${many(17, (index) => `{ name: A${index}, type: INT, range: "1" }`)} }`,
    'taskParameterDefinitions: too-many',
  ],
  ['{ taskParameterDefinitions: [{ type: INT, range: [1] }] }', ': missing-field'],
  ['{ taskParameterDefinitions: [{ name: 1A, type: INT, range: [1] }] }', 'name: bad-name'],
  [
    some('{ name: A, type: INT, range: "1" }, { name: A, type: INT, range: "1" }'),
    'taskParameterDefinitions[1].name: duplicate-name',
  ],
  [one('range: [1]'), ': missing-field'],
  [one('type: INT'), ': missing-field'],
  [one('type: BOOL, range: [true]'), 'type: unknown-value'],
  [one('type: INT, range: []'), 'range: too-few'],
  [one('type: INT, range: 5'), 'range: wrong-type'],
  [one('type: INT, range: [1.5]'), 'range[0]: wrong-type'],
  [one('type: INT, range: ["a"]'), 'range[0]: wrong-type'],
  [one('type: INT, range: [true]'), 'range[0]: wrong-type'],
  [one('type: INT, range: [9223372036854775808]'), 'range[0]: wrong-type'],
  [one(`type: INT, range: ${many(1025, String)}`), 'range: too-many'],
  [one(`type: FLOAT, range: ${many(1025, String)}`), 'range: too-many'],
  [one(`type: STRING, range: ${many(1025, () => 'a')}`), 'range: too-many'],
  [one(`type: PATH, range: ${many(1025, () => 'a')}`), 'range: too-many'],
  [one('type: INT, range: ""'), 'range: bad-range'],
  [one('type: INT, range: "1-5,5"'), 'range: bad-range'],
  [one('type: INT, range: "{{Param.Folder}}"'), 'range: unknown-symbol'],
  [one('type: INT, range: "{{Task.Param.A}}"'), 'range: unknown-symbol'],
  [one('type: FLOAT, range: "1-5"'), 'range: wrong-type'],
  [one('type: FLOAT, range: ["a"]'), 'range[0]: wrong-type'],
  [one('type: FLOAT, range: [.nan]'), 'range[0]: wrong-type'],
  [one('type: STRING, range: a'), 'range: wrong-type'],
  [one('type: STRING, range: [5]'), 'range[0]: wrong-type'],
  [one('type: PATH, range: [""]'), 'range[0]: too-short'],
  [one(`type: STRING, range: [${'x'.repeat(1025)}]`), 'range[0]: too-long'],
  [one('type: STRING, range: ["{{Session.WorkingDirectory}}"]'), 'range[0]: unknown-symbol'],
  [one('type: STRING, range: [a], chunks: {}'), 'chunks: unknown-field'],
  [some('{ name: A, type: INT, range: "1-3" }', ''), 'combination: bad-combination'],
  [
    some('{ name: A, type: INT, range: "1-3" }, { name: B, type: INT, range: "1-2" }', 'A'),
    'combination: missing-parameter',
  ],
  [some('{ name: A, type: INT, range: "1-3" }', 'A * B'), 'combination: unknown-parameter'],
  [some('{ name: A, type: INT, range: "1-3" }', 'A * A'), 'combination: duplicate-name'],
  [
    some('{ name: A, type: INT, range: "1-3" }, { name: B, type: INT, range: "1-2" }', '(A, B)'),
    'combination: unequal-counts',
  ],
])('refused: %s', (space, mistake) => {
  expect(wrong(space)).toEqual([mistake]);
});

const chunking = '[TASK_CHUNKING]';
const chunked = (chunks: string): string => one(`type: "CHUNK[INT]", range: "1-10", chunks: ${chunks}`);

test.each([
  chunked('{ defaultTaskCount: 5, rangeConstraint: CONTIGUOUS }'),
  chunked('{ defaultTaskCount: "5", targetRuntimeSeconds: 0, rangeConstraint: NONCONTIGUOUS }'),
  chunked(
    '{ defaultTaskCount: "{{Param.End}}", targetRuntimeSeconds: "{{Param.End}}", rangeConstraint: NONCONTIGUOUS }',
  ),
  one('type: "CHUNK[INT]", range: [1, 5, 2], chunks: { defaultTaskCount: 1, rangeConstraint: CONTIGUOUS }'),
  some(
    '{ name: A, type: "CHUNK[INT]", range: "1-3", chunks: { defaultTaskCount: 1, rangeConstraint: CONTIGUOUS } }, { name: B, type: INT, range: "1-2" }',
    '(A) * B',
  ),
])('valid with TASK_CHUNKING: %s', (space) => {
  expect(wrong(space, chunking)).toEqual([]);
});

test.each([
  [one('type: "CHUNK[INT]", range: "1-10"'), ': missing-field'],
  [one('type: "CHUNK[STRING]", range: [a]'), 'type: unknown-value'],
  [chunked('{ rangeConstraint: CONTIGUOUS }'), 'chunks: missing-field'],
  [chunked('{ defaultTaskCount: 5 }'), 'chunks: missing-field'],
  [chunked('{ defaultTaskCount: 0, rangeConstraint: CONTIGUOUS }'), 'chunks.defaultTaskCount: wrong-type'],
  [chunked('{ defaultTaskCount: 1.5, rangeConstraint: CONTIGUOUS }'), 'chunks.defaultTaskCount: wrong-type'],
  [
    chunked('{ defaultTaskCount: "few", rangeConstraint: CONTIGUOUS }'),
    'chunks.defaultTaskCount: wrong-type',
  ],
  [
    chunked('{ defaultTaskCount: 5, targetRuntimeSeconds: -1, rangeConstraint: CONTIGUOUS }'),
    'chunks.targetRuntimeSeconds: wrong-type',
  ],
  [chunked('{ defaultTaskCount: 5, rangeConstraint: contiguous }'), 'chunks.rangeConstraint: unknown-value'],
  [
    chunked('{ defaultTaskCount: 5, rangeConstraint: "{{Param.Text}}" }'),
    'chunks.rangeConstraint: unknown-value',
  ],
  [
    chunked('{ defaultTaskCount: "{{Task.Param.A}}", rangeConstraint: CONTIGUOUS }'),
    'chunks.defaultTaskCount: unknown-symbol',
  ],
  [
    some(
      '{ name: A, type: "CHUNK[INT]", range: "1-2", chunks: { defaultTaskCount: 1, rangeConstraint: CONTIGUOUS } }, { name: B, type: INT, range: "1-2" }',
      '(A, B)',
    ),
    'combination: bad-combination',
  ],
  [
    some(
      '{ name: A, type: "CHUNK[INT]", range: "1-2", chunks: { defaultTaskCount: 1, rangeConstraint: CONTIGUOUS } }, { name: B, type: "CHUNK[INT]", range: "1-2", chunks: { defaultTaskCount: 1, rangeConstraint: CONTIGUOUS } }',
    ),
    'taskParameterDefinitions[1]: too-many',
  ],
])('refused with TASK_CHUNKING: %s', (space, mistake) => {
  expect(wrong(space, chunking)).toEqual([mistake]);
});

test('chunks need TASK_CHUNKING', () => {
  expect(wrong(chunked('{ defaultTaskCount: 5, rangeConstraint: CONTIGUOUS }'))).toEqual([
    'type: needs-extension',
  ]);
});

/** The tasks of the one step, with a row for each: `1 a`. */
function tasks(
  space: string,
  options: { extensions?: string; given?: Record<string, string> } = {},
): readonly string[] {
  const { extensions, given = {} } = options;
  const pieces = {
    parameters,
    ...(space === '' ? {} : { space }),
    ...(extensions === undefined ? {} : { extensions }),
  };
  const made = validJob(pieces, { parameters: given }).steps[0]?.space;
  if (made === undefined) return [];
  return Array.from({ length: Number(made.taskCount) }, (_, index) =>
    made
      .taskParametersAt(BigInt(index))
      .map(({ value }) => value)
      .join(' '),
  );
}

const a = '{ name: A, type: INT, range: [1, 2, 3] }';
const b = '{ name: B, type: INT, range: "10-12" }';
const c = '{ name: C, type: STRING, range: [x, y] }';

test.each([
  ['', undefined, ['']],
  [a, undefined, ['1', '2', '3']],
  [`${a}, ${c}`, undefined, ['1 x', '1 y', '2 x', '2 y', '3 x', '3 y']],
  [`${a}, ${c}`, 'C * A', ['1 x', '2 x', '3 x', '1 y', '2 y', '3 y']],
  [`${a}, ${b}`, '(A, B)', ['1 10', '2 11', '3 12']],
  [`${a}, ${b}, ${c}`, '(A, B) * C', ['1 10 x', '1 10 y', '2 11 x', '2 11 y', '3 12 x', '3 12 y']],
])('the tasks of %s by %s', (definitions, combination, expected) => {
  expect(tasks(definitions === '' ? '' : some(definitions, combination))).toEqual(expected);
});

test('values are filled in: whole numbers as numbers, others as they are written, without zeros before them', () => {
  expect(tasks(one('type: INT, range: ["{{Param.Text}}", "007", 8]'))).toEqual(['5', '7', '8']);
  expect(tasks(one('type: FLOAT, range: [1.50, "2.0", 1e2, "{{Param.Text}}"]'))).toEqual([
    '1.50',
    '2.0',
    '1e2',
    '5',
  ]);
  expect(
    tasks(one('type: FLOAT, range: ["04.250", "-007", "0.0", "00", "+01e3", "0{{Param.Text}}"]')),
  ).toEqual(['4.250', '-7', '0.0', '0', '+1e3', '5']);
  expect(tasks(one('type: INT, range: "1,{{Param.Text}},10"'))).toEqual(['1', '5', '10']);
  expect(tasks(one('type: STRING, range: ["<{{Param.Text}}>"]'), { given: { Text: '' } })).toEqual(['<>']);
  expect(tasks(one('type: PATH, range: ["{{RawParam.Folder}}/b"]'))).toEqual(['/templates/x/b']);
});

test('chunks are tasks', () => {
  const space = some(
    '{ name: A, type: "CHUNK[INT]", range: "1-{{Param.End}}", chunks: { defaultTaskCount: "{{Param.Text}}", rangeConstraint: CONTIGUOUS } }, { name: B, type: INT, range: [7, 8] }',
  );
  expect(tasks(space, { extensions: chunking, given: { End: '6' } })).toEqual([
    '1-3 7',
    '1-3 8',
    '4-6 7',
    '4-6 8',
  ]);
});

test.each([
  [
    one('type: INT, range: ["{{Param.Text}}"]'),
    { Text: '1.5' },
    'taskParameterDefinitions[0].range[0]: wrong-type',
  ],
  [
    one('type: FLOAT, range: ["{{Param.Text}}"]'),
    { Text: 'x' },
    'taskParameterDefinitions[0].range[0]: wrong-type',
  ],
  [
    one('type: INT, range: "1-{{Param.Text}}"'),
    { Text: 'x' },
    'taskParameterDefinitions[0].range: bad-range',
  ],
  [one('type: INT, range: "1-{{Param.End}},{{Param.Text}}"'), {}, null],
  [
    one('type: INT, range: "1-{{Param.End}},{{Param.Text}}"'),
    { End: '6' },
    'taskParameterDefinitions[0].range: bad-range',
  ],
  [
    one('type: STRING, range: ["{{Param.Text}}{{Param.Text}}"]'),
    { Text: 'x'.repeat(600) },
    'taskParameterDefinitions[0].range[0]: too-long',
  ],
  [some(`${a}, { name: B, type: INT, range: "1-{{Param.End}}" }`, '(A, B)'), {}, null],
  [
    some(`${a}, { name: B, type: INT, range: "1-{{Param.End}}" }`, '(A, B)'),
    { End: '4' },
    'combination: unequal-counts',
  ],
])('what is filled in is checked: %s with %j', (space, given, mistake) => {
  const job = jobOf({ space, parameters }, { parameters: given });
  if (mistake === null) expect(job).toHaveProperty('name');
  else expect(job).toEqual([`steps[0].parameterSpace.${mistake}`]);
});

test('a chunk of no values is refused when it is known', () => {
  const space = one(
    'type: "CHUNK[INT]", range: "1-6", chunks: { defaultTaskCount: "{{Param.End}}", rangeConstraint: CONTIGUOUS }',
  );
  expect(jobOf({ space, parameters, extensions: chunking }, { parameters: { End: '0' } })).toEqual([
    'steps[0].parameterSpace.taskParameterDefinitions[0].chunks.defaultTaskCount: wrong-type',
  ]);
});

test('a space of any size is counted, and any of its tasks found', () => {
  const definitions = many(16, (index) => `{ name: A${index}, type: INT, range: "1-1000000000000" }`);
  const { space } = validJob({ space: `{ taskParameterDefinitions: ${definitions} }` }).steps[0] ?? {};
  expect(space?.taskCount).toBe(1_000_000_000_000n ** 16n);
  expect(space?.taskParametersAt(space.taskCount - 1n).every(({ value }) => value === '1000000000000')).toBe(
    true,
  );
  expect(() => space?.taskParametersAt(space.taskCount)).toThrow('there is no task');
});
