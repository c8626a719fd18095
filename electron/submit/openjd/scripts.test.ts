/** Sections 3.5, 4, 5, 6 and 8: environments, actions, embedded files and what is short for them. */
import { expect, test } from 'vitest';
import { environmentTemplate, jobTemplate, mistakesOf, validJob } from './templates-for-tests';
import type { Pieces } from './templates-for-tests';

const featureBundle = { extensions: '[FEATURE_BUNDLE_1]' };
const parameters = '[{ name: Seconds, type: INT, default: 5 }, { name: Folder, type: PATH, default: x }]';

const wrong = (pieces: Pieces): readonly string[] =>
  mistakesOf(jobTemplate({ parameters, ...pieces })).map((mistake) => mistake.replace('steps[0].', ''));
const inAction = (fields: string, more: Pieces = {}): readonly string[] =>
  wrong({ action: `{ ${fields} }`, ...more }).map((mistake) =>
    mistake.replace('script.actions.onRun', 'onRun'),
  );
const inFile = (fields: string, more: Pieces = {}): readonly string[] =>
  wrong({ embeddedFiles: `[{ ${fields} }]`, ...more }).map((mistake) =>
    mistake.replace('script.embeddedFiles[0]', 'file'),
  );
const inEnvironment = (fields: string): readonly string[] =>
  mistakesOf(environmentTemplate(`{ ${fields} }`, parameters));

test.each([
  'command: echo',
  'command: "{{Session.WorkingDirectory}}/run"',
  'command: echo, args: ["", "a b", "two\\nlines\\t"]',
  'command: echo, timeout: 1',
  'command: echo, cancelation: { mode: TERMINATE }',
  'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE }',
  'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 600 }',
  `command: ${'x'.repeat(10_000)}, args: [${'y'.repeat(10_000)}]`,
])('action: %s', (fields) => {
  expect(inAction(fields)).toEqual([]);
});

test.each([
  ['args: [a]', 'onRun: missing-field'],
  ['command: ""', 'onRun.command: too-short'],
  ['command: "a\\nb"', 'onRun.command: bad-character'],
  ['command: "a\\tb"', 'onRun.command: bad-character'],
  ['command: [echo]', 'onRun.command: wrong-type'],
  ['command: echo, args: []', 'onRun.args: too-few'],
  ['command: echo, args: a', 'onRun.args: wrong-type'],
  ['command: echo, args: [5]', 'onRun.args[0]: wrong-type'],
  ['command: echo, args: ["\\x07"]', 'onRun.args[0]: bad-character'],
  ['command: echo, timeout: 0', 'onRun.timeout: wrong-type'],
  ['command: echo, timeout: 1.5', 'onRun.timeout: wrong-type'],
  ['command: echo, timeout: "5"', 'onRun.timeout: needs-extension'],
  ['command: echo, timeout: "{{Param.Seconds}}"', 'onRun.timeout: needs-extension'],
  ['command: echo, cancelation: TERMINATE', 'onRun.cancelation: wrong-type'],
  ['command: echo, cancelation: {}', 'onRun.cancelation: missing-field'],
  ['command: echo, cancelation: { mode: KILL }', 'onRun.cancelation.mode: unknown-value'],
  ['command: echo, cancelation: { mode: "{{RawParam.Folder}}" }', 'onRun.cancelation.mode: needs-extension'],
  [
    'command: echo, cancelation: { mode: TERMINATE, notifyPeriodInSeconds: 5 }',
    'onRun.cancelation.notifyPeriodInSeconds: unknown-field',
  ],
  [
    'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 0 }',
    'onRun.cancelation.notifyPeriodInSeconds: wrong-type',
  ],
  [
    'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 601 }',
    'onRun.cancelation.notifyPeriodInSeconds: wrong-type',
  ],
  [
    'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 1.5 }',
    'onRun.cancelation.notifyPeriodInSeconds: wrong-type',
  ],
  [
    'command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: "5" }',
    'onRun.cancelation.notifyPeriodInSeconds: needs-extension',
  ],
])('refused action: %s', (fields, mistake) => {
  expect(inAction(fields)).toEqual([mistake]);
});

