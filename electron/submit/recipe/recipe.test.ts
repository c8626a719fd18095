import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../../shared/ipc/errors';
import { noRequest } from '../../../shared/model/amounts';
import type { Batch, StepReference } from '../../../shared/model/batch';
import { allToAll } from '../../../shared/model/dependency';
import type { Dependency } from '../../../shared/model/dependency';
import { sharedFiles } from '../../../shared/model/files';
import { recognised } from '../../../shared/model/progress';
import { noRequirements } from '../../../shared/model/requirements';
import { noRetry } from '../../../shared/model/retry';
import { resolveRecipe } from './recipe';

const folder = resolve('/shots/042');

function batchOf(text: string, parameters: Record<string, string> = {}): Batch {
  const resolved = resolveRecipe({ text, file: 'shot.yaml', folder, recipe: null }, parameters, []);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems, null, 2));
  return resolved.batch;
}

function problemsOf(text: string, parameters: Record<string, string> = {}): readonly Problem[] {
  const resolved = resolveRecipe({ text, file: 'shot.yaml', folder, recipe: null }, parameters, []);
  return resolved.ok ? [] : resolved.problems;
}

/** `line:column code path` */
function briefly(text: string, parameters: Record<string, string> = {}): string[] {
  return problemsOf(text, parameters).map(({ line, column, code, path }) =>
    `${line}:${column} ${code} ${path}`.trim(),
  );
}

const noLimits = {
  ...{ needs: noRequirements, retry: noRetry, timeoutMs: null, preemptible: false },
  progress: recognised,
  files: sharedFiles,
  environments: [],
  graceMs: null,
  paths: null,
};

const after = (from: StepReference, to: StepReference): Dependency => ({
  from,
  to,
  relation: { type: 'SEQUENTIAL', mapping: allToAll },
  onFailure: 'hold',
});

const shot = `drover: 1
batch: Shot 042
jobs:
  melt:
    kind: simulation
    run: ./melt.sh --out melt          # or command: [program, argument, ...]
    resources: { cpu: 2, memory: 1 GiB }
  beauty:
    kind: render
    frames: 1-24                       # also 1-100x2,120
    run: povray shot.ini +SF{{Frame}} +EF{{Frame}}
    after: [melt]
`;

test('a recipe becomes a batch with nothing left to look up', () => {
  expect(batchOf(shot)).toEqual({
    name: 'Shot 042',
    recipe: null,
    output: null,
    tenant: 'default',
    jobs: [
      {
        name: 'melt',
        kind: 'simulation',
        priority: 'MEDIUM',
        deadline: null,
        most: null,
        steps: [
          {
            name: 'main',
            action: { kind: 'script', text: './melt.sh --out melt' },
            space: { kind: 'single' },
            request: { ...noRequest, cpu: 2, memoryMiB: 1024 },
            ...noLimits,
            folder,
            environment: {},
            parameters: {},
          },
        ],
      },
      {
        name: 'beauty',
        kind: 'render',
        priority: 'MEDIUM',
        deadline: null,
        most: null,
        steps: [
          {
            name: 'main',
            action: { kind: 'script', text: 'povray shot.ini +SF{{Frame}} +EF{{Frame}}' },
            space: { kind: 'frames', ranges: [{ first: 1, step: 1, count: 24 }] },
            request: { ...noRequest, cpu: 1 },
            ...noLimits,
            folder,
            environment: {},
            parameters: {},
          },
        ],
      },
    ],
    dependencies: [after({ job: 'melt', step: null }, { job: 'beauty', step: null })],
  });
});

test('JSON is read as well', () => {
  const json =
    '{\n\t"drover": 1,\n\t"jobs": { "a": {\n\t\t"command": ["echo", "\\ud83d\\ude00 \\/", 1.50, true],\n\t\t"frames": [3, "5-7"]\n\t} }\n}';
  const [step] = batchOf(json).jobs[0]?.steps ?? [];
  expect(step?.action).toEqual({ kind: 'command', argv: ['echo', '\u{1f600} /', '1.50', 'true'] });
  expect(step?.space).toEqual({
    kind: 'frames',
    ranges: [
      { first: 3, step: 1, count: 1 },
      { first: 5, step: 1, count: 3 },
    ],
  });
});

