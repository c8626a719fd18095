import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../shared/model/batch';
import { taskCount, taskParameters } from '../../../shared/model/space';
import { unmetRequirement } from '../../../shared/model/requirements';
import { createJob } from '../openjd/job';
import { parseTemplate } from '../openjd/template';
import { isTemplate, resolveTemplate } from './read-template';
import { spaceOf } from './spaces';
import { namesOf } from './symbols';

const input = (template: unknown) => ({
  ...{ text: JSON.stringify(template), file: 'job.json', folder: '/shots', givenFrom: '/home/anna' },
  recipe: '/shots/job.json',
});
const run = { actions: { onRun: { command: 'true' } } };
const template = (step: object, more: object = {}): object => ({
  specificationVersion: 'jobtemplate-2023-09',
  name: 'Job',
  ...more,
  steps: [{ name: 'Step', script: run, ...step }],
});

function stepOf(step: object, more: object = {}, given: Readonly<Record<string, string>> = {}): Step {
  const resolved = resolveTemplate(input(template(step, more)), given);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const [made] = resolved.batch.jobs[0]?.steps ?? [];
  if (made === undefined) throw new Error('no step');
  return made;
}

const problemsOf = (step: object, more: object = {}): readonly string[] => {
  const resolved = resolveTemplate(input(template(step, more)), {});
  return resolved.ok ? [] : resolved.problems.map(({ code }) => code);
};

test.each([
  ['specificationVersion: jobtemplate-2023-09', true],
  ['# A job\n\n"specificationVersion" : x', true],
  ['{ "specificationVersion": "x" }', true],
  ['{\r\n  "specificationVersion": "x"\r\n}', true],
  ['name: x\nspecificationVersion: x', true],
  ['drover: 1\njobs: { a: { run: "specificationVersion: x" } }', false],
  ['\n'.repeat(200_000), false],
  [`${' '.repeat(200_000)}x`, false],
])('is told from a recipe, %#', (text, is) => expect(isTemplate(text)).toBe(is));