test('with FEATURE_BUNDLE_1 times may be texts, of what is known before anything runs', () => {
  const period = (text: string): string =>
    `command: echo, cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: "${text}" }`;
  expect(inAction('command: echo, timeout: "{{Param.Seconds}}"', featureBundle)).toEqual([]);
  expect(inAction('command: echo, timeout: "5"', featureBundle)).toEqual([]);
  expect(inAction(period('{{Param.Seconds}}'), featureBundle)).toEqual([]);
  expect(inAction('command: echo, timeout: soon', featureBundle)).toEqual(['onRun.timeout: wrong-type']);
  expect(inAction('command: echo, timeout: "0"', featureBundle)).toEqual(['onRun.timeout: wrong-type']);
  expect(inAction('command: echo, timeout: "{{Session.WorkingDirectory}}"', featureBundle)).toEqual([
    'onRun.timeout: unknown-symbol',
  ]);
  expect(inAction('command: echo, timeout: "{{Param.Folder}}"', featureBundle)).toEqual([
    'onRun.timeout: unknown-symbol',
  ]);
  expect(inAction(period('601'), featureBundle)).toEqual([
    'onRun.cancelation.notifyPeriodInSeconds: wrong-type',
  ]);
  expect(inAction(period('{{Task.File.A}}'), featureBundle)).toEqual([
    'onRun.cancelation.notifyPeriodInSeconds: unknown-symbol',
  ]);
});

test.each([
  'name: A, type: TEXT, data: x',
  'name: A, type: TEXT, data: "{{Task.File.A}} {{Param.Seconds}} {{Session.WorkingDirectory}}"',
  'name: A, type: TEXT, data: x, filename: run.sh, runnable: true',
  'name: A, type: TEXT, data: x, filename: "{{a b}}.sh", runnable: false',
  `name: A, type: TEXT, data: x, filename: ${'x'.repeat(64)}`,
])('embedded file: %s', (fields) => {
  expect(inFile(fields)).toEqual([]);
});

test.each([
  ['type: TEXT, data: x', 'file: missing-field'],
  ['name: A, data: x', 'file: missing-field'],
  ['name: A, type: TEXT', 'file: missing-field'],
  ['name: A-B, type: TEXT, data: x', 'file.name: bad-name'],
  ['name: A, type: BINARY, data: x', 'file.type: unknown-value'],
  ['name: A, type: TEXT, data: ""', 'file.data: too-short'],
  ['name: A, type: TEXT, data: x, filename: ""', 'file.filename: too-short'],
  ['name: A, type: TEXT, data: x, filename: a/b', 'file.filename: bad-name'],
  ['name: A, type: TEXT, data: x, filename: "a\\\\b"', 'file.filename: bad-name'],
  ['name: A, type: TEXT, data: x, filename: ..', 'file.filename: bad-name'],
  [`name: A, type: TEXT, data: x, filename: ${'x'.repeat(65)}`, 'file.filename: too-long'],
  ['name: A, type: TEXT, data: x, runnable: "true"', 'file.runnable: wrong-type'],
  ['name: A, type: TEXT, data: x, runnable: 1', 'file.runnable: wrong-type'],
  ['name: A, type: TEXT, data: x, endOfLine: LF', 'file.endOfLine: needs-extension'],
])('refused embedded file: %s', (fields, mistake) => {
  expect(inFile(fields)).toEqual([mistake]);
});

test('with FEATURE_BUNDLE_1 files have line ends and longer names', () => {
  for (const ending of ['AUTO', 'LF', 'CRLF'])
    expect(inFile(`name: A, type: TEXT, data: x, endOfLine: ${ending}`, featureBundle)).toEqual([]);
  expect(inFile('name: A, type: TEXT, data: x, endOfLine: CR', featureBundle)).toEqual([
    'file.endOfLine: unknown-value',
  ]);
  expect(inFile(`name: A, type: TEXT, data: x, filename: ${'x'.repeat(256)}`, featureBundle)).toEqual([]);
  expect(inFile(`name: A, type: TEXT, data: x, filename: ${'x'.repeat(257)}`, featureBundle)).toEqual([
    'file.filename: too-long',
  ]);
});