test('steps inherit from their job and the recipe, and wait for each other', () => {
  const batch = batchOf(
    `
drover: 1
batch: "{{Shot}} v{{Version}}"
parameters: { Shot: sq10, Version: 1.10, Last: 4, Memory: 2 GiB }
output: renders/{{Shot}}
folder: work/{{Job}}
environment: { THREADS: 08, SHOT: "{{Shot}}" }
jobs:
  "10":
    priority: high
    resources: { cpu: 4, memory: "{{Memory}}" }
    environment: { SHOT: own }
    steps:
      mesh: { run: mesh }
      solve: { run: "solve {{Frame}} {{Output}}", frames: "1-{{Last}}", after: mesh, resources: { cpu: 8 }, environment: { F: "{{Frame}}" } }
  "2": { command: [echo, "{{Shot}}"], folder: /elsewhere, after: 10 }
`,
    { Last: '6' },
  );
  expect(batch.name).toBe('sq10 v1.10');
  expect(batch.output).toBe(resolve(folder, 'renders/sq10'));
  expect(batch.jobs.map(({ name, priority }) => [name, priority])).toEqual([
    ['10', 'HIGH'],
    ['2', 'MEDIUM'],
  ]);
  const parameters = { Shot: 'sq10', Version: '1.10', Last: '6', Memory: '2 GiB' };
  expect(batch.jobs[0]?.steps).toMatchObject([
    {
      name: 'mesh',
      request: { cpu: 4, memoryMiB: 2048 },
      environment: { THREADS: '08', SHOT: 'own' },
      folder: resolve(folder, 'work/10'),
      parameters,
    },
    {
      name: 'solve',
      action: { kind: 'script', text: 'solve {{Frame}} {{Output}}' },
      space: { kind: 'frames', ranges: [{ first: 1, step: 1, count: 6 }] },
      request: { cpu: 8, memoryMiB: 2048 },
      environment: { THREADS: '08', SHOT: 'own', F: '{{Frame}}' },
      parameters,
    },
  ]);
  expect(batch.jobs[1]?.steps[0]).toMatchObject({
    folder: resolve('/elsewhere'),
    environment: { THREADS: '08', SHOT: '{{Shot}}' },
  });
  expect(batch.dependencies).toEqual([
    after({ job: '10', step: null }, { job: '2', step: null }),
    after({ job: '10', step: 'mesh' }, { job: '10', step: 'solve' }),
  ]);
});

test('without a name the batch has that of its file', () => {
  expect(batchOf('drover: 1\njobs: { a: { run: x } }').name).toBe('shot');
});

test('scripts keep their lines, and lose the carriage returns of Windows editors', () => {
  const batch = batchOf('\uFEFFdrover: 1\r\njobs:\r\n  a:\r\n    run: |\r\n      one\r\n      two\r\n');
  expect(batch.jobs[0]?.steps[0]?.action).toEqual({ kind: 'script', text: 'one\ntwo\n' });
});

test('all mistakes are told at once, in the order of the file, at their line and column', () => {
  const text = `drover: 1
batc: x
parameters: { A: 1, Frame: 2, b-c: 3, N: ~ }
environment: { 1A: x }
jobs:
  melt:
    kind: rendr
    run: 12
    resources: { cpu: 0, memory: 1 Gb, gpus: 1 }
    after: beuty
  beauty:
    frames: [1-24, 30, null]
    run: |
      echo {{A}} {{N}}
      povray {{Frmae}} {{Frame} {{.Names}}
    after: [metl, beauty]
  c:
    frames: 1-10,20-x,5
    command: [a, {b: c}, "{{Nope}}"]
    priority: hi
  d: { frames: 1-3, steps: {}, run: x }
  a b: { run: x }
`;
  expect(briefly(text, { a: '1' })).toEqual([
    '2:1 unknown-field batc',
    '3:1 unknown-parameter parameters.a',
    '3:21 name-taken parameters.Frame',
    '3:31 bad-name parameters.b-c',
    '3:42 wrong-type parameters.N',
    '4:16 bad-name environment.1A',
    '7:11 unknown-value jobs.melt.kind',
    '8:10 wrong-type jobs.melt.run',
    '9:23 bad-cpu jobs.melt.resources.cpu',
    '9:40 unknown-field jobs.melt.resources.gpus',
    '10:12 unknown-job jobs.melt.after',
    '12:24 wrong-type jobs.beauty.frames[2]',
    '15:14 unknown-placeholder jobs.beauty.run',
    '15:24 bad-placeholder jobs.beauty.run',
    '16:13 unknown-job jobs.beauty.after[0]',
    '16:19 dependency-cycle jobs.beauty.after[1]',
    '18:18 bad-frames jobs.c.frames',
    '19:18 wrong-type jobs.c.command[1]',
    '20:15 unknown-value jobs.c.priority',
    '21:8 misplaced-field jobs.d.frames',
    '21:28 empty jobs.d.steps',
    '21:32 several-actions jobs.d.run',
    '22:3 bad-name jobs.a b',
  ]);
});

