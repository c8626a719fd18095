/** Section 2: the parameters of a job and the hints for their fields. */
import { expect, test } from 'vitest';
import { jobTemplate, mistakesOf, templateOf } from './templates-for-tests';

/** Of the one parameter in a template; paths without `parameterDefinitions[0].` */
function wrong(definition: string, extensions?: string): readonly string[] {
  const text = jobTemplate({
    parameters: `[{ name: A, ${definition} }]`,
    ...(extensions === undefined ? {} : { extensions }),
  });
  return mistakesOf(text).map((mistake) => mistake.replace(/^parameterDefinitions\[0\]\.?/, ''));
}

test.each([
  // 2.1
  'type: STRING',
  'type: STRING, description: "for a person", default: ""',
  'type: STRING, minLength: 0, maxLength: 5, default: abcde',
  'type: STRING, minLength: 5, maxLength: 5, default: "\u{1F600}bcde"',
  'type: STRING, allowedValues: [a, b], default: b',
  `type: STRING, default: ${'x'.repeat(1024)}`,
  'type: STRING, userInterface: { label: Look, groupLabel: Render }',
  'type: STRING, userInterface: { control: LINE_EDIT }',
  'type: STRING, userInterface: { control: MULTILINE_EDIT }',
  'type: STRING, userInterface: { control: HIDDEN }',
  'type: STRING, allowedValues: [a], userInterface: { control: HIDDEN }',
  'type: STRING, allowedValues: [a], userInterface: { control: DROPDOWN_LIST }',
  'type: STRING, allowedValues: ["Yes", "NO"], userInterface: { control: CHECK_BOX }',
  'type: STRING, allowedValues: ["false", "true"], userInterface: { control: CHECK_BOX }',
  'type: STRING, allowedValues: ["on", "off"], userInterface: { control: CHECK_BOX }',
  'type: STRING, allowedValues: ["0", "1"], userInterface: { control: CHECK_BOX }',
  `type: STRING, userInterface: { label: ${'x'.repeat(64)}, groupLabel: ${'x'.repeat(64)} }`,
  // 2.2
  'type: PATH',
  'type: PATH, objectType: FILE, dataFlow: IN, default: scenes/shot.blend',
  'type: PATH, objectType: DIRECTORY, dataFlow: NONE',
  'type: PATH, dataFlow: INOUT, minLength: 1, maxLength: 20',
  'type: PATH, allowedValues: [/a, /b], default: /a, userInterface: { control: DROPDOWN_LIST }',
  'type: PATH, userInterface: { control: CHOOSE_DIRECTORY }',
  'type: PATH, objectType: FILE, userInterface: { control: CHOOSE_INPUT_FILE, fileFilters: [{ label: All, patterns: ["*", "*.*", "*.tar.gz"] }] }',
  'type: PATH, objectType: FILE, userInterface: { control: CHOOSE_OUTPUT_FILE, fileFilterDefault: { label: Pictures, patterns: ["*.png"] } }',
  'type: PATH, objectType: FILE, userInterface: { fileFilters: [{ label: Ä, patterns: ["*.ä"] }] }',
  `type: PATH, objectType: FILE, userInterface: { fileFilters: [{ label: A, patterns: ["*.${'x'.repeat(18)}"] }] }`,
  // 2.3
  'type: INT',
  'type: INT, default: 5',
  'type: INT, default: "-5", minValue: "-5", maxValue: 5, allowedValues: ["-5", 5]',
  'type: INT, default: 9223372036854775807, minValue: -9223372036854775808',
  'type: INT, allowedValues: [9007199254740993], default: "9007199254740993"',
  'type: INT, userInterface: { control: SPIN_BOX, singleStepDelta: 10 }',
  'type: INT, userInterface: { singleStepDelta: 10 }',
  'type: INT, allowedValues: [1, 2], userInterface: { control: DROPDOWN_LIST }',
  // 2.4
  'type: FLOAT',
  'type: FLOAT, default: 1.5, minValue: 1, maxValue: "2.5"',
  'type: FLOAT, default: "1.50", allowedValues: [1.5, 2]',
  'type: FLOAT, default: -1e-3, minValue: -.5',
  'type: FLOAT, userInterface: { control: SPIN_BOX, decimals: 2, singleStepDelta: 0.1 }',
  'type: FLOAT, userInterface: { control: HIDDEN }',
])('valid: %s', (definition) => {
  expect(wrong(definition)).toEqual([]);
});