test('the names of embedded files differ, and there is one if there is a list', () => {
  expect(
    wrong({ embeddedFiles: '[{ name: A, type: TEXT, data: x }, { name: A, type: TEXT, data: y }]' }),
  ).toEqual(['script.embeddedFiles[1].name: duplicate-name']);
  expect(wrong({ embeddedFiles: '[]' })).toEqual(['script.embeddedFiles: too-few']);
});

test.each([
  ['{ embeddedFiles: [{ name: A, type: TEXT, data: x }] }', 'script: missing-field'],
  ['{ actions: {} }', 'script.actions: missing-field'],
  [
    '{ actions: { onRun: { command: echo }, onEnter: { command: echo } } }',
    'script.actions.onEnter: unknown-field',
  ],
  ['{ actions: { onRun: { command: echo } }, let: [a = 1] }', 'script.let: needs-extension'],
])('refused script: %s', (script, mistake) => {
  expect(wrong({ script })).toEqual([mistake]);
});

const enter = 'script: { actions: { onEnter: { command: echo } } }';

test.each([
  'name: E, variables: { A: b, _1: "", B: "{{Param.Folder}} {{Session.WorkingDirectory}}" }',
  `name: E, description: "two\\nlines", ${enter}`,
  'name: E, script: { actions: { onExit: { command: echo, timeout: 5 } } }',
  'name: E, script: { actions: { onEnter: { command: "{{Env.File.A}}" } }, embeddedFiles: [{ name: A, type: TEXT, data: "{{Env.File.A}}" }] }',
  `name: ${'x'.repeat(64)}, variables: { ${'A'.repeat(256)}: ${'x'.repeat(2048)} }`,
])('environment: %s', (fields) => {
  expect(inEnvironment(fields)).toEqual([]);
});

test.each([
  [enter, 'environment: missing-field'],
  ['name: E', 'environment: missing-field'],
  [`name: "", ${enter}`, 'environment.name: too-short'],
  [`name: "a\\nb", ${enter}`, 'environment.name: bad-character'],
  [`name: ${'x'.repeat(65)}, ${enter}`, 'environment.name: too-long'],
  [`name: E, description: "", ${enter}`, 'environment.description: too-short'],
  ['name: E, variables: {}', 'environment.variables: too-few'],
  ['name: E, variables: [A]', 'environment.variables: wrong-type'],
  ['name: E, variables: { 1A: b }', 'environment.variables.1A: bad-name'],
  ['name: E, variables: { A-B: b }', 'environment.variables.A-B: bad-name'],
  [`name: E, variables: { ${'A'.repeat(257)}: b }`, `environment.variables.${'A'.repeat(257)}: too-long`],
  ['name: E, variables: { A: 5 }', 'environment.variables.A: wrong-type'],
  [`name: E, variables: { A: ${'x'.repeat(2049)} }`, 'environment.variables.A: too-long'],
  ['name: E, variables: { A: "{{Task.Param.B}}" }', 'environment.variables.A: unknown-symbol'],
  ['name: E, script: { actions: {} }', 'environment.script.actions: missing-field'],
  ['name: E, script: {}', 'environment.script: missing-field'],
  [
    'name: E, script: { actions: { onRun: { command: echo } } }',
    'environment.script.actions.onRun: unknown-field',
  ],
  [
    'name: E, script: { let: [a = 1], actions: { onEnter: { command: echo } } }',
    'environment.script.let: needs-extension',
  ],
  [
    'name: E, script: { actions: { onEnter: { command: echo }, onWrapTaskRun: { command: echo } } }',
    'environment.script.actions.onWrapTaskRun: needs-extension',
  ],
  [
    'name: E, script: { actions: { onEnter: { command: "{{Task.File.A}}" } } }',
    'environment.script.actions.onEnter.command: unknown-symbol',
  ],
])('refused environment: %s', (fields, mistake) => {
  expect(inEnvironment(fields).filter((each) => !each.endsWith('onRun: missing-field'))).toContain(mistake);
});