test.each([
  [
    'a wrong field',
    'drover: 1\njobs: { a: { run: x, frame: 1 } }',
    'unknown field (did you mean "frames"?); allowed here: kind',
  ],
  [
    'a wrong kind',
    'drover: 1\njobs: { a: { run: x, kind: rendr } }',
    'found the text "rendr"; allowed is render, simulation, command (did you mean "render"?)',
  ],
  ['a wrong type', 'drover: 1\njobs: { a: { run: [x] } }', 'found a list; allowed is text'],
  [
    'a name that is not there',
    'drover: 1\njobs: { melt: { run: x }, b: { run: x, after: metl } }',
    'there is no job "metl" (did you mean "melt"?); jobs: melt, b',
  ],
  [
    'a frame without frames',
    'drover: 1\njobs: { a: { run: "x {{Frame}}" } }',
    '{{Frame}} has a value only in what single tasks run, in steps with frames; names to use here: Output, Batch, Job, Step',
  ],
  [
    'an unknown placeholder',
    'drover: 1\nparameters: { Scene: x }\njobs: { a: { run: "x {{Sceen}}" } }',
    '{{Sceen}} is unknown (did you mean "Scene"?); names to use here: Scene, Output',
  ],
  [
    'an output that is not known yet',
    'drover: 1\nfolder: "{{Output}}/x"\njobs: { a: { run: x } }',
    '{{Output}} has no value yet in this place',
  ],
  [
    'another version',
    'drover: 2\nsteps: []',
    'the recipe is written for version 2; this Drover reads version 1',
  ],
  ['no version', 'jobs: { a: { run: x } }', 'it has to start with "drover: 1"'],
  ['a text', 'hello', 'found the text "hello"; a recipe is a map'],
  ['nothing', '# only a comment\n', 'the file is empty'],
  ['no jobs', 'drover: 1\njobs: {}', 'there is nothing to do'],
  [
    'an empty job',
    'drover: 1\njobs: { a: { kind: render } }',
    'there is nothing to run; allowed is one of run, command, steps',
  ],
  ['an empty command', 'drover: 1\njobs: { a: { run: " " } }', 'a command should stand here'],
  [
    'a step that waits for another job',
    'drover: 1\njobs: { a: { run: x }, b: { steps: { c: { run: x, after: a } } } }',
    'there is no step "a"; steps: c',
  ],
  ['NUL', 'drover: 1\njobs: { a: { run: "x\\0" } }', 'holds a NUL character'],
  ['half a character', 'drover: 1\njobs: { a: { run: "x\\ud800" } }', 'half of a Unicode character'],
  ['a second document', 'drover: 1\njobs: { a: { run: x } }\n---\na: 1', 'a second document'],
  ['YAML 1.1', '%YAML 1.1\n---\ndrover: 1', 'YAML 1.2 or JSON'],
  ['an unknown tag', 'drover: 1\njobs: { a: { run: !shell x } }', 'Unresolved tag: !shell'],
  [
    'braces without quotes',
    'drover: 1\noutput: {{Folder}}\njobs: { a: { run: x } }',
    'a text that starts with {{ needs quotes around all of it',
  ],
  [
    'braces without quotes before more',
    'drover: 1\njobs:\n  a:\n    run: {{Tool}} x',
    'a text that starts with {{ needs quotes around all of it',
  ],
  [
    'a colon without quotes',
    'drover: 1\njobs:\n  a:\n    run: echo a: b',
    'a text with ": " in it needs quotes around all of it',
  ],
  [
    'too many tasks altogether',
    'drover: 1\njobs: { a: { run: x, frames: 1-6000000 }, b: { run: x, frames: 1-6000000 } }',
    'with this job the batch has 12,000,000 tasks',
  ],
])('%s is refused in one clear message', (_, text, message) => {
  const problems = problemsOf(text);
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
});

test('a name that stands twice is an error at its second place', () => {
  expect(briefly('drover: 1\njobs:\n  a: { run: x }\n  "a": { run: y }\n')).toEqual([
    '4:3 duplicate-name jobs.a',
  ]);
  expect(briefly('drover: 1\njobs: { 1: { run: x }, "1": { run: y } }')).toEqual([
    '2:24 duplicate-name jobs.1',
  ]);
});