test.each([
  ['description: nothing', ': missing-field'],
  ['type: BOOLEAN', 'type: unknown-value'],
  ['type: string', 'type: unknown-value'],
  ['type: STRING, minValue: 1', 'minValue: unknown-field'],
  ['type: INT, minLength: 1', 'minLength: unknown-field'],
  ['type: STRING, objectType: FILE', 'objectType: unknown-field'],
  ['type: STRING, description: "\\u0007"', 'description: bad-character'],
  // 2.1
  ['type: STRING, default: 5', 'default: wrong-type'],
  ['type: STRING, default: null', 'default: wrong-type'],
  ['type: STRING, minLength: -1', 'minLength: wrong-type'],
  ['type: STRING, minLength: "1"', 'minLength: wrong-type'],
  ['type: STRING, minLength: 1.5', 'minLength: wrong-type'],
  ['type: STRING, minLength: true', 'minLength: wrong-type'],
  ['type: STRING, maxLength: 0', 'maxLength: wrong-type'],
  ['type: STRING, minLength: 3, maxLength: 2', 'maxLength: out-of-range'],
  ['type: STRING, minLength: 3, default: ab', 'default: out-of-range'],
  ['type: STRING, maxLength: 3, default: abcd', 'default: out-of-range'],
  ['type: STRING, maxLength: 3, allowedValues: [abc, abcd]', 'allowedValues[1]: out-of-range'],
  ['type: STRING, allowedValues: []', 'allowedValues: too-few'],
  ['type: STRING, allowedValues: null', 'allowedValues: wrong-type'],
  ['type: STRING, allowedValues: [a, 5]', 'allowedValues[1]: wrong-type'],
  ['type: STRING, allowedValues: [a, b], default: c', 'default: out-of-range'],
  [`type: STRING, default: ${'x'.repeat(1025)}`, 'default: out-of-range'],
  ['type: STRING, userInterface: { control: TEXT }', 'userInterface.control: unknown-value'],
  ['type: STRING, userInterface: { control: SPIN_BOX }', 'userInterface.control: unknown-value'],
  ['type: STRING, userInterface: { decimals: 1 }', 'userInterface.decimals: unknown-field'],
  [
    'type: STRING, allowedValues: [a], userInterface: { control: LINE_EDIT }',
    'userInterface.control: bad-control',
  ],
  [
    'type: STRING, allowedValues: [a], userInterface: { control: MULTILINE_EDIT }',
    'userInterface.control: bad-control',
  ],
  ['type: STRING, userInterface: { control: DROPDOWN_LIST }', 'userInterface.control: bad-control'],
  ['type: STRING, userInterface: { control: CHECK_BOX }', 'userInterface.control: bad-control'],
  [
    'type: STRING, allowedValues: ["yes"], userInterface: { control: CHECK_BOX }',
    'allowedValues: bad-control',
  ],
  [
    'type: STRING, allowedValues: ["yes", "false"], userInterface: { control: CHECK_BOX }',
    'allowedValues: bad-control',
  ],
  [
    'type: STRING, allowedValues: ["yes", "yes"], userInterface: { control: CHECK_BOX }',
    'allowedValues: bad-control',
  ],
  ['type: STRING, userInterface: { label: "" }', 'userInterface.label: too-short'],
  ['type: STRING, userInterface: { label: "a\\nb" }', 'userInterface.label: bad-character'],
  [`type: STRING, userInterface: { groupLabel: ${'x'.repeat(65)} }`, 'userInterface.groupLabel: too-long'],
  // 2.2
  ['type: PATH, objectType: SYMLINK', 'objectType: unknown-value'],
  ['type: PATH, dataFlow: BOTH', 'dataFlow: unknown-value'],
  ['type: PATH, maxLength: 3, default: scenes', 'default: out-of-range'],
  ['type: PATH, allowedValues: [/a], default: /b', 'default: out-of-range'],
  [
    'type: PATH, allowedValues: [/a], userInterface: { control: CHOOSE_DIRECTORY }',
    'userInterface.control: bad-control',
  ],
  [
    'type: PATH, allowedValues: [/a], userInterface: { control: CHOOSE_INPUT_FILE }',
    'userInterface.control: bad-control',
  ],
  [
    'type: PATH, allowedValues: [/a], userInterface: { control: CHOOSE_OUTPUT_FILE }',
    'userInterface.control: bad-control',
  ],
  ['type: PATH, userInterface: { control: DROPDOWN_LIST }', 'userInterface.control: bad-control'],
  [
    'type: PATH, userInterface: { control: CHOOSE_DIRECTORY, fileFilters: [{ label: A, patterns: ["*"] }] }',
    'userInterface.fileFilters: bad-control',
  ],
  [
    'type: PATH, userInterface: { control: HIDDEN, fileFilterDefault: { label: A, patterns: ["*"] } }',
    'userInterface.fileFilterDefault: bad-control',
  ],
  [
    'type: PATH, userInterface: { fileFilters: [{ patterns: ["*"] }] }',
    'userInterface.fileFilters[0]: missing-field',
  ],
  [
    'type: PATH, userInterface: { fileFilters: [{ label: A }] }',
    'userInterface.fileFilters[0]: missing-field',
  ],
  [
    'type: PATH, userInterface: { fileFilters: [{ label: A, patterns: [] }] }',
    'userInterface.fileFilters[0].patterns: too-few',
  ],
  [
    `type: PATH, userInterface: { fileFilters: [${Array(21).fill('{ label: A, patterns: ["*"] }').join(', ')}] }`,
    'userInterface.fileFilters: too-many',
  ],
  [
    `type: PATH, userInterface: { fileFilters: [{ label: A, patterns: ["*.${'x'.repeat(19)}"] }] }`,
    'userInterface.fileFilters[0].patterns[0]: too-long',
  ],
  // 2.3
  ['type: INT, default: 5.0', 'default: wrong-type'],
  ['type: INT, default: "5.5"', 'default: wrong-type'],
  ['type: INT, default: five', 'default: wrong-type'],
  ['type: INT, default: false', 'default: wrong-type'],
  ['type: INT, default: 9223372036854775808', 'default: wrong-type'],
  ['type: INT, default: "-9223372036854775809"', 'default: wrong-type'],
  ['type: INT, minValue: 9223372036854775808', 'minValue: wrong-type'],
  ['type: INT, allowedValues: [9007199254740993], default: 9007199254740992', 'default: out-of-range'],
  ['type: INT, minValue: 2, maxValue: 1', 'maxValue: out-of-range'],
  ['type: INT, minValue: "10", default: 9', 'default: out-of-range'],
  ['type: INT, maxValue: 10, default: 11', 'default: out-of-range'],
  ['type: INT, maxValue: 10, allowedValues: [11]', 'allowedValues[0]: out-of-range'],
  ['type: INT, allowedValues: [1, 2], default: 3', 'default: out-of-range'],
  [
    'type: INT, allowedValues: [1], userInterface: { control: SPIN_BOX }',
    'userInterface.control: bad-control',
  ],
  ['type: INT, userInterface: { control: DROPDOWN_LIST }', 'userInterface.control: bad-control'],
  ['type: INT, userInterface: { singleStepDelta: 0 }', 'userInterface.singleStepDelta: wrong-type'],
  ['type: INT, userInterface: { singleStepDelta: 0.5 }', 'userInterface.singleStepDelta: wrong-type'],
  [
    'type: INT, userInterface: { control: HIDDEN, singleStepDelta: 1 }',
    'userInterface.singleStepDelta: bad-control',
  ],
  ['type: INT, userInterface: { decimals: 1 }', 'userInterface.decimals: unknown-field'],
  // 2.4
  ['type: FLOAT, default: .inf', 'default: wrong-type'],
  ['type: FLOAT, default: "nan"', 'default: wrong-type'],
  ['type: FLOAT, default: 1e309', 'default: wrong-type'],
  ['type: FLOAT, default: "1,5"', 'default: wrong-type'],
  ['type: FLOAT, default: true', 'default: wrong-type'],
  ['type: FLOAT, minValue: 1.5, default: 1.4', 'default: out-of-range'],
  ['type: FLOAT, minValue: 2.5, maxValue: 1', 'maxValue: out-of-range'],
  ['type: FLOAT, maxValue: 1, allowedValues: [1.5]', 'allowedValues[0]: out-of-range'],
  ['type: FLOAT, allowedValues: [1.5], default: 1', 'default: out-of-range'],
  ['type: FLOAT, userInterface: { control: HIDDEN, decimals: 2 }', 'userInterface.decimals: bad-control'],
  ['type: FLOAT, userInterface: { singleStepDelta: 0 }', 'userInterface.singleStepDelta: wrong-type'],
  ['type: FLOAT, userInterface: { decimals: 1.5 }', 'userInterface.decimals: wrong-type'],
])('refused: %s', (definition, mistake) => {
  expect(wrong(definition)).toEqual([mistake]);
});

