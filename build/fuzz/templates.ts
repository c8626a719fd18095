/** Open Job Description templates, and the small languages in them. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { namesIn, parseCombination } from '../../electron/submit/openjd/combination';
import { parseFormat } from '../../electron/submit/openjd/format';
import { createJob } from '../../electron/submit/openjd/job';
import type { EnvironmentTemplate, JobTemplate } from '../../electron/submit/openjd/model';
import { parseRanges, sequenceOf } from '../../electron/submit/openjd/ranges';
import { parseTemplate } from '../../electron/submit/openjd/template';
import { changed } from './changed';
import { fuzzed } from './parser';
import { arePlaced } from './placed';

const valid = `specificationVersion: jobtemplate-2023-09
extensions: [TASK_CHUNKING, FEATURE_BUNDLE_1]
name: "Shot {{Param.Shot}}"
parameterDefinitions:
  - { name: Shot, type: STRING, default: "042", minLength: 1, userInterface: { control: LINE_EDIT, label: Shot } }
  - { name: Scene, type: PATH, objectType: FILE, default: scene.blend }
  - { name: End, type: INT, default: 24, minValue: 1, maxValue: "100", userInterface: { singleStepDelta: 5 } }
  - { name: Scale, type: FLOAT, default: 0.50, allowedValues: [0.5, "1.0"] }
jobEnvironments:
  - name: Blender
    variables: { OUT: "{{Param.Scene}}" }
    script:
      embeddedFiles: [{ name: Enter, type: TEXT, data: "echo {{Session.WorkingDirectory}}", endOfLine: LF }]
      actions: { onEnter: { command: sh, args: ["{{Env.File.Enter}}"], timeout: "{{Param.End}}" } }
steps:
  - name: Render
    hostRequirements:
      amounts: [{ name: amount.worker.vcpu, min: 4, max: "{{Param.End}}" }]
      attributes: [{ name: attr.worker.os.family, anyOf: [linux, macos] }]
    parameterSpace:
      taskParameterDefinitions:
        - { name: Frame, type: "CHUNK[INT]", range: "1-{{Param.End}}:2,200", chunks: { defaultTaskCount: 5, rangeConstraint: CONTIGUOUS } }
        - { name: Layer, type: STRING, range: [a, "{{Param.Shot}}"] }
        - { name: Weight, type: FLOAT, range: [1.0, "2"] }
      combination: Frame * (Layer, Weight)
    script:
      embeddedFiles:
        - name: Run
          type: TEXT
          data: |
            blender -b "{{Param.Scene}}" -f {{Task.Param.Frame}}
      actions:
        onRun:
          command: bash
          args: ["{{Task.File.Run}}", "{{Task.Param.Layer}}"]
          cancelation: { mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 60 }
  - name: Film
    dependencies: [{ dependsOn: Render }]
    python: { script: "print('{{Param.Shot}}')", args: [x] }
`;

const environmentTemplate = `specificationVersion: environment-2023-09
parameterDefinitions:
  - { name: End, type: INT, default: 24, minValue: 0 }
  - { name: Queue, type: STRING, default: night, allowedValues: [night, day] }
environment:
  name: Queue
  variables: { QUEUE: "{{Param.Queue}}", END: "{{Param.End}}" }
  script: { actions: { onExit: { command: leave, args: ["{{Param.Queue}}"] } } }
`;

/** True when it was accepted, and a job was made of it if it is one that jobs are made of. */
function read(text: string): boolean {
  const parsed = parseTemplate(text, { file: 'x.yaml' });
  if (!parsed.ok) {
    arePlaced(parsed.problems, { 'x.yaml': text });
    return false;
  }
  const { template } = parsed;
  return template.kind === 'environment' ? make(anyJob, [template]) : make(template, []);
}

