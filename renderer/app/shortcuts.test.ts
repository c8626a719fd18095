import { describe, expect, it } from 'vitest';
import { actionOf } from './shortcuts';

const stroke = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('uses the command key of the platform', () => {
    expect(actionOf(stroke('n', { ctrlKey: true }), 'linux', false)).toBe('submit');
    expect(actionOf(stroke('N', { metaKey: true }), 'darwin', false)).toBe('submit');
    expect(actionOf(stroke('n', { ctrlKey: true }), 'darwin', false)).toBeNull();
    expect(actionOf(stroke('n'), 'linux', false)).toBeNull();
    expect(actionOf(stroke('N', { ctrlKey: true, shiftKey: true }), 'linux', false)).toBe('addNode');
  });

  it('leaves single keys to the one who types', () => {
    expect(actionOf(stroke('?', { shiftKey: true }), 'linux', false)).toBe('shortcuts');
    expect(actionOf(stroke('?'), 'linux', true)).toBeNull();
    expect(actionOf(stroke('ArrowLeft', { altKey: true }), 'linux', true)).toBeNull();
    expect(actionOf(stroke('2', { ctrlKey: true }), 'linux', true)).toBe('nodes');
    expect(actionOf(stroke('k', { ctrlKey: true }), 'linux', true)).toBe('palette');
  });
});