test.each(['BOOL', 'RANGE_EXPR', 'LIST[STRING]', 'LIST[LIST[INT]]'])('%s needs EXPR', (type) => {
  expect(wrong(`type: "${type}"`)).toEqual(['type: needs-extension']);
});

test('names: letters, digits and _ in any writing of the Latin alphabet, and each once', () => {
  const names = (list: string, extensions?: string): readonly string[] =>
    mistakesOf(
      jobTemplate({
        parameters: `[${list
          .split(' ')
          .map((name) => `{ name: ${name}, type: INT }`)
          .join(', ')}]`,
        ...(extensions === undefined ? {} : { extensions }),
      }),
    );
  expect(names(`A a _ _1 __proto__ ${'x'.repeat(64)}`)).toEqual([]);
  expect(names('1A')).toEqual(['parameterDefinitions[0].name: bad-name']);
  expect(names('"A-B"')).toEqual(['parameterDefinitions[0].name: bad-name']);
  expect(names('Größe')).toEqual(['parameterDefinitions[0].name: bad-name']);
  expect(names('"A\\n"')).toEqual(['parameterDefinitions[0].name: bad-name']);
  expect(names('""')).toEqual(['parameterDefinitions[0].name: bad-name']);
  expect(names('x'.repeat(65))).toEqual(['parameterDefinitions[0].name: too-long']);
  expect(names('x'.repeat(512), '[FEATURE_BUNDLE_1]')).toEqual([]);
  expect(names('x'.repeat(513), '[FEATURE_BUNDLE_1]')).toEqual(['parameterDefinitions[0].name: too-long']);
  expect(names('A B A')).toEqual(['parameterDefinitions[2].name: duplicate-name']);
});

