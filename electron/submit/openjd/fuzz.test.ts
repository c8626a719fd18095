/** Whatever comes in: it is refused with reasons and places that exist, or it is a template of which jobs are made. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostProblems } from '../document/problems';
import { createJob } from './job';
import { jobTemplate } from './templates-for-tests';
import { parseTemplate } from './template';

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

function holds(text: string): void {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  if (!parsed.ok) {
    expect(parsed.problems.length).toBeGreaterThan(0);
    expect(parsed.problems.length).toBeLessThanOrEqual(mostProblems);
    const lines = text.split('\n');
    for (const { line, column, message, code } of parsed.problems) {
      expect(lines[line - 1]).toBeDefined();
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
      expect(message).not.toBe('');
      expect(code).toMatch(/^[a-z0-9-]+$/);
    }
    return;
  }
  const { template } = parsed;
  if (template.kind === 'environment') return;
  const parameters = Object.fromEntries(
    template.parameters.flatMap(({ name, type, default: standard }) =>
      standard === null ? [[name, type === 'STRING' || type === 'PATH' ? '/x' : '1']] : [],
    ),
  );
  const created = createJob(template, {
    environments: [],
    parameters,
    templateFolder: '/templates',
    folder: '/work',
  });
  if (!created.ok) {
    expect(created.problems.length).toBeGreaterThan(0);
    return;
  }
  for (const { space } of created.job.steps) {
    expect(space.taskCount).toBeGreaterThan(0n);
    for (const index of [0n, space.taskCount / 2n, space.taskCount - 1n])
      expect(space.taskParametersAt(index)).toHaveLength(space.parameters.length);
  }
}

test('the template that is changed below is a valid one', () => {
  expect(parseTemplate(valid, { file: 't.yaml' })).toMatchObject({ ok: true });
  holds(valid);
});

// A busy machine may be slow; nothing here is about time.
const patience = 60_000;
const numRuns = 400;

test('any text', { timeout: patience }, () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), holds), { numRuns });
});

test('a valid template with pieces cut out, doubled or put in', { timeout: patience }, () => {
  const signs = [
    '',
    '{{',
    '}}',
    '\n',
    ': ',
    '~',
    '-1',
    '[',
    '0',
    '{a: b}',
    '9'.repeat(30),
    '- ',
    '&x ',
    '*x',
  ];
  const change = fc.record({
    at: fc.nat(valid.length),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom(...signs),
      fc.string({ maxLength: 6 }),
      fc.nat(valid.length).map((from) => valid.slice(from, from + 20)),
    ),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      holds(
        changes.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), valid),
      );
    }),
    { numRuns },
  );
});

test('fields of templates with values of other kinds', { timeout: patience }, () => {
  const names = [...new Set(valid.match(/[A-Za-z]+(?=:)/g))];
  const texts = [
    'INT',
    'PATH',
    'CHUNK[INT]',
    '1-5',
    '5',
    '1.5',
    '{{Param.A}}',
    '{{Task.Param.A}}',
    'A',
    '(A, B)',
    '',
  ];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom<unknown>(...texts, 1, -1, 1.5, 1e300, null, true, {}, []),
      fc.dictionary(fc.constantFrom(...names, 'A', '__proto__', 'toString'), tie('value'), { maxKeys: 5 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const written = value.map((any) => JSON.stringify(any));
  fc.assert(
    fc.property(
      written,
      written,
      written,
      written,
      written,
      (parameters, space, script, jobEnvironments, hostRequirements) => {
        holds(
          jobTemplate({
            extensions: '[TASK_CHUNKING, FEATURE_BUNDLE_1]',
            parameters,
            space,
            script,
            jobEnvironments,
            hostRequirements,
          }),
        );
        holds(
          jobTemplate({ parameters: `[${parameters}]`, space: `{ taskParameterDefinitions: [${space}] }` }),
        );
        holds(jobTemplate({ steps: `[${script}, ${space}]` }));
      },
    ),
    { numRuns },
  );
});