test('a syntax error is told once, not with all that follows from it', () => {
  expect(briefly('drover: 1\njobs:\n  a: { run: x{{Frame}}, frames: 1-3 }\n  b: { run: y }\n')).toHaveLength(
    1,
  );
});

test('a cycle is told with its whole way', () => {
  const text =
    'drover: 1\njobs:\n  melt: { run: x, after: film }\n  beauty: { run: x, after: [melt] }\n  film: { run: x, after: [beauty] }\n';
  expect(problemsOf(text)).toMatchObject([
    {
      code: 'dependency-cycle',
      line: 3,
      column: 26,
      path: 'jobs.melt.after',
      message: expect.stringContaining('melt -> beauty -> film -> melt'),
    },
  ]);
});

test('a value given for a parameter replaces the default, and is never looked through for placeholders', () => {
  const resolved = resolveRecipe(
    {
      text: 'drover: 1\nparameters: { Scene: a.pov }\njobs: { a: { run: "povray {{Scene}}", folder: "in/{{Scene}}" } }',
      file: 'x',
      folder,
      recipe: null,
    },
    { Scene: '{{Output}}' },
    [],
  );
  expect(resolved).toMatchObject({
    ok: true,
    parameters: { Scene: '{{Output}}' },
    batch: { jobs: [{ steps: [{ folder: resolve(folder, 'in/{{Output}}') }] }] },
  });
});

test('what jobs inherit is one mistake, however many inherit it', () => {
  expect(
    briefly(
      'drover: 1\nfolder: "{{Nowhere}}"\nenvironment: { X: "{{Gone}}" }\njobs: { a: { run: x }, b: { run: y }, c: { run: z } }',
    ),
  ).toEqual(['2:10 unknown-placeholder folder', '3:20 unknown-placeholder environment.X']);
});

test('a mistake in a value that is shared by an alias is told where it is written', () => {
  expect(
    briefly(
      'drover: 1\njobs:\n  a: { run: x, resources: &small { cpu: none } }\n  b: { run: x, resources: *small }\n',
    ),
  ).toEqual(['3:41 bad-cpu jobs.a.resources.cpu', '3:41 bad-cpu jobs.b.resources.cpu']);
});

test('at most 50 problems', () => {
  const jobs = Array.from({ length: 80 }, (_, index) => `  j${index}: { after: nobody }`).join('\n');
  const problems = problemsOf(`drover: 1\njobs:\n${jobs}\n`);
  expect(problems).toHaveLength(50);
  expect(problems.at(-1)?.line).toBe(27);
});

// A busy machine may be slow; nothing here is about time.
const patience = 60_000;
const alias = (letter: string, of: string) => `${letter}: &${letter} [${Array(10).fill(of).join(', ')}]`;
test.each([
  ['deep nesting', '['.repeat(2_000_000), 'too-deep'],
  ['deep blocks', '- '.repeat(1_000_000), 'too-deep'],
  ['too many words', '}'.repeat(1_000_000), 'too-large'],
  ['more than 8 MiB', ' '.repeat(8 * 1024 * 1024 + 1), 'too-large'],
  [
    'an alias bomb',
    [
      'a: &a x',
      ...Array.from('bcdefghijklmnop').map((letter, index) => alias(letter, `*${'abcdefghijklmno'[index]}`)),
    ].join('\n'),
    'too-large',
  ],
  ['an alias in itself', 'a: &a [*a]', 'bad-alias'],
  [
    'one long inherited list',
    `drover: 1\nenvironment: {${Array.from({ length: 9000 }, (_, i) => ` V${i}: x`).join()} }\njobs: {${Array.from({ length: 1000 }, (_, i) => ` j${i}: { run: x }`).join()} }`,
    'too-large',
  ],
])('%s is refused', { timeout: patience }, (_, text, code) => {
  expect(problemsOf(text)).toMatchObject([{ code }]);
});

test('names that JavaScript has its own meaning for are only names', () => {
  const batch = batchOf(
    'drover: 1\nparameters: { toString: x }\njobs: { constructor: { run: "{{toString}}" }, hasOwnProperty: { run: x, after: constructor } }',
  );
  expect(batch.jobs.map(({ name }) => name)).toEqual(['constructor', 'hasOwnProperty']);
  expect(briefly('drover: 1\njobs: { a: { run: "{{constructor}}" } }')).toEqual([
    '2:20 unknown-placeholder jobs.a.run',
  ]);
  expect(briefly('drover: 1\n__proto__: { jobs: 1 }\njobs: { a: { run: x } }')).toEqual(['2:1 bad-name']);
});
