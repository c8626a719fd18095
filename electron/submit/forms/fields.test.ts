import { describe, expect, it } from 'vitest';
import type { Control, Field } from '../../../shared/ipc/forms';
import { parametersOf } from '../openjd/job';
import { parseTemplate } from '../openjd/template';
import type { JobTemplate } from '../openjd/model';
import { fieldGroups, noHints, spaced } from './fields';

function template(definitions: string, range = '1-10'): JobTemplate {
  const text = `specificationVersion: jobtemplate-2023-09
name: Test
parameterDefinitions: ${definitions}
steps:
  - name: Run
    parameterSpace: { taskParameterDefinitions: [{ name: T, type: INT, range: "${range}" }] }
    script: { actions: { onRun: { command: echo } } }
`;
  const parsed = parseTemplate(text, { file: 'template.yaml' });
  if (!parsed.ok || parsed.template.kind !== 'job') throw new Error(JSON.stringify(parsed));
  return parsed.template;
}

function fieldsOf(definitions: string, range?: string): readonly Field[] {
  const made = template(definitions, range);
  const found = parametersOf(made, []);
  if (!found.ok) throw new Error('the templates do not agree');
  return fieldGroups(made, found.parameters, noHints).flatMap(({ fields }) => fields);
}

const controlOf = (definition: string, range?: string): Control | undefined =>
  fieldsOf(`[${definition}]`, range)[0]?.control;

describe('the field of a parameter', () => {
  it('is a line, or several', () => {
    expect(controlOf('{ name: A, type: STRING, maxLength: 9 }')).toEqual({
      kind: 'line',
      holds: 'text',
      suggestions: [],
      longest: 9,
    });
    expect(controlOf('{ name: A, type: STRING, userInterface: { control: MULTILINE_EDIT } }')).toEqual({
      kind: 'lines',
      longest: null,
    });
  });

  it('holds ranges where the tasks are what it says', () => {
    expect(controlOf('{ name: A, type: STRING }', '{{Param.A}}')).toMatchObject({ holds: 'ranges' });
    expect(controlOf('{ name: A, type: STRING }', '1-{{Param.A}}')).toMatchObject({ holds: 'text' });
  });

  it('is a choice, or a switch', () => {
    expect(controlOf('{ name: A, type: INT, allowedValues: [1, 20] }')).toEqual({
      kind: 'choice',
      values: ['1', '20'],
    });
    expect(controlOf('{ name: A, type: FLOAT, allowedValues: [1.10, 2] }')).toEqual({
      kind: 'choice',
      values: ['1.10', '2'],
    });
    const box =
      '{ name: A, type: STRING, allowedValues: ["No", "Yes"], userInterface: { control: CHECK_BOX } }';
    expect(controlOf(box)).toEqual({ kind: 'check', on: 'Yes', off: 'No' });
  });

  it.each([
    ['INT, minValue: 0, maxValue: 16', { isWhole: true, least: '0', most: '16', step: 1, isSlider: true }],
    ['INT, minValue: 0, maxValue: 1000', { step: 1, isSlider: false }],
    [
      'INT, minValue: 0, maxValue: 1000, userInterface: { singleStepDelta: 25 }',
      { step: 25, isSlider: true },
    ],
    ['INT, minValue: 0', { least: '0', most: null, isSlider: false }],
    ['INT, maxValue: 9223372036854775807', { most: '9223372036854775807', isSlider: false }],
    ['FLOAT, minValue: 0, maxValue: 1', { isWhole: false, step: 0.01, isSlider: true }],
    ['FLOAT, minValue: 0, maxValue: 300', { step: 10, isSlider: true }],
    ['FLOAT, userInterface: { decimals: 2 }', { decimals: 2, step: 0.01, isSlider: false }],
    ['FLOAT, minValue: 2, maxValue: 2', { isSlider: false }],
  ])('is a number: %s', (definition, expected) => {
    expect(controlOf(`{ name: A, type: ${definition} }`)).toMatchObject({ kind: 'number', ...expected });
  });

  it.each([
    ['objectType: FILE', 'file'],
    ['objectType: FILE, dataFlow: OUT', 'newFile'],
    ['objectType: DIRECTORY', 'folder'],
    ['dataFlow: IN', 'folder'],
  ])('is a path: %s', (definition, pick) => {
    expect(controlOf(`{ name: A, type: PATH, ${definition} }`)).toEqual({ kind: 'path', pick, filters: [] });
  });

  it('offers the filter first that is the usual one', () => {
    const filters =
      'fileFilters: [{ label: All, patterns: ["*"] }, { label: PNG, patterns: ["*.png"] }], fileFilterDefault: { label: PNG, patterns: ["*.png"] }';
    const control = controlOf(
      `{ name: A, type: PATH, objectType: FILE, userInterface: { control: CHOOSE_INPUT_FILE, ${filters} } }`,
    );
    expect(control?.kind === 'path' && control.filters.map(({ label }) => label)).toEqual(['PNG', 'All']);
  });

  it('may be left empty only where the folder of the batch is as good', () => {
    const definitions = `
  - { name: Out, type: PATH, dataFlow: OUT }
  - { name: In, type: PATH, dataFlow: IN }
  - { name: Text, type: STRING, default: "" }`;
    expect(fieldsOf(definitions).map((field) => [field.name, field.default, field.isOptional])).toEqual([
      ['Out', null, true],
      ['In', null, false],
      ['Text', '', false],
    ]);
  });

  it('knows where its value counts', () => {
    const definitions = '[{ name: First, type: INT }, { name: Last, type: INT }, { name: Other, type: INT }]';
    const range = 'steps[0].parameterSpace.taskParameterDefinitions[0].range';
    expect(fieldsOf(definitions, '{{Param.First}}-{{ RawParam.Last }}').map(({ places }) => places)).toEqual([
      ['parameterDefinitions[0]', range],
      ['parameterDefinitions[1]', range],
      ['parameterDefinitions[2]'],
    ]);
  });
});

it('stands in its group, in the order of the template', () => {
  const made = template(`
  - { name: A, type: INT, userInterface: { groupLabel: One } }
  - { name: B, type: INT }
  - { name: C, type: INT, userInterface: { groupLabel: Two, label: See } }
  - { name: D, type: INT, userInterface: { groupLabel: One, control: HIDDEN } }`);
  const groups = fieldGroups(made, made.parameters, noHints);
  expect(groups.map(({ title, fields }) => [title, fields.map(({ label }) => label)])).toEqual([
    [null, ['B']],
    ['One', ['A', 'D']],
    ['Two', ['See']],
  ]);
});

it.each([
  ['OutputDir', 'Output dir'],
  ['frame_range', 'frame range'],
  ['GPUCount', 'GPU count'],
  ['UseGPU', 'Use GPU'],
  ['X', 'X'],
])('%s is written %s', (name, words) => {
  expect(spaced(name)).toBe(words);
});