describe('a template', () => {
  test('becomes a batch whose jobs and steps have names that can be typed', () => {
    const resolved = resolveTemplate(
      input({
        ...template({}),
        name: 'Shot 042 / beauty',
        steps: [
          { name: 'Draw it!', script: run },
          { name: 'draw-it', script: run },
          { name: 'Draw it?', script: run, dependencies: [{ dependsOn: 'Draw it!' }] },
        ],
      }),
      {},
    );
    expect(resolved).toMatchObject({
      ok: true,
      batch: {
        name: 'Shot 042 / beauty',
        jobs: [
          {
            name: 'Shot-042-beauty',
            steps: [{ name: 'Draw-it' }, { name: 'draw-it' }, { name: 'Draw-it-2' }],
          },
        ],
        dependencies: [{ from: { step: 'Draw-it' }, to: { step: 'Draw-it-2' } }],
      },
    });
  });

  test('asks for what its steps require of a machine', () => {
    const { request, needs } = stepOf({
      hostRequirements: {
        amounts: [
          { name: 'amount.worker.vcpu', min: 4 },
          { name: 'amount.worker.memory', min: 2048 },
          { name: 'amount.worker.gpu.memory', min: 8192 },
          { name: 'amount.worker.disk.scratch', min: 10 },
          { name: 'amount.houdini', min: 1 },
        ],
        attributes: [
          { name: 'attr.worker.os.family', anyOf: ['linux'] },
          { name: 'attr.worker.cpu.arch', anyOf: ['x86_64', 'arm64'] },
          { name: 'attr.raid', allOf: ['fast'] },
        ],
      },
    });
    expect(request).toMatchObject({
      cpu: 4,
      memoryMiB: 2048,
      gpu: 1,
      gpuMemoryMiB: 8192,
      storageMiB: 10_240,
    });
    expect(request.special).toEqual({ houdini: 1 });
    expect(needs).toMatchObject({ allOf: ['os:linux', 'raid:fast'], anyOf: ['arch:x64', 'arch:arm64'] });
  });

  test('may let one of several values do for several attributes', () => {
    const either = (name: string) => ({ name, anyOf: ['one', 'two'] });
    const attributes = ['attr.a', 'attr.b', 'attr.c'].map(either);
    const { needs } = stepOf({ hostRequirements: { attributes } });
    const able = (...labels: readonly string[]): boolean =>
      unmetRequirement(needs, new Set(labels), new Set()) === null;
    expect(able('a:one', 'b:two', 'c:one')).toBe(true);
    expect(able('a:one', 'a:two', 'c:one')).toBe(false);
    expect(able('a:one', 'b:two')).toBe(false);
  });

  test('has whole numbers of 64 bits as they are', () => {
    const parameter = { name: 'N', type: 'INT', range: '9007199254740990-9007199254740999:3' };
    const { space } = stepOf({ parameterSpace: { taskParameterDefinitions: [parameter] } });
    const values = Array.from({ length: taskCount(space) }, (_, task) => taskParameters(space, task)['N']);
    expect(values).toEqual([0, 3, 6, 9].map((more) => `900719925474099${more}`));
    const chunks = { defaultTaskCount: 5, rangeConstraint: 'CONTIGUOUS' };
    const chunked = {
      name: 'N',
      type: 'CHUNK[INT]',
      range: '-9223372036854775808--9223372036854775800',
      chunks,
    };
    const cut = stepOf(
      { parameterSpace: { taskParameterDefinitions: [chunked] } },
      { extensions: ['TASK_CHUNKING'] },
    ).space;
    expect(taskCount(cut)).toBe(2);
    expect(taskParameters(cut, 0)).toEqual({ N: '-9223372036854775808--9223372036854775804' });
  });

  test('that has more than a batch can is refused by name', () => {
    const parameter = { name: 'N', type: 'INT', range: '9007199254740990-9007199260000000' };
    expect(problemsOf({ parameterSpace: { taskParameterDefinitions: [parameter] } })).toEqual(['too-large']);
    const many = ['A', 'B'].map((name) => ({ name, type: 'INT', range: '1-100000' }));
    expect(problemsOf({ parameterSpace: { taskParameterDefinitions: many } })).toEqual(['too-many-tasks']);
  });

  test('gets the folder of its batch where it asks for one to write in', () => {
    const definition = { name: 'Out', type: 'PATH', objectType: 'DIRECTORY', dataFlow: 'OUT' };
    const step = { script: { actions: { onRun: { command: 'ls', args: ['{{Param.Out}}/x'] } } } };
    const textOf = (given: Readonly<Record<string, string>>): string => {
      const { action } = stepOf(step, { parameterDefinitions: [definition] }, given);
      return action.kind === 'prepared' ? action.text : '';
    };
    expect(textOf({})).toContain(`"\${DROVER_PARAM_Output}"'/x'`);
    expect(textOf({ Out: '' })).toContain(`"\${DROVER_PARAM_Output}"'/x'`);
    expect(textOf({ Out: 'here' })).toContain(`"\${DROVER_PARAM_Out}"'/x'`);
    expect(stepOf(step, { parameterDefinitions: [definition] }, { Out: 'here' })).toMatchObject({
      parameters: { Out: '/home/anna/here' },
      paths: ['Out'],
    });
  });

  test('keeps apart what shares a name', () => {
    const step = {
      parameterSpace: { taskParameterDefinitions: [{ name: 'Output', type: 'PATH', range: ['/a'] }] },
      script: {
        actions: {
          onRun: {
            command: 'x',
            args: ['{{Param.Output}}', '{{Task.Param.Output}}', '{{Task.RawParam.Output}}'],
          },
        },
      },
    };
    const { action, space, paths, parameters } = stepOf(
      step,
      { parameterDefinitions: [{ name: 'Output', type: 'PATH', default: '' }] },
      { Output: '/b' },
    );
    expect(action).toMatchObject({
      text: expect.stringContaining(
        `'x' "\${DROVER_PARAM_Output__}" "\${DROVER_PARAM_Output_}" "\${DROVER_RAW_Output_}"`,
      ),
    });
    expect(taskParameters(space, 0)).toEqual({ Output_: '/a' });
    expect(parameters).toEqual({ Output__: '/b' });
    expect(paths).toEqual(['Output__', 'Output_']);
  });

  test('has as long to end as it says', () => {
    const step = (cancelation: object): object => ({
      script: { actions: { onRun: { command: 'x', cancelation } } },
    });
    expect(stepOf({}).graceMs).toBe(0);
    expect(stepOf(step({ mode: 'NOTIFY_THEN_TERMINATE' })).graceMs).toBe(120_000);
    expect(stepOf(step({ mode: 'NOTIFY_THEN_TERMINATE', notifyPeriodInSeconds: 7 })).graceMs).toBe(7000);
  });
});