function make(template: JobTemplate, environments: readonly EnvironmentTemplate[]): boolean {
  const needed = [template, ...environments]
    .flatMap(({ parameters }) => parameters)
    .filter(({ default: standard }) => standard === null);
  const parameters = Object.fromEntries(
    needed.map(({ name, type }) => [name, type === 'STRING' || type === 'PATH' ? '/x' : '1']),
  );
  const created = createJob(template, {
    environments,
    parameters,
    templateFolder: '/templates',
    folder: '/work',
  });
  if (!created.ok) {
    assert(created.problems.length > 0);
    return false;
  }
  for (const { space } of created.job.steps) {
    assert(space.taskCount > 0n);
    for (const index of [0n, space.taskCount / 2n, space.taskCount - 1n])
      assert.equal(space.taskParametersAt(index).length, space.parameters.length);
  }
  return true;
}

const anyJob = jobOf(valid);

function jobOf(text: string): JobTemplate {
  const parsed = parseTemplate(text, { file: 'x.yaml' });
  assert(parsed.ok && parsed.template.kind === 'job', 'the template that is changed is a right one');
  return parsed.template;
}

const names = [...new Set(valid.match(/[A-Za-z]+(?=:)/g)), 'A', '__proto__', 'toString'];
const scalars = [
  ...['INT', 'FLOAT', 'STRING', 'PATH', 'CHUNK[INT]', 'TEXT', 'TERMINATE', '1-5', '5', '1.5', '(A, B)', 'A'],
  ...[
    '{{Param.A}}',
    '{{RawParam.A}}',
    '{{Task.Param.A}}',
    '',
    1,
    -1,
    1.5,
    1e300,
    null,
    true,
    '1-1000000000000',
  ],
];
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(...scalars),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));
/** One of the right values, or seldom any other. */
const mostly = (...right: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 100, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: value });
/** Often left out. */
const maybe = (...right: readonly unknown[]): fc.Arbitrary<unknown> => mostly(undefined, ...right);

const args = maybe(['{{Param.Number}}'], ['{{Session.WorkingDirectory}}', '']);
const action = {
  command: mostly('echo', '{{RawParam.Scene}}'),
  args,
  timeout: maybe(1, '60', '{{Param.Number}}'),
  cancelation: maybe({ mode: 'TERMINATE' }, { mode: 'NOTIFY_THEN_TERMINATE', notifyPeriodInSeconds: 5 }),
};
const environment = (name: string): fc.Arbitrary<unknown> =>
  fc.record({
    name: mostly(name),
    variables: mostly({ A: '{{Param.Scene}}' }, { B: '' }),
    script: fc.option(fc.record({ actions: fc.record({ onEnter: fc.record(action) }) }), { nil: undefined }),
  });
const file = (name: string): fc.Arbitrary<unknown> =>
  fc.record({
    name: mostly(name),
    type: mostly('TEXT'),
    data: mostly('x', '{{Task.File.A}}', '{{Param.Scene}} {{Task.Param.Layer}}'),
    filename: maybe('a.txt'),
    runnable: maybe(true, false),
    endOfLine: maybe('LF', 'CRLF', 'AUTO'),
  });
