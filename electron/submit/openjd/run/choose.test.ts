import { describe, expect, test } from 'vitest';
import type { JobStep, TaskParameter } from '../model';
import { chooseSteps, namedTasks } from './choose';

function step(name: string, dependencies: readonly string[] = [], parameters: TaskParameter[] = []): JobStep {
  return {
    name,
    description: null,
    dependencies,
    environments: [],
    hostRequirements: { amounts: [], attributes: [] },
    space: {
      parameters,
      combination: { kind: 'product', of: [] },
      taskCount: 1n,
      taskParametersAt: () => [],
    },
    script: {
      onRun: {
        command: { path: [], text: 'true', segments: [{ kind: 'text', text: 'true' }] },
        args: [],
        timeout: null,
        cancelation: { mode: 'TERMINATE' },
      },
      embeddedFiles: [],
    },
  };
}

describe('steps', () => {
  const steps = [step('film', ['render', 'sound']), step('render', ['melt']), step('sound'), step('melt')];
  const names = (name: string | null, withDependencies = false): readonly string[] => {
    const chosen = chooseSteps({ steps }, name, withDependencies);
    return chosen.ok ? chosen.value.map((each) => each.name) : chosen.messages;
  };

  test('all of them run after what they depend on', () =>
    expect(names(null)).toEqual(['melt', 'render', 'sound', 'film']));
  test('one alone, or after what it depends on', () => {
    expect(names('render')).toEqual(['render']);
    expect(names('render', true)).toEqual(['melt', 'render']);
    expect(names('film', true)).toEqual(['melt', 'render', 'sound', 'film']);
  });
  test('a name that is near is told', () => expect(names('rendr')[0]).toContain('did you mean "render"?'));

  test('a long chain of steps', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      step(`s${index}`, index === 0 ? [] : [`s${index - 1}`]),
    );
    const chosen = chooseSteps({ steps: chain.toReversed() }, null, false);
    expect(chosen.ok && chosen.value.map((each) => each.name)).toEqual(chain.map((each) => each.name));
  });
});

describe('tasks', () => {
  const parameter = (name: string, type: TaskParameter['type']): TaskParameter => ({
    name,
    type,
    values: { kind: 'texts', texts: ['x'] },
    count: 1n,
    chunks: null,
  });
  const render = step('render', [], [parameter('Frame', 'INT'), parameter('Side', 'STRING')]);
  const chosen = (...tasks: readonly Record<string, string>[]) =>
    namedTasks(
      render,
      tasks.map((task) => new Map(Object.entries(task))),
    );

  test('are given a value for each parameter', () =>
    expect(chosen({ Side: 'left', Frame: '7' })).toEqual({
      ok: true,
      value: [
        [
          { name: 'Frame', type: 'INT', value: '7' },
          { name: 'Side', type: 'STRING', value: 'left' },
        ],
      ],
    }));

  test('all that is wrong with them is told', () =>
    expect(chosen({ Frame: 'x', Site: 'left' }, { Frame: '1', Side: 'left' })).toEqual({
      ok: false,
      messages: [
        'task 1: step "render" has no parameter Site (did you mean "Side"?); it has: Frame, Side',
        'task 1: the task parameter Frame is "x"; allowed is a whole number from -9223372036854775808 to 9223372036854775807',
        'task 1: the task parameter Side has no value',
      ],
    }));

  test.each([
    ['FLOAT', '1.50', true],
    ['FLOAT', 'fast', false],
    ['CHUNK[INT]', '1-5,9', true],
    ['CHUNK[INT]', '1-', false],
    ['PATH', 'anything', true],
  ] as const)('%s %s', (type, value, ok) =>
    expect(namedTasks(step('s', [], [parameter('P', type)]), [new Map([['P', value]])]).ok).toBe(ok),
  );

  test('a step without parameters has one task only', () =>
    expect(namedTasks(step('s'), [new Map()])).toMatchObject({ ok: false }));
});