const values = (count: number) =>
  fc.array(fc.integer({ min: -50, max: 50 }), { minLength: count, maxLength: count });
const range = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 5 }))
  .map(([start, length, step]) => `${start}-${start + length}:${step}`);
const parameter = fc.oneof(
  range.map((text) => ({ type: 'INT', range: text })),
  fc
    .integer({ min: 1, max: 6 })
    .chain(values)
    .map((list) => ({ type: 'INT', range: list })),
  fc
    .array(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 5 })
    .map((list) => ({
      type: 'STRING',
      range: list.map((text) => text.replaceAll(/[{}]/g, '-')),
    })),
  fc
    .tuple(range, fc.integer({ min: 1, max: 9 }), fc.constantFrom('CONTIGUOUS', 'NONCONTIGUOUS'))
    .map(([text, defaultTaskCount, rangeConstraint]) => ({
      type: 'CHUNK[INT]',
      range: text,
      chunks: { defaultTaskCount, rangeConstraint },
    })),
);

/** `1-3,7-11:2` can be written in several ways. */
function numbersIn(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, first = '', last = first, step = '1'] = /^(-?\d+)(?:-(-?\d+))?(?::(\d+))?$/.exec(part) ?? [];
    const count = Math.floor((Number(last) - Number(first)) / Number(step)) + 1;
    return Array.from({ length: count }, (_, index) => Number(first) + index * Number(step));
  });
}

test('a space has the same tasks in Drover as its template says', () => {
  fc.assert(
    fc.property(fc.array(parameter, { minLength: 1, maxLength: 3 }), (parameters) => {
      // A template may have one parameter in chunks.
      const definitions = parameters
        .filter(
          ({ type }, index) =>
            type !== 'CHUNK[INT]' || parameters.findIndex((one) => one.type === type) === index,
        )
        .map((one, index) => ({ name: `P${index}`, ...one }));
      const text = JSON.stringify(
        template(
          { parameterSpace: { taskParameterDefinitions: definitions } },
          { extensions: ['TASK_CHUNKING'] },
        ),
      );
      const parsed = parseTemplate(text, { file: 'job.json' });
      if (!parsed.ok || parsed.template.kind !== 'job') throw new Error(JSON.stringify(parsed));
      const folders = { environments: [], parameters: {}, templateFolder: '/', folder: '/' };
      const created = createJob(parsed.template, folders);
      if (!created.ok) throw new Error(JSON.stringify(created.problems));
      const theirs = created.job.steps[0]?.space;
      if (theirs === undefined) throw new Error('no step');
      const ours = spaceOf(theirs, namesOf([], theirs.parameters));
      expect(taskCount(ours)).toBe(Number(theirs.taskCount));
      for (let index = 0; index < taskCount(ours); index += 7) {
        const values = taskParameters(ours, index);
        for (const { name, type, value } of theirs.taskParametersAt(BigInt(index))) {
          if (type === 'CHUNK[INT]') expect(numbersIn(values[name] ?? '')).toEqual(numbersIn(value));
          else expect(values[name]).toBe(value);
        }
      }
    }),
    { numRuns: 200 },
  );
});