test.each([
  ['type: STRING', 'LINE_EDIT'],
  ['type: STRING, allowedValues: [a]', 'DROPDOWN_LIST'],
  ['type: STRING, userInterface: { control: MULTILINE_EDIT }', 'MULTILINE_EDIT'],
  ['type: PATH', 'CHOOSE_DIRECTORY'],
  ['type: PATH, objectType: FILE', 'CHOOSE_INPUT_FILE'],
  ['type: PATH, objectType: FILE, dataFlow: OUT', 'CHOOSE_OUTPUT_FILE'],
  ['type: PATH, objectType: FILE, allowedValues: [a]', 'DROPDOWN_LIST'],
  ['type: INT', 'SPIN_BOX'],
  ['type: INT, allowedValues: [1]', 'DROPDOWN_LIST'],
  ['type: FLOAT', 'SPIN_BOX'],
  ['type: FLOAT, allowedValues: [1]', 'DROPDOWN_LIST'],
])('without another wish %s has the control %s', (definition, control) => {
  const template = templateOf(jobTemplate({ parameters: `[{ name: A, ${definition} }]` }));
  expect(template.parameters).toMatchObject([{ control }]);
});

test.each(['**', '*.', 'png', '*.p?g', '*.[ab]', '*.a/b', '*.a\\\\b', '*.a*', '*.$a', '*.a=b', '*.a\\nb'])(
  'the pattern %s is refused',
  (pattern) => {
    expect(
      wrong(`type: PATH, userInterface: { fileFilters: [{ label: A, patterns: ["${pattern}"] }] }`),
    ).toEqual(['userInterface.fileFilters[0].patterns[0]: bad-pattern']);
  },
);
