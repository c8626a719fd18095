import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMessage } from './messages';

describe('progress', () => {
  test.each([
    ['0', 0],
    ['100', 100],
    ['12.5', 12.5],
    [' 7. ', 7],
    ['.5', 0.5],
    ['1e1', 10],
  ])('%j is %d', (text, percent) =>
    expect(parseMessage(`openjd_progress: ${text}`)).toEqual({ kind: 'progress', percent }),
  );
  test.each(['-1', '100.1', 'half', 'NaN', 'Infinity', '0x10', '1 2'])('%j is none', (text) =>
    expect(parseMessage(`openjd_progress: ${text}`)).toMatchObject({ kind: 'malformed', of: 'report' }),
  );
});

test('status and failure are taken as they are', () => {
  expect(parseMessage('openjd_status:  loading: "assets" ')).toEqual({
    kind: 'status',
    text: ' loading: "assets" ',
  });
  expect(parseMessage('openjd_fail: no licence')).toEqual({ kind: 'fail', text: 'no licence' });
});

describe('variables', () => {
  test.each([
    ['A=b', 'A', 'b'],
    ['  A=b', 'A', 'b'],
    ['A=', 'A', ''],
    ['_a1=x=y "z" ', '_a1', 'x=y "z" '],
    ['A="quoted"', 'A', '"quoted"'],
    [String.raw`"A=one\ntwo"`, 'A', 'one\ntwo'],
    [String.raw`"A=\"q\" =\u00e9"`, 'A', '"q" =é'],
  ])('%j', (text, name, value) => {
    expect(parseMessage(`openjd_env: ${text}`)).toEqual({ kind: 'env', name, value });
    expect(parseMessage(`openjd_redacted_env: ${text}`)).toEqual({ kind: 'redactedEnv', name, value });
  });
  test.each([
    'A',
    '=b',
    '1A=b',
    'A B=c',
    'Ä=b',
    '"A=b',
    '"A"=b',
    '"1A=b"',
    '{"A": "b"}',
    String.raw`"A=\u0000"`,
  ])('%j sets none', (text) => {
    expect(parseMessage(`openjd_env: ${text}`)).toMatchObject({ kind: 'malformed', of: 'variable' });
    expect(parseMessage(`openjd_redacted_env: ${text}`)).toMatchObject({ kind: 'malformed', of: 'secret' });
  });
  test('are unset by their name', () => {
    expect(parseMessage('openjd_unset_env: \tA ')).toEqual({ kind: 'unsetEnv', name: 'A' });
    expect(parseMessage('openjd_unset_env: A=b')).toMatchObject({ kind: 'malformed', of: 'variable' });
  });
  test.each([
    'openjd_env:A=b',
    'openjd_env',
    'openjd_env: ',
    'openjd_env A=b',
    'openjd_ENV: A=b',
    'OPENJD_env: A=b',
    'openjd_unset_env:A',
  ])('%j was meant to be one', (line) =>
    expect(parseMessage(line)).toMatchObject({ kind: 'malformed', of: 'variable' }),
  );
  test('what was meant to hide a value hides it', () =>
    expect(parseMessage('openjd_Redacted_Env:A=b')).toMatchObject({ kind: 'malformed', of: 'secret' }));
});

test('the level of the log', () => {
  expect(parseMessage('openjd_session_runtime_loglevel: WARNING')).toEqual({
    kind: 'logLevel',
    level: 'WARNING',
  });
  expect(parseMessage('openjd_session_runtime_loglevel: LOUD')).toMatchObject({
    kind: 'malformed',
    of: 'report',
  });
});

test.each([
  '',
  'hello',
  ' openjd_progress: 5',
  'openjd_progress:5',
  'openjd_progress: ',
  'openjd_environment: A=b',
  'openjd_envelope',
  'openjd_constructor: x',
  'openjd_redacted_envs: A=b',
])('%j is none', (line) => expect(parseMessage(line)).toBeNull());

test('whatever is printed is read, and what is set is what was said', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  const start = fc.constantFrom('', 'openjd_env: ', 'openjd_progress: ', 'openjd_unset_env: ', 'openjd_');
  fc.assert(
    fc.property(start, anyText, (kind, rest) => {
      const message = parseMessage(kind + rest);
      if (message?.kind === 'env') expect(message.name).toMatch(/^[A-Za-z_]\w*$/);
      if (message?.kind === 'progress') expect(message.percent).toBe(Number(rest));
    }),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const value = text.replaceAll('\0', '');
      const line = `openjd_env: ${JSON.stringify(`A=${value}`)}`;
      expect(parseMessage(line)).toEqual({ kind: 'env', name: 'A', value });
    }),
  );
});