const parameterSpace = fc.record({
  taskParameterDefinitions: fc.tuple(
    fc.record({
      name: mostly('Frame'),
      type: mostly('INT'),
      range: mostly('1-2', '1-4:2', [1, '{{Param.Number}}5']),
    }),
    fc.record({
      name: mostly('Layer'),
      type: mostly('STRING', 'PATH'),
      range: mostly(['/x', '{{RawParam.Scene}}']),
    }),
    fc.record({
      name: mostly('Weight'),
      type: mostly('FLOAT', 'INT'),
      range: mostly([1, 2], ['{{Param.Number}}', '7']),
    }),
  ),
  combination: maybe(
    'Frame * Layer * Weight',
    '(Frame, Layer) * Weight',
    '(Frame, Layer, Weight)',
    'Frame * Layer',
  ),
});
const templates = fc.record({
  specificationVersion: mostly('jobtemplate-2023-09'),
  extensions: mostly(['FEATURE_BUNDLE_1'], ['FEATURE_BUNDLE_1', 'TASK_CHUNKING'], undefined),
  name: mostly('x', '{{Param.Number}}'),
  parameterDefinitions: fc.tuple(
    fc.record({
      name: mostly('Number'),
      type: mostly('INT', 'FLOAT'),
      default: maybe(1, '1', 5),
      minValue: maybe(0, '1'),
      allowedValues: maybe([1, '5'], ['1', 5]),
      userInterface: maybe({ label: 'A' }, { control: 'HIDDEN' }, { control: 'SPIN_BOX' }),
    }),
    fc.record({ name: mostly('Scene'), type: mostly('PATH'), default: maybe('a/b'), dataFlow: maybe('IN') }),
  ),
  jobEnvironments: fc.tuple(environment('E'), environment('F')),
  steps: fc.tuple(
    fc.record({
      name: mostly('a'),
      hostRequirements: maybe({ amounts: [{ name: 'amount.worker.vcpu', min: 1 }] }),
      stepEnvironments: fc.option(fc.tuple(environment('G')), { nil: undefined }),
      parameterSpace,
      script: fc.record({
        actions: fc.record({ onRun: fc.record(action) }),
        embeddedFiles: fc.tuple(file('A'), file('B')),
      }),
    }),
    fc.record({
      name: mostly('b', 'c'),
      dependencies: maybe([{ dependsOn: 'a' }]),
      bash: fc.record({ script: mostly('true', 'echo {{Param.Scene}}'), args }),
    }),
  ),
});

/** Right ones, and those changed. */
const near = (...right: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...right) },
    { weight: 9, arbitrary: fc.constantFrom(...right).chain(changed) },
  );

export const templateParsers = [
  fuzzed({
    name: 'template-any',
    inputs: fc.oneof(
      { weight: 1, arbitrary: fc.constant(valid) },
      { weight: 10, arbitrary: fc.string({ unit: 'binary' }) },
      { weight: 10, arbitrary: value.map((any) => JSON.stringify(any)) },
      {
        weight: 10,
        arbitrary: value.map(
          (any) => `${valid.slice(0, valid.indexOf('\n'))}\nsteps: ${JSON.stringify(any)}`,
        ),
      },
    ),
    parse: read,
  }),
  fuzzed({ name: 'template-changed', inputs: near(valid), parse: read, share: 3 }),
  fuzzed({ name: 'environment-template', inputs: near(environmentTemplate), parse: read, share: 2 }),
  fuzzed({
    name: 'template-values',
    inputs: templates.map((template) => JSON.stringify(template, null, 1)),
    parse: read,
    share: 3,
  }),
  fuzzed({
    name: 'format-string',
    inputs: near('a {{Param.A}} b', '{{ Task.Param.Frame }}{{Session.WorkingDirectory}}', '{a} } {'),
    parse(text) {
      const parsed = parseFormat(text);
      if (!parsed.ok) assert(text.startsWith(parsed.piece, parsed.index));
      return parsed.ok;
    },
  }),
  fuzzed({
    name: 'range-expression',
    inputs: near('1-10', '1-100:5,200', '10-1:-3', '-5--1,7', '1-1000000000000:7'),
    parse(text) {
      const parsed = parseRanges(text);
      if (parsed.ok) {
        const sequence = sequenceOf(parsed.ranges);
        assert(sequence.count > 0n && sequence.at(sequence.count - 1n) >= sequence.at(0n));
      } else assert(text.startsWith(parsed.piece, parsed.index));
      return parsed.ok;
    },
  }),
  fuzzed({
    name: 'combination',
    inputs: near('A * B', '(A, B)', '((A)) * (B)', '(A,(B))'),
    parse(text) {
      const parsed = parseCombination(text, ['A', 'B']);
      if (parsed.ok) assert.deepEqual(namesIn(parsed.combination).toSorted(), ['A', 'B']);
      else assert(parsed.mistakes.length > 0);
      return parsed.ok;
    },
  }),
];

assert(read(valid) && read(environmentTemplate), 'the templates that are changed are right ones');