test('names of environments differ in the job, in a step, and between both', () => {
  const list = (...names: readonly string[]): string =>
    `[${names.map((name) => `{ name: ${name}, ${enter} }`).join(', ')}]`;
  expect(wrong({ jobEnvironments: list('A', 'B'), stepEnvironments: list('C', 'D') })).toEqual([]);
  expect(wrong({ jobEnvironments: list('A', 'A') })).toEqual(['jobEnvironments[1].name: duplicate-name']);
  expect(wrong({ stepEnvironments: list('A', 'A') })).toEqual(['stepEnvironments[1].name: duplicate-name']);
  expect(wrong({ jobEnvironments: list('A'), stepEnvironments: list('B', 'A') })).toEqual([
    'stepEnvironments[1].name: duplicate-name',
  ]);
  expect(wrong({ jobEnvironments: '[]' })).toEqual(['jobEnvironments: too-few']);
  expect(wrong({ jobEnvironments: list('x'.repeat(512)), ...featureBundle })).toEqual([]);
});

const simple = (step: string, extensions?: string): readonly string[] =>
  mistakesOf(
    jobTemplate({
      parameters,
      steps: `[{ name: A, ${step} }]`,
      ...(extensions === undefined ? {} : { extensions }),
    }),
  ).map((mistake) => mistake.replace('steps[0].', ''));

test.each([
  ['python: { script: x }', undefined, ['python: needs-extension']],
  ['python: { args: [a] }', '[FEATURE_BUNDLE_1]', ['python: missing-field']],
  ['python: { script: "" }', '[FEATURE_BUNDLE_1]', ['python.script: too-short']],
  ['python: { script: x, command: python }', '[FEATURE_BUNDLE_1]', ['python.command: unknown-field']],
  ['python: { script: x, embeddedFiles: [] }', '[FEATURE_BUNDLE_1]', ['python.embeddedFiles: unknown-field']],
  ['python: { script: x, let: [a = 1] }', '[FEATURE_BUNDLE_1]', ['python.let: needs-extension']],
  ['python: { script: x }, bash: { script: x }', '[FEATURE_BUNDLE_1]', ['steps[0]: conflict']],
  [
    'python: { script: x }, script: { actions: { onRun: { command: echo } } }',
    '[FEATURE_BUNDLE_1]',
    ['steps[0]: conflict'],
  ],
  ['ruby: { script: x }', '[FEATURE_BUNDLE_1]', ['ruby: unknown-field', 'steps[0]: missing-field']],
])('refused: %s', (step, extensions, mistakes) => {
  expect(simple(step, extensions).toSorted()).toEqual(mistakes.toSorted());
});

test.each([
  ['bash', [], 'sh'],
  ['cmd', ['/C'], 'bat'],
  ['node', [], 'js'],
  ['powershell', ['-File'], 'ps1'],
  ['python', [], 'py'],
])('%s is short for an action and its file', (interpreter, before, extension) => {
  const script = 'print("{{Param.Folder}}", "{{Session.WorkingDirectory}}")';
  const job = validJob({
    ...featureBundle,
    parameters,
    steps: `[{ name: A, ${interpreter}: { script: '${script}', args: ["{{Param.Seconds}}"], timeout: "{{Param.Seconds}}",
      cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 7 } } }]`,
  });
  const { onRun, embeddedFiles } = job.steps[0]?.script ?? {};
  expect(onRun?.command.text).toBe(interpreter);
  expect(onRun?.args.map(({ text }) => text)).toEqual([
    ...before,
    '{{Task.File.Script}}',
    '{{Param.Seconds}}',
  ]);
  expect(onRun?.timeout).toBe(5);
  expect(onRun?.cancelation).toEqual({ mode: 'NOTIFY_THEN_TERMINATE', notifyPeriodInSeconds: 7 });
  expect(embeddedFiles).toMatchObject([
    { name: 'Script', filename: `Script.${extension}`, data: { text: script } },
  ]);
});
