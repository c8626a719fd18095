/** Section 7.3: format strings, and which names are known where. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFormat, resolveFormatString } from './format';
import { jobTemplate, messagesOf, mistakesOf } from './templates-for-tests';
import type { Pieces } from './templates-for-tests';

const symbols = new Map([
  ['Param.A', 'x'],
  ['Task.File.B', '/y'],
]);

function resolved(text: string): string {
  const parsed = parseFormat(text);
  return parsed.ok
    ? resolveFormatString({ text, segments: parsed.segments, path: [] }, symbols)
    : parsed.message;
}

test.each([
  ['', ''],
  ['plain { } text', 'plain { } text'],
  ['{{Param.A}}', 'x'],
  ['{{ Param.A }}{{\tTask.File.B\n}}', 'x/y'],
  ['a {{Param.A}} b {{ Task . File . B }} c', 'a x b /y c'],
  ['} } { {', '} } { {'],
  ['{"a": {"b": 1} }', '{"a": {"b": 1} }'],
])('%j becomes %j', (text, expected) => {
  expect(resolved(text)).toBe(expected);
});

test.each([
  ['{{', 'found {{ without }} after it'],
  ['a {{Param.A', 'found {{ without }} after it'],
  ['a }} b', 'found }} without {{ before it'],
  ['{{Param.A}} }}', 'found }} without {{ before it'],
  ['{{}}', 'found nothing between {{ and }}'],
  ['{{  }}', 'found nothing between {{ and }}'],
  ['{{Param.}}', 'found "Param." between'],
  ['{{.A}}', 'found ".A" between'],
  ['{{Param A}}', 'found "Param A" between'],
  ['{{1A}}', 'found "1A" between'],
  ['{{Größe}}', 'found "Größe" between'],
  ['{{{{Param.A}}}}', 'found "{{Param.A" between'],
  ['{{Param.A + 1}}', 'EXPR, which is not supported yet'],
  ['{{len(Param.A)}}', 'EXPR, which is not supported yet'],
  ['{{Param.A[0]}}', 'EXPR, which is not supported yet'],
])('%j is refused', (text, message) => {
  expect(resolved(text)).toContain(message);
});

test('any text is cut into pieces that make it up again, or refused', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{',
    '}',
    'Param',
    '.',
    'A',
    ' ',
    '\n',
    '{{Param.A}}',
    'x',
    '\u{1F600}',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const parsed = parseFormat(text);
      if (!parsed.ok) {
        expect(text.startsWith(parsed.piece, parsed.index)).toBe(true);
        return;
      }
      const again = parsed.segments.map((segment) =>
        segment.kind === 'text' ? segment.text : `{{${segment.symbol}}}`,
      );
      expect(again.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('little text cannot make a text that fills the memory', () => {
  const text = '{{Param.A}}'.repeat(100_000);
  const parsed = parseFormat(text);
  const long = new Map([['Param.A', 'x'.repeat(1024)]]);
  expect(() =>
    resolveFormatString({ text, segments: parsed.ok ? parsed.segments : [], path: [] }, long),
  ).toThrow('102400000 characters');
});

/** Where a text may stand, and the piece that puts it there. */
const places: Readonly<Record<string, (text: string) => Pieces>> = {
  'the name of the job': (text) => ({ name: `"${text}"` }),
  'host requirements': (text) => ({
    hostRequirements: `{ attributes: [{ name: attr.a, anyOf: ["${text}"] }] }`,
  }),
  'the range of a task parameter': (text) => ({
    space: `{ taskParameterDefinitions: [{ name: T, type: STRING, range: ["${text}"] }] }`,
  }),
  'a timeout': (text) => ({ action: `{ command: echo, timeout: "${text}" }` }),
  'the command of a step': (text) => ({ action: `{ command: "${text}" }` }),
  'a file of a step': (text) => ({ embeddedFiles: `[{ name: F, type: TEXT, data: "${text}" }]` }),
  'a variable of an environment': (text) => ({
    stepEnvironments: `[{ name: E, variables: { A: "${text}" } }]`,
  }),
  'the command of an environment': (text) => ({
    jobEnvironments: `[{ name: E, script: { actions: { onEnter: { command: "${text}" } }, embeddedFiles: [{ name: F, type: TEXT, data: x }] } }]`,
  }),
};
const inSteps = ['the command of a step', 'a file of a step'];
const inEnvironments = ['a variable of an environment', 'the command of an environment'];
const onHosts = [...inSteps, ...inEnvironments];

const task = '{ taskParameterDefinitions: [{ name: T, type: STRING, range: [a] }] }';
const common: Pieces = {
  extensions: '[FEATURE_BUNDLE_1]',
  parameters: '[{ name: N, type: INT }, { name: P, type: PATH }]',
  space: task,
  embeddedFiles: '[{ name: F, type: TEXT, data: x }]',
};

test.each([
  ['Param.N', Object.keys(places)],
  ['RawParam.N', Object.keys(places)],
  ['RawParam.P', Object.keys(places)],
  ['Param.P', onHosts],
  ['Session.WorkingDirectory', onHosts],
  ['Session.HasPathMappingRules', onHosts],
  ['Session.PathMappingRulesFile', onHosts],
  ['Task.Param.T', inSteps],
  ['Task.RawParam.T', inSteps],
  ['Task.File.F', inSteps],
  ['Env.File.F', ['the command of an environment']],
  ['Job.Name', []],
  ['Step.Name', []],
  ['Param.X', []],
  ['param.N', []],
  ['N', []],
  ['Session.Folder', []],
])('%s is known in %j', (symbol, known) => {
  for (const [place, piece] of Object.entries(places)) {
    const mistakes = mistakesOf(jobTemplate({ ...common, ...piece(`{{${symbol}}}`) }));
    expect(
      mistakes.map((mistake) => mistake.replace(/^.*: /, '')),
      place,
    ).toEqual(known.includes(place) ? [] : ['unknown-symbol']);
  }
});

test.each([
  [
    'the name of the job',
    'Param.P',
    'Param.P is a PATH, whose value is known only where the job runs; here allowed is RawParam.P',
  ],
  [
    'a timeout',
    'Session.WorkingDirectory',
    'Session.WorkingDirectory is not known here: names that start with Session are known only in what runs on a host',
  ],
  [
    'the command of an environment',
    'Task.Param.T',
    'names that start with Task are known only in the script of a step',
  ],
  [
    'the command of a step',
    'Env.File.F',
    'names that start with Env are known only in the environment that has the file',
  ],
  ['the command of a step', 'Task.Param.t', 'nothing is named Task.Param.t (did you mean "Task.Param.T"?)'],
  ['the command of a step', 'Step.Name', 'Step.Name needs the extension EXPR, which is not supported yet'],
])('in %s the word about %s helps', (place, symbol, message) => {
  const piece = places[place]?.(`{{${symbol}}}`) ?? {};
  expect(messagesOf(jobTemplate({ ...common, ...piece }))).toEqual([expect.stringContaining(message)]);
});

test('steps do not know the parameters and files of other steps', () => {
  const first = `{ name: A, parameterSpace: ${task}, script: { actions: { onRun: { command: echo } }, embeddedFiles: [{ name: F, type: TEXT, data: x }] } }`;
  const second =
    '{ name: B, script: { actions: { onRun: { command: "{{Task.Param.T}}", args: ["{{Task.File.F}}"] } } } }';
  expect(mistakesOf(jobTemplate({ steps: `[${first}, ${second}]` }))).toEqual([
    'steps[1].script.actions.onRun.command: unknown-symbol',
    'steps[1].script.actions.onRun.args[0]: unknown-symbol',
  ]);
});
