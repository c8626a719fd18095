import { describe, expect, it } from 'vitest';
import type { Control, Field, Form, PathControl } from '../../../shared/ipc/forms';
import type { Problem } from '../../../shared/ipc/errors';
import {
  isChanged,
  missingIn,
  newDraft,
  sortProblems,
  submissionOf,
  withDefaults,
  withForm,
  withInstead,
  withTyped,
  withValue,
} from './draft';

const line: Control = { kind: 'line', holds: 'text', suggestions: [], longest: null };
const path: PathControl = { kind: 'path', pick: 'file', filters: [] };
const number: Control = {
  ...{ kind: 'number', isWhole: true, least: null, most: null, step: 1, decimals: 0, isSlider: false },
};

function field(name: string, control: Control, more: Partial<Field> = {}): Field {
  const index = ['Scene', 'Frames', 'Format', 'Quality', 'Out', 'Secret'].indexOf(name);
  return {
    ...{ name, label: name, description: null, control, default: null, isOptional: false, when: null },
    places: [`parameterDefinitions[${index}]`, ...(name === 'Frames' ? ['steps[0].range'] : [])],
    ...more,
  };
}

function form(parameters: Record<string, string> = {}, name = 'shot'): Form {
  const when = { field: 'Format', is: 'noneOf', values: ['ProRes'] } as const;
  return {
    ...{ title: 'Film', description: null, kind: 'render', picture: null, reads: 'Scene', notes: [] },
    submission: { source: { kind: 'preset', name: 'film' }, folder: '/', parameters, instead: { name } },
    origins: {},
    groups: [
      { title: null, fields: [field('Scene', path), field('Frames', line)] },
      {
        title: 'More',
        fields: [
          field('Format', { kind: 'choice', values: ['H.264', 'ProRes'] }, { default: 'H.264' }),
          field('Quality', number, { default: '18', when }),
          field('Out', { ...path, pick: 'folder' }, { isOptional: true }),
          field('Secret', { kind: 'hidden' }, { default: 'x' }),
        ],
      },
    ],
  };
}

describe('a form that is being filled in', () => {
  it('submits what is not the default, and nothing that is not there', () => {
    let draft = newDraft(form({ Scene: '/a.xyz', Quality: '20', Secret: 'y' }));
    expect(submissionOf(draft).parameters).toEqual({ Scene: '/a.xyz', Quality: '20', Secret: 'y' });
    draft = withValue(draft, 'Format', 'ProRes');
    expect(submissionOf(draft).parameters).toEqual({ Scene: '/a.xyz', Format: 'ProRes', Secret: 'y' });
    draft = withValue(withValue(draft, 'Format', 'H.264'), 'Quality', '');
    expect(submissionOf(draft).parameters).toEqual({ Scene: '/a.xyz', Secret: 'y' });
    expect(submissionOf(withValue(withValue(draft, 'Frames', '1'), 'Frames', '')).parameters).toMatchObject({
      Frames: '',
    });
    expect(submissionOf(withValue(draft, 'Scene', '')).parameters).toEqual({ Secret: 'y' });
  });

  it('knows what is still missing', () => {
    const draft = newDraft(form());
    expect(missingIn(draft).map(({ name }) => name)).toEqual(['Scene', 'Frames']);
    expect(missingIn(withValue(draft, 'Frames', '1')).map(({ name }) => name)).toEqual(['Scene']);
  });

  it('sends names and tenants without blanks, and none that are empty', () => {
    const draft = withInstead(newDraft(form()), { name: '  ', tenant: ' harbour ', priority: 'HIGH' });
    expect(submissionOf(draft).instead).toEqual({ tenant: 'harbour', priority: 'HIGH' });
  });

  it('keeps what was typed when another file is read', () => {
    const typed = withValue(withValue(newDraft(form({ Scene: '/a' })), 'Quality', '9'), 'Scene', '/b');
    const again = withForm(typed, form({ Scene: '/b', Frames: '5-6' }, 'other'));
    expect(again.values).toMatchObject({ Scene: '/b', Frames: '5-6', Quality: '9' });
    expect(again.instead.name).toBe('other');
    const named = withForm(withInstead(typed, { name: 'mine' }), form({ Scene: '/b' }, 'other'));
    expect(named.instead.name).toBe('mine');
  });

  it('is changed once something was typed or chosen, and not by opening it', () => {
    const draft = newDraft(form({ Scene: '/a' }));
    expect(isChanged(draft)).toBe(false);
    expect(isChanged(withValue(draft, 'Scene', '/a'))).toBe(false);
    expect(isChanged(withValue(draft, 'Scene', '/b'))).toBe(true);
    expect(isChanged(withInstead(draft, { priority: 'LOW' }))).toBe(true);
  });

  it('comes back with what was typed, as far as it has such fields', () => {
    const draft = withTyped(newDraft(form({ Scene: '/a' })), { Quality: '7', Gone: 'x' }, { name: 'mine' });
    expect(draft.values).toMatchObject({ Scene: '/a', Quality: '7' });
    expect(draft.touched).toEqual(['Quality']);
    expect(draft.instead.name).toBe('mine');
  });

  it('goes back to the defaults, but for its file', () => {
    const draft = withDefaults(newDraft(form({ Scene: '/a', Frames: '1', Quality: '3', Format: 'ProRes' })));
    expect(draft.values).toEqual({ Scene: '/a', Format: 'H.264', Quality: '18', Secret: 'x' });
  });
});

describe('what is wrong', () => {
  const problem = (at: string, message: string, code = 'out-of-range'): Problem => ({
    ...{ code, file: 'template.yaml', line: 1, column: 1, path: at, message },
  });

  it('stands at the field whose value is to blame', () => {
    const draft = newDraft(form({ Scene: '/a', Frames: '1-' }));
    const { fields, instead, others } = sortProblems(draft, [
      problem('parameterDefinitions[3]', 'the value given for Quality: found 99; maxValue is 51'),
      problem('steps[0].range', 'its names filled in, this is "1-\\"": found "1-"'),
      problem('parameterDefinitions[0]', 'no value was given for Scene', 'missing-parameter'),
      problem('instead.tenant', 'it cannot be a name'),
      problem('parameterDefinitions[5]', 'found something'),
      problem('steps[0].ranges', 'found something else'),
    ]);
    expect([...fields]).toEqual([
      ['Quality', ['Found 99; maxValue is 51']],
      ['Frames', ['Found "1-"']],
    ]);
    expect([...instead]).toEqual([['tenant', 'It cannot be a name']]);
    expect(others.map(({ path: at }) => at)).toEqual(['parameterDefinitions[5]', 'steps[0].ranges']);
  });
});
