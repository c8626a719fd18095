import { describe, expect, it } from 'vitest';
import type { Control, Field } from '../../../shared/ipc/forms';
import { valuesIn } from './bundle';
import { firstValues } from './values';

const field = (name: string, control: Control, standard: string | null = null): Field => ({
  ...{ name, label: name, description: null, control, default: standard },
  ...{ isOptional: false, when: null, places: [] },
});
const number: Control = {
  ...{ kind: 'number', isWhole: true, least: '1', most: '10', step: 1, decimals: 0, isSlider: true },
};
const line: Control = { kind: 'line', holds: 'text', suggestions: [], longest: 3 };

const form = [
  {
    title: null,
    fields: [
      field('Count', number, '5'),
      field('Mode', { kind: 'choice', values: ['a', 'b'] }, 'a'),
      field('Name', line),
    ],
  },
];

describe('the first values of a form', () => {
  it('are what counts most: given, of the file, of the last time, the default', () => {
    const { parameters, origins } = firstValues(form, [
      { origin: 'last', values: { Count: '2', Mode: 'b', Name: 'old' } },
      { origin: 'file', values: { Count: '3', Name: 'new' } },
      { origin: 'given', values: { Count: '4' } },
    ]);
    expect(parameters).toEqual({ Count: '4', Mode: 'b', Name: 'new' });
    expect(origins).toEqual({ Count: 'given', Mode: 'last', Name: 'file' });
  });

  it('are not those of the last time that are allowed no more', () => {
    const last = { origin: 'last', values: { Count: '11', Mode: 'gone', Name: 'long' } } as const;
    expect(firstValues(form, [last])).toEqual({ parameters: {}, origins: {} });
    const given = { origin: 'given', values: { Count: '11' } } as const;
    expect(firstValues(form, [last, given]).parameters).toEqual({ Count: '11' });
  });

  it('are the default also where another was used last', () => {
    const layers = [
      { origin: 'last', values: { Mode: 'b' } },
      { origin: 'given', values: { Mode: 'a' } },
    ] as const;
    expect(firstValues(form, layers).parameters).toEqual({});
  });
});

describe('values that are kept beside a template', () => {
  it('are names with texts, numbers and truth values', () => {
    const text = `parameterValues:
  - { name: Frames, value: 1-10 }
  - { name: Scale, value: 1.50 }
  - { name: Strict, value: true }
  - { name: Empty, value: "" }
  - { name: "deadline:priority", value: 50 }
  - just a text
`;
    const { values, notes } = valuesIn(text, 'parameter_values.yaml');
    expect(values).toEqual({ Frames: '1-10', Scale: '1.50', Strict: 'true', Empty: '' });
    expect(notes.map((note) => note.text)).toEqual([
      'deadline:priority: "50" is a setting of another program.',
      'parameter_values.yaml: entry 6 is no name and value.',
    ]);
  });

  it.each(['', 'a: [', 'parameterValues: 3', '[]'])('are none in %j, and it is said', (text) => {
    const { values, notes } = valuesIn(text, 'values.yaml');
    expect(values).toEqual({});
    expect(notes).toHaveLength(1);
    expect(notes[0]?.text).toContain('values.yaml');
  });
});
