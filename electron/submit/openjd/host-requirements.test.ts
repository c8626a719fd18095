/** Section 3.3: what a host has to have. */
import { expect, test } from 'vitest';
import { jobOf, jobTemplate, mistakesOf, validJob } from './templates-for-tests';

const parameters = `[{ name: Count, type: INT, default: 2 }, { name: Name, type: STRING, default: maya },
  { name: Folder, type: PATH, default: x }]`;

/** Paths without `steps[0].hostRequirements.` */
function wrong(hostRequirements: string, extensions?: string): readonly string[] {
  const text = jobTemplate({
    hostRequirements,
    parameters,
    ...(extensions === undefined ? {} : { extensions }),
  });
  return mistakesOf(text).map((mistake) => mistake.replace(/^steps\[0\]\.hostRequirements\.?/, ''));
}

const amount = (fields: string): string => `{ amounts: [{ ${fields} }] }`;
const attribute = (fields: string): string => `{ attributes: [{ ${fields} }] }`;
const many = (count: number, one: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => one(index)).join(', ')}]`;

test.each([
  ...['vcpu', 'memory', 'gpu', 'gpu.memory', 'disk.scratch'].map((name) =>
    amount(`name: amount.worker.${name}, min: 1`),
  ),
  amount('name: Amount.Worker.vCPU, min: 0'),
  amount('name: amount.licences.maya, min: 0.5, max: 0.5'),
  amount('name: amount.licence, max: 1'),
  amount('name: "studio:amount.licence", min: 1'),
  amount('name: "amount.{{Param.Name}}", min: 1'),
  amount(`name: amount.${'x'.repeat(93)}, min: 1`),
  attribute('name: attr.worker.os.family, anyOf: [linux, Windows]'),
  attribute('name: attr.worker.cpu.arch, allOf: [x86_64]'),
  attribute('name: attr.software, anyOf: [maya-2025, _x], allOf: [blender]'),
  attribute('name: "studio:attr.pool", anyOf: ["{{Param.Name}}"]'),
  attribute('name: attr.path, anyOf: ["{{RawParam.Folder}}"]'),
  attribute(`name: attr.a, anyOf: [${'x'.repeat(100)}]`),
  attribute(`name: attr.a, anyOf: ${many(50, (index) => `v${index}`)}`),
  `{ amounts: ${many(25, (index) => `{ name: amount.a${index}, min: 1 }`)}, attributes: ${many(25, (index) => `{ name: attr.a${index}, anyOf: [b] }`)} }`,
])('valid: %s', (requirements) => {
  expect(wrong(requirements)).toEqual([]);
});

test.each([
  ['{}', ': missing-field'],
  ['{ amounts: [] }', 'amounts: too-few'],
  ['{ attributes: [] }', 'attributes: too-few'],
  [amount('min: 1'), 'amounts[0]: missing-field'],
  [amount('name: amount.a'), 'amounts[0]: missing-field'],
  [amount('name: amount.a, min: -1'), 'amounts[0].min: wrong-type'],
  [amount('name: amount.a, max: 0'), 'amounts[0].max: wrong-type'],
  [amount('name: amount.a, max: .inf'), 'amounts[0].max: wrong-type'],
  [amount('name: amount.a, min: 2, max: 1'), 'amounts[0].max: out-of-range'],
  [amount('name: amount.a, min: "1"'), 'amounts[0].min: needs-extension'],
  [amount('name: amount.a, max: "{{Param.Count}}"'), 'amounts[0].max: needs-extension'],
  [amount('name: amount.worker.cpus, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: amount.job.a, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: AMOUNT.Step.a, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: "studio:amount.task.a", min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: vcpu, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: attr.a, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: amount., min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: amount.1a, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: amount.a b, min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: ":amount.a", min: 1'), 'amounts[0].name: bad-name'],
  [amount('name: "", min: 1'), 'amounts[0].name: too-short'],
  [amount(`name: amount.${'x'.repeat(94)}, min: 1`), 'amounts[0].name: too-long'],
  [
    '{ amounts: [{ name: amount.a, min: 1 }, { name: Amount.A, min: 2 }] }',
    'amounts[1].name: duplicate-name',
  ],
  [
    '{ attributes: [{ name: attr.a, anyOf: [b] }, { name: attr.A, anyOf: [b] }] }',
    'attributes[1].name: duplicate-name',
  ],
  [attribute('name: attr.a'), 'attributes[0]: missing-field'],
  [attribute('anyOf: [a]'), 'attributes[0]: missing-field'],
  [attribute('name: attr.a, anyOf: []'), 'attributes[0].anyOf: too-few'],
  [attribute(`name: attr.a, allOf: ${many(51, (index) => `v${index}`)}`), 'attributes[0].allOf: too-many'],
  [attribute('name: attr.a, anyOf: [""]'), 'attributes[0].anyOf[0]: too-short'],
  [attribute('name: attr.a, anyOf: [5]'), 'attributes[0].anyOf[0]: wrong-type'],
  [attribute('name: attr.a, anyOf: ["5a"]'), 'attributes[0].anyOf[0]: bad-name'],
  [attribute('name: attr.a, anyOf: [a b]'), 'attributes[0].anyOf[0]: bad-name'],
  [attribute(`name: attr.a, anyOf: [${'x'.repeat(101)}]`), 'attributes[0].anyOf[0]: too-long'],
  [attribute('name: attr.worker.os.family, anyOf: [solaris]'), 'attributes[0].anyOf[0]: unknown-value'],
  [attribute('name: attr.worker.os.family, allOf: [linux, macos]'), 'attributes[0].allOf: too-many'],
  [attribute('name: attr.worker.cpu.arch, allOf: [riscv]'), 'attributes[0].allOf[0]: unknown-value'],
  [attribute('name: attr.worker.colour, anyOf: [red]'), 'attributes[0].name: bad-name'],
  [attribute('name: amount.a, anyOf: [red]'), 'attributes[0].name: bad-name'],
  [
    attribute('name: attr.a, anyOf: ["{{Session.WorkingDirectory}}"]'),
    'attributes[0].anyOf[0]: unknown-symbol',
  ],
  [attribute('name: attr.a, anyOf: ["{{Param.Folder}}"]'), 'attributes[0].anyOf[0]: unknown-symbol'],
  [
    `{ amounts: ${many(26, (index) => `{ name: amount.a${index}, min: 1 }`)}, attributes: ${many(25, (index) => `{ name: attr.a${index}, anyOf: [b] }`)} }`,
    ': too-many',
  ],
])('refused: %s', (requirements, mistake) => {
  expect(wrong(requirements)).toEqual([mistake]);
});

test('with FEATURE_BUNDLE_1 amounts may be texts', () => {
  const extensions = '[FEATURE_BUNDLE_1]';
  expect(wrong(amount('name: amount.a, min: "{{Param.Count}}", max: "4"'), extensions)).toEqual([]);
  expect(wrong(amount('name: amount.a, min: "many"'), extensions)).toEqual(['amounts[0].min: wrong-type']);
  expect(wrong(amount('name: amount.a, max: "0"'), extensions)).toEqual(['amounts[0].max: wrong-type']);
  expect(wrong(amount('name: amount.a, min: "2", max: "1"'), extensions)).toEqual([
    'amounts[0].max: out-of-range',
  ]);
  expect(wrong(amount('name: amount.a, min: "{{Session.WorkingDirectory}}"'), extensions)).toEqual([
    'amounts[0].min: unknown-symbol',
  ]);
});

const open = `{ amounts: [{ name: "amount.{{Param.Name}}", min: "{{Param.Count}}", max: 4 }],
  attributes: [{ name: "attr.{{Param.Kind}}", anyOf: ["{{Param.Name}}", other] }] }`;
const openParameters = `[{ name: Name, type: STRING, default: maya }, { name: Count, type: STRING, default: "2" },
  { name: Kind, type: STRING, default: software }]`;
const pieces = { hostRequirements: open, parameters: openParameters, extensions: '[FEATURE_BUNDLE_1]' };

test('what a template leaves open is filled in when a job is made of it', () => {
  expect(validJob(pieces).steps[0]?.hostRequirements).toEqual({
    amounts: [{ name: 'amount.maya', min: 2, max: 4 }],
    attributes: [{ name: 'attr.software', anyOf: ['maya', 'other'], allOf: null }],
  });
});

test.each([
  [{ Name: '2025' }, ['amounts[0].name: bad-name', 'attributes[0].anyOf[0]: bad-name']],
  [{ Name: 'x'.repeat(100) }, ['amounts[0].name: too-long']],
  [{ Name: 'worker.x' }, ['amounts[0].name: bad-name', 'attributes[0].anyOf[0]: bad-name']],
  [
    { Kind: 'worker.os.family' },
    ['attributes[0].anyOf[0]: unknown-value', 'attributes[0].anyOf[1]: unknown-value'],
  ],
  [{ Count: 'two' }, ['amounts[0].min: wrong-type']],
  [{ Count: '-1' }, ['amounts[0].min: wrong-type']],
  [{ Count: '5' }, ['amounts[0].min: out-of-range']],
])('and checked then: %j', (given, mistakes) => {
  expect(jobOf(pieces, { parameters: given })).toEqual(
    mistakes.map((mistake) => `steps[0].hostRequirements.${mistake}`),
  );
});

test('names that become the same are refused', () => {
  const hostRequirements =
    '{ amounts: [{ name: amount.MAYA, min: 1 }, { name: "amount.{{Param.Name}}", min: 1 }] }';
  expect(jobOf({ ...pieces, hostRequirements })).toEqual([
    'steps[0].hostRequirements.amounts[1].name: duplicate-name',
  ]);
});
